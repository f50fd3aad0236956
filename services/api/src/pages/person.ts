import type { Development, PersonStatus } from "@newsledger/readmodels";
import { html } from "hono/html";
import { custodyStrip, type Span } from "./custody-strip.ts";
import { day, entityPath, type Html, outward, sources } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** One person of a case: where they stand first, the evidence under it, the history on request. */
export const person = (
  voice: Voice,
  one: PersonStatus,
  span: Span | null,
): Html => html`<li class="person s-${one.status}">
<h3><a href="${entityPath(one.id)}">${one.name}</a></h3>
${standing(voice, one)}
${span ? custodyStrip(voice, one, span) : ""}
${one.history.length > 1 ? history(voice, one) : ""}
${unsettled(voice, one)}
</li>`;

/** Where someone stands, since when, and on whose word. */
export const standing = (
  voice: Voice,
  one: PersonStatus,
): Html => html`<p class="status"><strong>${voice.t.statuses[one.status]}</strong>${one.place ? `, ${one.place.name}` : ""}</p>
${one.since === null ? html`<p class="since">${voice.t.noReportSays}</p>` : since(voice, one, one.since)}
${one.last ? development(voice, one.last) : ""}
${lastConfirmed(voice, one)}`;

const since = (voice: Voice, one: PersonStatus, date: string): Html =>
  html`<p class="since">${voice.t.since}${day(voice, date)}${
    one.days === null
      ? ""
      : html`: <b>${one.atLeast ? voice.t.atLeast : ""}${voice.count(one.days, "day")}</b>`
  }${one.convicted ? html`<br>${voice.t.convicted}${day(voice, one.convicted)}` : ""}</p>`;

const development = (
  voice: Voice,
  last: Development,
): Html => html`<p class="confirmation">${capital(voice.t.confirmation(last.independent))}${
  last.copies > 0 ? `, ${voice.count(last.copies, "copy")}` : ""
}${dating(voice, last).replace(/^./, (sign) => `; ${sign}`)}</p>
${sources(voice, last.reports, voice.t.firstReport)}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function dating({ t, date }: Voice, { dateAssumed, otherDates }: Development): string {
  if (dateAssumed) return t.dayAssumed;
  const others = otherDates.map((other) => date(other)).join(", ");
  return others === "" ? "" : t.otherDates(others);
}

/** When the newest change rests on one outlet, the last one that two outlets tell stands beside it. */
function lastConfirmed(voice: Voice, { last, lastConfirmed: sure }: PersonStatus): Html | "" {
  if (!sure || !last || last.independent >= 2) return "";
  const { t } = voice;
  return html`<p class="confirmation">${t.lastConfirmed} ${t.deeds[sure.code].toLowerCase()}, ${day(voice, sure.date)}
(${t.confirmation(sure.independent)})</p>
${sources(voice, sure.reports)}`;
}

/** Newest first; the sentences are in the timeline below. */
const history = (voice: Voice, one: PersonStatus): Html => html`<details>
<summary>${voice.count(one.history.length, "development")}</summary>
<ol class="history">
${one.history
  .toReversed()
  .slice(0, developmentsShown)
  .map((told) => step(voice, told))}
${one.history.length > developmentsShown ? html`<li class="dates">${voice.t.andEarlier}</li>` : ""}
</ol>
</details>`;

const developmentsShown = 8;

function step(voice: Voice, { date, code, independent, reports: [first] }: Development): Html {
  const { t } = voice;
  const by = first ? html` ${outward(voice, first.url, first.source)}` : "";
  return html`<li>${day(voice, date)}: ${t.deeds[code]}${by} <small>(${t.confirmation(independent)})</small></li>`;
}

function unsettled(voice: Voice, { unsettled: reports }: PersonStatus): Html | "" {
  if (reports.length === 0) return "";
  return html`<details><summary>${voice.count(reports.length, "laterReport")} ${voice.t.doesNotFit}</summary>
<p class="dates">${voice.t.notCounted}</p>${sources(voice, reports)}</details>`;
}
