import {
  happenedOn,
  type OccurrenceLine,
  type Report,
  type StoryEntry,
} from "@newsledger/readmodels";
import { html } from "hono/html";
import { day, dayIn, type Html, languageOf, outward, source, sources } from "./parts.ts";
import { clipped, count, deeds } from "./words.ts";

/** One story of a timeline: what happened, who reported it on their own, who copied, and why it is here. */
export const story = (entry: StoryEntry): Html => html`<li class="story">
<h4>${outward(entry.url, entry.title, entry.language)}</h4>
<p class="counts"><b>${count(entry.independent, "independent report")}</b>${
  entry.copies > 0 ? `, ${count(entry.copies, "copy", "copies")}` : ""
}</p>
<p class="dates">${happened(entry)}${
  entry.publishedAt ? html`published ${dayIn(entry.publishedAt)}` : "undated"
} · found ${dayIn(entry.foundAt)}${entry.lateFind ? html` <span class="late">found late</span>` : ""}</p>
${occurrences(entry)}
${reports(entry)}
<p class="why">Why it is here: ${entry.why}</p>
</li>`;

function happened(entry: StoryEntry): Html | "" {
  const date = happenedOn(entry);
  return date === null ? "" : html`happened ${day(date)} · `;
}

const occurrencesShown = 3;

function occurrences({ occurrences: told, language }: StoryEntry): Html | "" {
  if (told.length === 0) return "";
  return html`<ul class="deeds">
${told.slice(0, occurrencesShown).map((one) => occurrence(one, language))}
</ul>`;
}

function occurrence(one: OccurrenceLine, language: string | null): Html {
  const names = (list: OccurrenceLine["actors"]) => list.map(({ name }) => name).join(", ");
  const who = [names(one.actors), names(one.targets)].filter(Boolean).join(" → ");
  const lang = languageOf(language);
  return html`<li><b>${deeds[one.code]}</b>${who === "" ? "" : ` ${who}`}${
    one.place ? `, ${one.place.name}` : ""
  }${one.date ? html`, ${day(one.date)}` : ""}: ${
    lang
      ? html`<q lang="${lang}">${clipped(one.sentence)}</q>`
      : html`<q>${clipped(one.sentence)}</q>`
  }</li>`;
}

function reports({ reports: all }: StoryEntry): Html {
  const own = all.filter(({ relation }) => relation !== "copy");
  const copies = all.filter(({ relation }) => relation === "copy");
  const [first] = own;
  return html`${first ? sources(own) : ""}${copies.length > 0 ? folded(copies) : ""}`;
}

const folded = (copies: readonly Report[]): Html => html`<details>
<summary>${count(copies.length, "copy", "copies")}</summary>
<ul class="sources">${copies.slice(0, 10).map((copy) => html`<li>${source(copy)}</li>`)}</ul>
</details>`;
