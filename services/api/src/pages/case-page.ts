import type { CaseStatus, LedgerSummary, Page, StoryEntry } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import { spanOf } from "./custody-strip.ts";
import { feedHealth } from "./feed-health.ts";
import { page } from "./layout.ts";
import { newcomer } from "./newcomer.ts";
import { day, dayIn, type Html, moment } from "./parts.ts";
import { person } from "./person.ts";
import { story } from "./story.ts";
import { count, dateWords, yearOf } from "./words.ts";

export interface CasePage {
  status: CaseStatus;
  timeline: Page<StoryEntry>;
  ledger: LedgerSummary;
  feeds: readonly FeedSummary[];
  asOf: string | undefined;
  today: string;
  /** True on the pages after the first: they go on with the timeline. */
  further: boolean;
}

/** One case: first where each subject stands, then what was told, then how far to trust the silence. */
export function casePage(view: CasePage): Html {
  const { status, asOf } = view;
  const title = status.title.en;
  return page({
    title: asOf ? `${title} as of ${dateWords(asOf)}` : title,
    body: html`<h1>${title}</h1>
${asOf ? pastNote(view, asOf) : coverage(status)}
${dayForm(view)}
${status.persons.length > 0 && !view.further ? standing(status) : ""}
${timeline(view)}
${feedHealth(view.feeds)}`,
  });
}

const pastNote = (
  { status }: CasePage,
  asOf: string,
): Html => html`<p class="past"><b>As of ${day(asOf)}</b>:
what had been published by the end of that day, whenever this ledger found it.
<a href="/cases/${encodeURIComponent(status.topicId)}">Back to today</a></p>`;

const coverage = (status: CaseStatus): Html =>
  html`<p class="lede">${count(status.stories, "story", "stories")}${
    status.newestPublishedAt ? html`, the newest published ${dayIn(status.newestPublishedAt)}` : ""
  }${status.newestFoundAt ? html`; last find ${moment(status.newestFoundAt)}` : ""}.${
    status.waiting > 0
      ? ` ${count(status.waiting, "article waits", "articles wait")} to be read.`
      : ""
  }</p>`;

const dayForm = ({ asOf, today }: CasePage): Html => html`<form class="day" method="get">
<label for="as_of">See it as of a day</label>
<input id="as_of" name="as_of" type="date" value="${asOf ?? ""}" max="${today}" required>
<button>Show</button>
</form>`;

function standing(status: CaseStatus): Html {
  const span = spanOf(status.persons, status.on);
  return html`<section aria-labelledby="standing">
<h2 id="standing">Where each of them stands</h2>
<ul class="people">
${status.persons.map((one) => person(one, span))}
</ul>
${span ? html`<p class="dates">Strips run from ${day(span.from)} to ${day(span.to)}.</p>` : ""}
</section>`;
}

function timeline(view: CasePage): Html {
  const { items, next } = view.timeline;
  const years = Map.groupBy(items, ({ publishedAt, foundAt }) => yearOf(publishedAt ?? foundAt));
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">Timeline</h2>
${items.length === 0 ? nothingTold(view) : ""}
${[...years].map(
  ([year, stories]) => html`<section class="year" aria-labelledby="y${year}">
<h3 id="y${year}">${year}</h3>
<ol class="stories">
${stories.map(story)}
</ol>
</section>`,
)}
${next === null ? "" : older(view, next)}
</section>`;
}

function nothingTold({ asOf, ledger, feeds }: CasePage): Html {
  return asOf
    ? html`<p>Nothing in this ledger was published by ${day(asOf)}.</p>`
    : newcomer(ledger, feeds);
}

function older({ status, asOf }: CasePage, cursor: string): Html {
  const query = new URLSearchParams({ ...(asOf && { as_of: asOf }), before: cursor });
  const address = `/cases/${encodeURIComponent(status.topicId)}?${query}`;
  return html`<p class="older"><a href="${address}" rel="next">Older stories</a></p>`;
}
