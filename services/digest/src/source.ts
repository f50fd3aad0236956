import type { Evidence } from "@newsledger/readmodels";
import { moment } from "./dates.ts";
import { line, safeUrl } from "./plain.ts";
import { type Language, words } from "./words.ts";

/** One source as every line names it: who, what, where, when it was said and when it was found. */
export interface SourceLine {
  readonly source: string;
  readonly title: string;
  /** Of the title; null when it is not known. */
  readonly language: string | null;
  readonly url: string | null;
  readonly published: string;
  readonly found: string;
}

export function sourceLine(
  report: Pick<Evidence, "source" | "url" | "publishedAt" | "foundAt"> & {
    title: string;
    language?: string | null;
  },
  language: Language,
  timeZone: string,
): SourceLine {
  const { labels } = words[language];
  const { publishedAt, foundAt } = report;
  return {
    source: line(report.source, 80),
    title: line(report.title, 200),
    language: languageTag(report.language ?? null),
    url: safeUrl(report.url),
    published:
      publishedAt === null
        ? labels.undated
        : `${labels.published} ${moment(publishedAt, language, timeZone)}`,
    found: `${labels.found} ${moment(foundAt, language, timeZone)}`,
  };
}

/** What a source says of its own language, when it can stand in a page. */
const languageTag = (tag: string | null): string | null =>
  tag !== null && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag : null;
