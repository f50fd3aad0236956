import type {
  CaseStatus,
  FeedStory,
  LedgerSummary,
  MonthVolume,
  Page,
  StoryInShort,
} from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import { coverageByYear } from "./coverage-chart.ts";
import { spanOf } from "./custody-strip.ts";
import { feedHealth } from "./feed-health.ts";
import { page } from "./layout.ts";
import { newcomer } from "./newcomer.ts";
import { casePath, day, dayIn, type Html, moment, spoken, storyPath } from "./parts.ts";
import { person } from "./person.ts";
import { slider } from "./slider.ts";
import type { Stops } from "./stops.ts";
import { story } from "./story.ts";
import { filterForm, given, isNarrowed, type TimelineFilter } from "./timeline-filter.ts";
import type { Voice } from "./voice.ts";
import { dayOf, yearOf } from "./words.ts";

export interface CasePage {
  voice: Voice;
  status: CaseStatus;
  timeline: Page<StoryInShort>;
  volume: readonly MonthVolume[];
  /** Of the whole case, whatever day is looked at; and the days that a slider goes through. */
  wholeVolume: readonly MonthVolume[];
  stops: Stops | null;
  /** What the address says besides; the slider keeps it. */
  besides: Readonly<Record<"lang" | "since", string | undefined>>;
  ledger: LedgerSummary;
  feeds: readonly FeedSummary[];
  asOf: string | undefined;
  /** What the timeline is narrowed to. */
  filter: TimelineFilter;
  /** What was told since a day or a moment, when that was asked. */
  news: { since: string; stories: readonly FeedStory[] } | null;
  /** Days on which something changed for somebody, oldest first, whatever day is looked at. */
  turns: readonly string[];
  now: Date;
  /** The line up to which this page is complete. */
  position: bigint;
  /** Whether readers can ask for its digest. */
  mailSignUp: boolean;
  /** True on the pages after the first: they go on with the timeline. */
  further: boolean;
}

/** One case: first where each subject stands, then what was told, then how far to trust the silence. */
export function casePage(view: CasePage): Html {
  const { voice, status, asOf } = view;
  const title = status.title[voice.language];
  return page({
    voice,
    title: asOf ? `${title}: ${voice.t.asOf} ${voice.date(asOf)}` : title,
    address: addressOf(view),
    feed: `/feeds/${encodeURIComponent(status.topicId)}.atom`,
    body: html`<h1>${title}</h1>
${asOf ? pastNote(view, asOf) : ""}
${coverage(view)}
${asOf ? "" : follow(view)}
${dayForm(view)}
${view.news ? whatIsNew(voice, view.news) : ""}
${status.persons.length > 0 && !view.further && !isNarrowed(view.filter) ? standing(voice, status) : ""}
${timeline(view)}
${feedHealth(voice, view.feeds)}
${asOf || view.further ? "" : live(view)}
<script type="module" src="/live.js"></script>`,
  });
}

/** The address of what is shown, with something changed. */
function addressOf(
  { status, asOf, filter }: CasePage,
  changed: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...(asOf && { as_of: asOf }), ...given(filter), ...changed });
  return query.size === 0 ? casePath(status.topicId) : `${casePath(status.topicId)}?${query}`;
}

const presentOf = (view: CasePage): string => addressOf({ ...view, asOf: undefined });

const pastNote = (view: CasePage, asOf: string): Html => {
  const { voice } = view;
  const { t } = voice;
  return html`<p class="past"><b>${t.asOf} ${day(voice, asOf)}</b>:
${t.asOfMeans}
<a href="${presentOf(view)}">${t.backToToday}</a></p>`;
};

const coverage = ({ voice, status, asOf }: CasePage): Html => {
  const { t, count } = voice;
  const { stories, newestPublishedAt, newestFoundAt, waiting } = status;
  const found = asOf === undefined && newestFoundAt;
  const unread = asOf === undefined && waiting > 0;
  return html`<p class="lede">${count(stories, "story")}${
    newestPublishedAt ? html`${t.newestPublished}${dayIn(voice, newestPublishedAt)}` : ""
  }${found ? html`${t.lastFind}${moment(voice, found)}` : ""}.${
    unread ? ` ${count(waiting, "articleWaits")} ${t.toBeRead}.` : ""
  }</p>`;
};

/** Ways to hear of it without coming back. */
const follow = ({ voice, status, mailSignUp }: CasePage): Html => {
  const { t } = voice;
  const id = encodeURIComponent(status.topicId);
  return html`<p class="dates">${t.follow} ${
    mailSignUp ? html`<a href="/subscribe?topic=${id}">${t.byMail}</a>, ` : ""
  }<a href="/feeds/${id}.atom">${t.asAtom}</a></p>`;
};

/** Any day; the days that changed something; and what is new since one was here. */
const dayForm = (view: CasePage): Html => {
  const { voice, status, asOf, now, turns } = view;
  const { t } = voice;
  return html`<div class="when">${throughTime(view)}
<form class="day" method="get">
<label for="as_of">${t.seeAsOf}</label>
<input id="as_of" name="as_of" type="date" value="${asOf ?? ""}" max="${dayOf(now)}" required>
<button>${t.show}</button>
</form>
${
  turns.length === 0
    ? ""
    : html`<p class="turns">${t.turningPoints} ${turns.map(
        (turn) =>
          html`<a href="${casePath(status.topicId)}?as_of=${turn}"${turn === asOf ? html` aria-current="date"` : ""}>${voice.date(turn)}</a> `,
      )}</p>`
}
${asOf ? "" : sinceLinks(view)}</div>`;
};

const throughTime = (view: CasePage): Html => {
  const { voice, stops, wholeVolume, volume, asOf, filter, further } = view;
  const kept = { ...given(filter), ...view.besides };
  return html`${stops ? slider({ voice, stops, whole: wholeVolume, shown: volume, asOf, kept }) : ""}
${further || isNarrowed(filter) ? "" : coverageByYear(voice, volume)}`;
};

const sinceLinks = ({ voice, status, now }: CasePage): Html => {
  const { t } = voice;
  const ago = (days: number) => dayOf(new Date(now.getTime() - days * 86_400_000));
  const link = (since: string, text: string) =>
    html`<a href="${casePath(status.topicId)}?since=${since}">${text}</a> `;
  return html`<p class="turns">${t.whatIsNewSince} ${link(ago(1), t.yesterday)} ${link(ago(7), t.lastWeek)} ${link(ago(30), t.lastMonth)}
<a id="visit" hidden href="${casePath(status.topicId)}?since=" data-now="${new Date(now.getTime() - (now.getTime() % 60_000)).toISOString()}">${t.lastVisit}</a></p>`;
};

function whatIsNew(
  voice: Voice,
  { since, stories }: { since: string; stories: readonly FeedStory[] },
): Html {
  const { t } = voice;
  const from = new Date(since);
  const when = since.length === 10 ? day(voice, since) : moment(voice, from);
  return html`<section class="news" aria-labelledby="news">
<h2 id="news">${t.newSince} ${when}</h2>
${stories.length === 0 ? html`<p>${t.nothingNew}</p>` : ""}
<ol class="deeds">${stories.map(
    (one) => html`<li><b>${one.foundAt >= from ? t.newStory : t.toldFurther}</b>
<a href="${storyPath(one.storyId)}">${spoken(voice, one.title, one.language)}</a>
<br><small>${voice.count(one.independent, "independentReport")}, ${t.found} ${moment(voice, one.updatedAt)}</small></li>`,
  )}</ol>
</section>`;
}

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
  const { topicId, title } = view.status;
  const titleOf = (id: string) => (id === topicId ? title[voice.language] : id);
  const years = Map.groupBy(items, ({ publishedAt, foundAt }) => yearOf(publishedAt ?? foundAt));
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">${voice.t.timeline}</h2>
${filterForm(voice, view)}
${items.length === 0 ? nothingTold(view) : ""}
${[...years].map(
  ([year, stories]) => html`<section class="year" aria-labelledby="y${year}">
<h3 id="y${year}">${year}</h3>
<ol class="stories">
${stories.map((entry) => story(voice, entry, titleOf))}
</ol>
</section>`,
)}
${next === null ? "" : older(view, next)}
</section>`;
}

function nothingTold({ voice, asOf, filter, ledger, feeds }: CasePage): Html {
  if (isNarrowed(filter)) return html`<p>${voice.t.noStoryFits}</p>`;
  return asOf
    ? html`<p>${voice.t.nothingBy}${day(voice, asOf)}.</p>`
    : newcomer(voice, ledger, feeds);
}

const older = (view: CasePage, cursor: string): Html =>
  html`<p class="older"><a href="${addressOf(view, { before: cursor })}" rel="next">${view.voice.t.olderStories}</a></p>`;

/** Shown by the script when the ledger tells more of the case; without a script it stays hidden. */
const live = ({ voice, status, position }: CasePage): Html => html`<p id="live" role="status" hidden
data-stream="/v1/events/stream?topic=${encodeURIComponent(status.topicId)}&amp;type=story.opened,story.joined&amp;after=${String(position)}"><a href="${casePath(status.topicId)}">${voice.t.newInLedger} ${voice.t.reload}</a></p>`;
