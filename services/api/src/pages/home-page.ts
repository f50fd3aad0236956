import type { CaseStatus, LedgerSummary } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import { feedHealth } from "./feed-health.ts";
import { page } from "./layout.ts";
import { newcomer } from "./newcomer.ts";
import { casePath, dayIn, type Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

export interface HomePage {
  voice: Voice;
  cases: readonly CaseStatus[];
  ledger: LedgerSummary;
  feeds: readonly FeedSummary[];
}

/** The followed cases, each in two lines. */
export const homePage = ({ voice, cases, ledger, feeds }: HomePage): Html => {
  const { t, count } = voice;
  return page({
    voice,
    title: "Newsledger",
    feed: "/feeds/all.atom",
    body: html`<h1>${t.followedCases}</h1>
<ul class="cases">
${cases.map((one) => caseLine(voice, one))}
</ul>
${cases.every(({ stories }) => stories === 0) ? newcomer(voice, ledger, feeds) : ""}
<p class="lede">${t.ledgerHolds(count(ledger.items, "item"), count(ledger.stories, "story"))}</p>
${feedHealth(voice, feeds)}`,
  });
};

function caseLine(voice: Voice, one: CaseStatus): Html {
  const { t, count, language } = voice;
  const other = language === "en" ? "es" : "en";
  const [own, foreign] = [one.title[language], one.title[other]];
  return html`<li>
<h2><a href="${casePath(one.topicId)}">${own}</a></h2>
${foreign === own ? "" : html`<p class="dates" lang="${other}">${foreign}</p>`}
${one.persons.length > 0 ? html`<p class="status">${states(voice, one)}</p>` : ""}
<p class="dates">${count(one.stories, "story")}${
    one.newestPublishedAt ? html`${t.newestPublished}${dayIn(voice, one.newestPublishedAt)}` : ""
  }${one.waiting > 0 ? `; ${count(one.waiting, "articleWaits")} ${t.toBeRead}` : ""}</p>
</li>`;
}

/** “5 free, 1 imprisoned again” */
function states({ t }: Voice, { persons }: CaseStatus): Html {
  const groups = [...Map.groupBy(persons, ({ status }) => status)];
  return html`${groups.map(
    ([status, some], nth) =>
      html`${nth > 0 ? ", " : ""}<span class="s-${status}"><b>${some.length}</b> ${
        (some.length > 1 ? t.severalAre[status] : undefined) ?? t.statuses[status].toLowerCase()
      }</span>`,
  )}`;
}
