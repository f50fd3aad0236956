import type { Development, PersonStatus } from "@newsledger/readmodels";
import { html } from "hono/html";
import { custodyStrip, type Span } from "./custody-strip.ts";
import { day, type Html, outward, sources } from "./parts.ts";
import { count, dateWords, deeds } from "./words.ts";

/** One person of a case: where they stand first, the evidence under it, the history on request. */
export const person = (
  one: PersonStatus,
  span: Span | null,
): Html => html`<li class="person s-${one.status}">
<h3>${one.name}</h3>
<p class="status"><strong>${one.label}</strong>${one.place ? `, ${one.place.name}` : ""}</p>
${one.since === null ? nothingYet : since(one, one.since)}
${one.last ? development(one.last) : ""}
${lastConfirmed(one)}
${span ? custodyStrip(one, span) : ""}
${one.history.length > 1 ? history(one) : ""}
${unsettled(one)}
</li>`;

const nothingYet = html`<p class="since">No report in this ledger says.</p>`;

const since = (one: PersonStatus, date: string): Html =>
  html`<p class="since">since ${day(date)}${
    one.days === null
      ? ""
      : html`: <b>${one.atLeast ? "at least " : ""}${count(one.days, "day")}</b>`
  }${one.convicted ? html`<br>convicted ${day(one.convicted)}` : ""}</p>`;

const development = (last: Development): Html => html`<p class="confirmation">${
  last.independent >= 2 ? "Confirmed" : "Reported"
} ${last.confirmation.replace(/^\w+ /, "")}${copies(last)}${dating(last)}</p>
${sources(last.reports)}`;

const copies = ({ copies: n }: Development) => (n > 0 ? `, ${count(n, "copy", "copies")}` : "");

function dating({ dateAssumed, otherDates }: Development): string {
  if (dateAssumed) return "; no source gives the day: that of the first report is used";
  const others = otherDates.map(dateWords).join(", ");
  return others === "" ? "" : `; other dates given: ${others}`;
}

/** When the newest change rests on one outlet, the last one that two outlets tell stands beside it. */
function lastConfirmed({ last, lastConfirmed: sure }: PersonStatus): Html | "" {
  if (!sure || !last || last.independent >= 2) return "";
  return html`<p class="confirmation">Last confirmed: ${deeds[sure.code].toLowerCase()}, ${day(sure.date)}
(${sure.independent} independent)</p>
${sources(sure.reports)}`;
}

/** Newest first; the sentences are in the timeline below. */
const history = (one: PersonStatus): Html => html`<details>
<summary>${count(one.history.length, "development")}</summary>
<ol class="history">
${one.history.toReversed().slice(0, developmentsShown).map(step)}
${one.history.length > developmentsShown ? html`<li class="dates">and earlier ones</li>` : ""}
</ol>
</details>`;

const developmentsShown = 8;

function step({ date, code, confirmation, reports: [first] }: Development): Html {
  const by = first ? html` ${outward(first.url, first.source)}` : "";
  return html`<li>${day(date)}: ${deeds[code]}${by} <small>(${confirmation})</small></li>`;
}

function unsettled({ unsettled: reports }: PersonStatus): Html | "" {
  if (reports.length === 0) return "";
  return html`<details><summary>${count(reports.length, "later report")} that does not fit</summary>
<p class="dates">Without a date, so not counted.</p>${sources(reports)}</details>`;
}
