import type { CaseStatus, LedgerSummary } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import { feedHealth } from "./feed-health.ts";
import { page } from "./layout.ts";
import { newcomer } from "./newcomer.ts";
import { dayIn, type Html } from "./parts.ts";
import { count } from "./words.ts";

export interface HomePage {
  cases: readonly CaseStatus[];
  ledger: LedgerSummary;
  feeds: readonly FeedSummary[];
}

/** The followed cases, each in two lines. */
export const homePage = ({ cases, ledger, feeds }: HomePage): Html =>
  page({
    title: "Newsledger",
    body: html`<h1>Followed cases</h1>
<ul class="cases">
${cases.map(
  (one) => html`<li>
<h2><a href="/cases/${encodeURIComponent(one.topicId)}">${one.title.en}</a></h2>
${one.title.es === one.title.en ? "" : html`<p class="dates" lang="es">${one.title.es}</p>`}
${one.persons.length > 0 ? html`<p class="status">${states(one)}</p>` : ""}
<p class="dates">${count(one.stories, "story", "stories")}${
    one.newestPublishedAt ? html`, the newest published ${dayIn(one.newestPublishedAt)}` : ""
  }${one.waiting > 0 ? `; ${count(one.waiting, "article waits", "articles wait")} to be read` : ""}</p>
</li>`,
)}
</ul>
${cases.every(({ stories }) => stories === 0) ? newcomer(ledger, feeds) : ""}
<p class="lede">The ledger holds ${count(ledger.items, "item")} and ${count(ledger.stories, "story", "stories")}.</p>
${feedHealth(feeds)}`,
  });

/** “5 free, 1 imprisoned again” */
function states({ persons }: CaseStatus): Html {
  const groups = [...Map.groupBy(persons, ({ label }) => label)];
  return html`${groups.map(
    ([label, some], nth) =>
      html`${nth > 0 ? ", " : ""}<span class="s-${some[0]?.status ?? "unknown"}"><b>${some.length}</b> ${label.toLowerCase()}</span>`,
  )}`;
}
