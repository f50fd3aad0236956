import type { Understanding } from "@newsledger/core";
import { findAmounts } from "./amounts/find.ts";
import { addDays, type Day, dayOf } from "./dates/calendar.ts";
import { dateHeader, findDates } from "./dates/find.ts";
import { type Mention, spanOf } from "./entities/mention.ts";
import { listed, resolve } from "./entities/resolve.ts";
import type { Knowledge } from "./knowledge/load.ts";
import { findOccurrences } from "./occurrences/find.ts";
import { findQuotes } from "./quotes/find.ts";
import { type Article, cut } from "./text/article.ts";
import type { Language } from "./text/language.ts";
import { normalise } from "./text/normalise.ts";

export interface ToUnderstand {
  readonly title: string;
  readonly text: string;
  /** As the feed or the page says; the words decide when it is neither English nor Spanish, or not given. */
  readonly language?: string | null;
  readonly publishedAt: string | null;
  readonly url: string | null;
  readonly source: string;
}

/** No article is longer; what is, is read up to here. It bounds the work that a hostile page can make. */
const longest = 120_000;

/**
 * Who, what, when, where, said by whom. Pure: the same article and knowledge give the same answer.
 * Offsets are those of `text`. Names of the title count where the text has them: see `articleText`.
 */
export function understand(article: ToUnderstand, knowledge: Knowledge): Understanding {
  const { text, original } = normalise(article.text.slice(0, longest));
  const header = dateHeader(text);
  // The header keeps its place, so that offsets hold, but says nothing as a sentence.
  const body = header ? " ".repeat(header.length) + text.slice(header.length) : text;
  const published = dayOf(article.publishedAt);
  const cutUp = cut(body, languageGiven(article.language, body));
  const mentions = resolve(cutUp, knowledge);
  const dates = findDates(cutUp, baseDay(published, header?.day ?? null), claimed(cutUp, mentions));
  const day = (published ?? header?.day)?.toISOString().slice(0, 10) ?? null;
  const back = <T extends { start: number; end: number }>(one: T): T => ({
    ...one,
    start: original(one.start),
    end: original(one.end),
  });
  return {
    language: cutUp.language,
    entities: listed(cutUp, mentions).map((entity) => ({
      ...entity,
      mentions: entity.mentions.map(back),
    })),
    dates: dates.map(back),
    quotes: findQuotes(cutUp, mentions).map(back),
    occurrences: findOccurrences(cutUp, mentions, dates, day).map(back),
    amounts: findAmounts(cutUp).map(back),
  };
}

/** What a feed says of its language holds for the feed: a text with enough words decides for itself. */
function languageGiven(given: string | null | undefined, text: string): Language | undefined {
  const short = text.length < 200;
  if (!short || !given) return undefined;
  if (/^en\b/i.test(given)) return "en";
  return /^es\b/i.test(given) ? "es" : undefined;
}

/** The dateline, when it lies within two days of the publication, is nearer to what "Tuesday" means. */
function baseDay(published: Day | null, dateline: Day | null): Day | null {
  if (!published || !dateline) return published ?? dateline;
  const near = dateline >= addDays(published, -2) && dateline <= addDays(published, 2);
  return near ? dateline : published;
}

/** Numbers inside the name of a bond, a licence or a case are no dates. */
const claimed = (article: Article, mentions: readonly Mention[]) =>
  mentions
    .filter(({ entity }) => ["instrument", "case", "event"].includes(entity.type))
    .map((mention) => spanOf(article, mention));

/** The text as it is kept: the headline, an empty line, the body; the body alone when it begins with its headline. */
export function articleText(title: string, body: string): string {
  const head = title.trim();
  if (head === "" || body.slice(0, head.length + 200).includes(head)) return body;
  return `${head}\n\n${body}`;
}
