import { type Evidence, type Relation, webLink } from "@newsledger/readmodels";
import { html } from "hono/html";
import { dateWords, dayOf, momentWords } from "./words.ts";

/** A piece of a page. Whatever is interpolated into `html` is escaped. */
export type Html = ReturnType<typeof html>;

export const day = (date: string): Html => html`<time datetime="${date}">${dateWords(date)}</time>`;
export const dayIn = (time: Date): Html => day(dayOf(time));
export const moment = (time: Date): Html =>
  html`<time datetime="${time.toISOString()}">${momentWords(time)}</time>`;

/** A link that leaves this site (our header tells browsers to send no referrer); plain text when it is not http(s). */
export function outward(url: string | null, text: string, language: string | null = null): Html {
  const address = webLink(url);
  const lang = languageOf(language);
  if (address === null) return lang ? html`<span lang="${lang}">${text}</span>` : html`${text}`;
  return lang
    ? html`<a href="${address}" lang="${lang}">${text}</a>`
    : html`<a href="${address}">${text}</a>`;
}

/** Only what differs from the page needs saying. */
export const languageOf = (language: string | null): string | null =>
  language?.toLowerCase().startsWith("es") ? "es" : null;

/** Who says it, when they said it, when we found it. Plain dates: a page has hundreds of these. */
export function source(report: Evidence & { relation?: Relation }): Html {
  const parts = [
    ...(report.relation === "copy" ? ["copy"] : []),
    report.publishedAt ? `published ${dateWords(dayOf(report.publishedAt))}` : "undated",
    `found ${dateWords(dayOf(report.foundAt))}`,
  ];
  return html`${outward(report.url, report.source)} <small>(${parts.join(", ")})</small>`;
}

const sourcesShown = 3;

export function sources(reports: readonly (Evidence & { relation?: Relation })[]): Html {
  const more = reports.length - sourcesShown;
  const lines = reports.slice(0, sourcesShown).map((report) => html`<li>${source(report)}</li>`);
  return html`<ul class="sources">${lines}${more > 0 ? html`<li><small>and ${more} more</small></li>` : ""}</ul>`;
}
