import {
  happenedOn,
  type OccurrenceLine,
  type Report,
  type StoryEntry,
  type StoryInShort,
} from "@newsledger/readmodels";
import { html } from "hono/html";
import {
  day,
  dayIn,
  type Html,
  languageOf,
  outward,
  reason,
  source,
  sources,
  storyPath,
  type TitleOf,
} from "./parts.ts";
import type { Voice } from "./voice.ts";
import { clipped } from "./words.ts";

/** One story of a timeline: what happened, who reported it on their own, who copied, and why it is here. */
export const story = (
  voice: Voice,
  entry: StoryInShort,
  titleOf: TitleOf,
): Html => html`<li class="story">
<h4>${outward(voice, entry.url, entry.title, entry.language)}</h4>
<p class="counts"><a href="${storyPath(entry.storyId)}"><b>${voice.count(entry.independent, "independentReport")}</b>${
  entry.copies > 0 ? `, ${voice.count(entry.copies, "copy")}` : ""
}</a></p>
${dates(voice, entry)}
${occurrences(voice, entry)}
${reports(voice, entry)}
<p class="why">${voice.t.why} ${reason(voice, entry.because, titleOf)}</p>
</li>`;

/** When it happened, was published, was found. */
type Dated = Pick<StoryEntry, "occurrences" | "publishedAt" | "foundAt" | "lateFind">;

export const dates = (voice: Voice, entry: Dated): Html =>
  html`<p class="dates">${happened(voice, entry)}${
    entry.publishedAt
      ? html`${voice.t.published} ${dayIn(voice, entry.publishedAt)}`
      : voice.t.undated
  } · ${voice.t.found} ${dayIn(voice, entry.foundAt)}${
    entry.lateFind ? html` <span class="late">${voice.t.foundLate}</span>` : ""
  }</p>`;

function happened(voice: Voice, entry: Dated): Html | "" {
  const date = happenedOn(entry);
  return date === null ? "" : html`${voice.t.happened}${day(voice, date)} · `;
}

const occurrencesShown = 3;

function occurrences(voice: Voice, { occurrences: told, language }: StoryInShort): Html | "" {
  if (told.length === 0) return "";
  return html`<ul class="deeds">
${told.slice(0, occurrencesShown).map((one) => html`<li>${occurrence(voice, one, language)}</li>`)}
</ul>`;
}

/** Who did what to whom, where and when, and the sentence that says so. */
export function occurrence(voice: Voice, one: OccurrenceLine, language: string | null): Html {
  const names = (list: OccurrenceLine["actors"]) => list.map(({ name }) => name).join(", ");
  const who = [names(one.actors), names(one.targets)].filter(Boolean).join(" → ");
  const lang = languageOf(voice, language);
  return html`<b>${voice.t.deeds[one.code]}</b>${who === "" ? "" : ` ${who}`}${
    one.place ? `, ${one.place.name}` : ""
  }${one.date ? html`, ${day(voice, one.date)}` : ""}: ${
    lang
      ? html`<q lang="${lang}">${clipped(one.sentence)}</q>`
      : html`<q>${clipped(one.sentence)}</q>`
  }`;
}

function reports(voice: Voice, { reports: all, own, copies }: StoryInShort): Html {
  const told = all.filter(({ relation }) => relation !== "copy");
  const copied = all.filter(({ relation }) => relation === "copy");
  return html`${own > 0 ? sources(voice, told, "", own) : ""}${copies > 0 ? folded(voice, copied, copies) : ""}`;
}

const folded = (voice: Voice, copies: readonly Report[], amount: number): Html => html`<details>
<summary>${voice.count(amount, "copy")}</summary>
<ul class="sources">${copies.slice(0, 10).map((copy) => html`<li>${source(voice, copy)}</li>`)}</ul>
</details>`;
