import { type Because, type Evidence, type Relation, webLink } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { Voice } from "./voice.ts";
import { dayOf } from "./words.ts";

/** A piece of a page. Whatever is interpolated into `html` is escaped. */
export type Html = ReturnType<typeof html>;

export const day = (voice: Voice, date: string): Html =>
  html`<time datetime="${date}">${voice.date(date)}</time>`;
export const dayIn = (voice: Voice, time: Date): Html => day(voice, dayOf(time));
export const moment = (voice: Voice, time: Date): Html =>
  html`<time datetime="${time.toISOString()}">${voice.moment(time)}</time>`;

/** A link that leaves this site (our header tells browsers to send no referrer); plain text when it is not http(s). */
export function outward(
  voice: Voice,
  url: string | null,
  text: string,
  language: string | null = null,
): Html {
  const address = webLink(url);
  if (address === null) return spoken(voice, text, language);
  const lang = languageOf(voice, language);
  return lang
    ? html`<a href="${address}" lang="${lang}">${text}</a>`
    : html`<a href="${address}">${text}</a>`;
}

/** More words than so many are counted, not listed. */
const wordsShown = 3;

/** Why a story is here, in the page's language. */
export function reason({ t }: Voice, because: readonly Because[], titleOf: TitleOf): string {
  const matches = because.map(({ topicId, words }) => {
    const quoted = words
      .slice(0, wordsShown)
      .map(({ matched, field }) => t.quotedIn(matched, t.fields[field]));
    const more = words.length - quoted.length;
    return t.matches(titleOf(topicId), quoted.join(", ") + (more > 0 ? ` ${t.andMore(more)}` : ""));
  });
  return matches.length > 0 ? matches.join(" ") : t.tellsFollowed;
}

/** A topic's title in the page's language; its id where it is not followed any more. */
export type TitleOf = (topicId: string) => string;

/** Text of that language. */
export function spoken(voice: Voice, text: string, language: string | null): Html {
  const lang = languageOf(voice, language);
  return lang ? html`<span lang="${lang}">${text}</span>` : html`${text}`;
}

/** Only what differs from the page needs saying. */
export function languageOf(voice: Voice, language: string | null): string | null {
  const lang = language?.toLowerCase().slice(0, 2) ?? null;
  return lang === voice.language ? null : lang;
}

/** Who says it, when they said it, when we found it. Plain dates: a page has hundreds of these. */
export function source(voice: Voice, report: Evidence & { relation?: Relation }): Html {
  const { t } = voice;
  const parts = [
    ...(report.relation === "copy" ? [t.relations.copy] : []),
    report.publishedAt ? `${t.published} ${voice.date(dayOf(report.publishedAt))}` : t.undated,
    `${t.found} ${voice.date(dayOf(report.foundAt))}`,
  ];
  return html`${outward(voice, report.url, report.source)} <small>(${parts.join(", ")})</small>`;
}

const sourcesShown = 3;

/** The earliest few of so many reports (`amount`: all of them); `first` is what the first of several is called. */
export function sources(
  voice: Voice,
  reports: readonly (Evidence & { relation?: Relation })[],
  first = "",
  amount = reports.length,
): Html {
  const more = amount - sourcesShown;
  const lines = reports.slice(0, sourcesShown).map((report, nth) => {
    const called = nth === 0 && reports.length > 1 && first !== "";
    return html`<li>${source(voice, report)}${called ? html` <b class="first">${first}</b>` : ""}</li>`;
  });
  return html`<ul class="sources">${lines}${
    more > 0 ? html`<li><small>${voice.t.andMore(more)}</small></li>` : ""
  }</ul>`;
}

export const casePath = (id: string): string => `/cases/${encodeURIComponent(id)}`;
export const storyPath = (id: string): string => `/stories/${encodeURIComponent(id)}`;
export const feedPath = (id: string): string => `/feeds/${encodeURIComponent(id)}`;
export const entityPath = (id: string): string => `/entities/${encodeURIComponent(id)}`;
