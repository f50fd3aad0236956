import type {
  CaseStatus,
  LedgerSummary,
  MonthVolume,
  Page,
  StoryEntry,
} from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import { coverageChart } from "./coverage-chart.ts";
import { spanOf } from "./custody-strip.ts";
import { feedHealth } from "./feed-health.ts";
import { page } from "./layout.ts";
import { newcomer } from "./newcomer.ts";
import { casePath, day, dayIn, type Html, moment } from "./parts.ts";
import { person } from "./person.ts";
import { story } from "./story.ts";
import type { Voice } from "./voice.ts";
import { yearOf } from "./words.ts";

export interface CasePage {
  voice: Voice;
  status: CaseStatus;
  timeline: Page<StoryEntry>;
  volume: readonly MonthVolume[];
  ledger: LedgerSummary;
  feeds: readonly FeedSummary[];
  asOf: string | undefined;
  today: string;
  /** The line up to which this page is complete. */
  position: bigint;
  /** True on the pages after the first: they go on with the timeline. */
  further: boolean;
}

/** One case: first where each subject stands, then what was told, then how far to trust the silence. */
export function casePage(view: CasePage): Html {
  const { voice, status, asOf } = view;
  const title = status.title[voice.language];
  const path = casePath(status.topicId);
  return page({
    voice,
    title: asOf ? `${title}: ${voice.t.asOf} ${voice.date(asOf)}` : title,
    address: asOf ? `${path}?as_of=${asOf}` : path,
    feed: `/feeds/${encodeURIComponent(status.topicId)}.atom`,
    body: html`<h1>${title}</h1>
${asOf ? pastNote(view, asOf) : coverage(voice, status)}
${dayForm(view)}
${status.persons.length > 0 && !view.further ? standing(voice, status) : ""}
${timeline(view)}
${feedHealth(voice, view.feeds)}
${asOf || view.further ? "" : live(view)}`,
  });
}

const pastNote = ({ voice, status }: CasePage, asOf: string): Html => {
  const { t } = voice;
  return html`<p class="past"><b>${t.asOf} ${day(voice, asOf)}</b>:
${t.asOfMeans}
<a href="${casePath(status.topicId)}">${t.backToToday}</a></p>`;
};

const coverage = (voice: Voice, status: CaseStatus): Html => {
  const { t, count } = voice;
  return html`<p class="lede">${count(status.stories, "story")}${
    status.newestPublishedAt
      ? html`${t.newestPublished}${dayIn(voice, status.newestPublishedAt)}`
      : ""
  }${status.newestFoundAt ? html`${t.lastFind}${moment(voice, status.newestFoundAt)}` : ""}.${
    status.waiting > 0 ? ` ${count(status.waiting, "articleWaits")} ${t.toBeRead}.` : ""
  }</p>`;
};

const dayForm = ({ voice, asOf, today }: CasePage): Html => html`<form class="day" method="get">
<label for="as_of">${voice.t.seeAsOf}</label>
<input id="as_of" name="as_of" type="date" value="${asOf ?? ""}" max="${today}" required>
<button>${voice.t.show}</button>
</form>`;

function standing(voice: Voice, status: CaseStatus): Html {
  const { t } = voice;
  const span = spanOf(status.persons, status.on);
  const [from, to] = t.stripsRun;
  return html`<section aria-labelledby="standing">
<h2 id="standing">${t.whereTheyStand}</h2>
<ul class="people">
${status.persons.map((one) => person(voice, one, span))}
</ul>
${span ? html`<p class="dates">${from}${day(voice, span.from)}${to}${day(voice, span.to)}.</p>` : ""}
</section>`;
}

function timeline(view: CasePage): Html {
  const { voice } = view;
  const { items, next } = view.timeline;
  const years = Map.groupBy(items, ({ publishedAt, foundAt }) => yearOf(publishedAt ?? foundAt));
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">${voice.t.timeline}</h2>
${items.length === 0 ? nothingTold(view) : ""}
${view.further ? "" : coverageChart(voice, view.volume)}
${[...years].map(
  ([year, stories]) => html`<section class="year" aria-labelledby="y${year}">
<h3 id="y${year}">${year}</h3>
<ol class="stories">
${stories.map((entry) => story(voice, entry))}
</ol>
</section>`,
)}
${next === null ? "" : older(view, next)}
</section>`;
}

function nothingTold({ voice, asOf, ledger, feeds }: CasePage): Html {
  return asOf
    ? html`<p>${voice.t.nothingBy}${day(voice, asOf)}.</p>`
    : newcomer(voice, ledger, feeds);
}

function older({ voice, status, asOf }: CasePage, cursor: string): Html {
  const query = new URLSearchParams({ ...(asOf && { as_of: asOf }), before: cursor });
  return html`<p class="older"><a href="${casePath(status.topicId)}?${query}" rel="next">${voice.t.olderStories}</a></p>`;
}

/** Shown by the script when the ledger tells more of the case; without a script it stays hidden. */
const live = ({ voice, status, position }: CasePage): Html => html`<p id="live" role="status" hidden
data-stream="/v1/events/stream?topic=${encodeURIComponent(status.topicId)}&amp;type=story.opened,story.joined&amp;after=${String(position)}"><a href="${casePath(status.topicId)}">${voice.t.newInLedger} ${voice.t.reload}</a></p>
<script type="module" src="/live.js"></script>`;
