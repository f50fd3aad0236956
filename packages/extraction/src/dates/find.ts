import type { ArticleDate } from "@newsledger/core";
import * as chrono from "chrono-node";
import { quoteSpans } from "../quotes/spans.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { matches } from "../text/matches.ts";
import { addDays, type Day, type Direction, iso, validDay } from "./calendar.ts";
import { english, englishFuture, englishLasted, englishLimit, englishMoved } from "./english.ts";
import type { Reading, RuleContext } from "./rule.ts";
import { spanish, spanishFuture, spanishLasted, spanishLimit, spanishMoved } from "./spanish.ts";

interface Span {
  start: number;
  end: number;
}
interface Hit extends Span {
  read(context: RuleContext): (Reading | null)[];
}

/** Every date of the text, read against the day of publication; nothing is read inside a `claimed` span (a licence number, a bond). */
export function findDates(
  article: Article,
  base: Day | null,
  claimed: readonly Span[],
): ArticleDate[] {
  const found: ArticleDate[] = [];
  const quoted = quoteSpans(article.text);
  let previous: Day | null = null;
  for (const sentence of article.sentences) {
    let toldOf: Day | null = null;
    for (const hit of hits(article, sentence, claimed)) {
      const direction = directionAt(article, sentence, hit);
      const readings = hit.read({ base, previous, direction, told: toldOf });
      for (const reading of readings) {
        if (!reading || !isPlausible(reading.value, base)) continue;
        // What is quoted says "today" of the day when it was said.
        if (isRelative(article, hit) && quoted.some((one) => isInside(hit, one))) continue;
        if (reading.precision === "day") previous = reading.value;
        if (reading.precision !== "year" && /\d{4}/.test(article.text.slice(hit.start, hit.end)))
          toldOf = reading.value;
        found.push({
          iso: iso(reading.value, reading.precision),
          precision: reading.precision,
          text: article.text.slice(hit.start, hit.end),
          start: hit.start,
          end: hit.end,
        });
      }
    }
  }
  return found;
}

const isInside = (inner: Span, outer: Span): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;

const isRelative = ({ text }: Article, { start, end }: Span): boolean =>
  /^(?:today|tonight|yesterday|tomorrow|hoy|ayer|anoche|mañana|this (?:morning|afternoon|evening)|esta (?:mañana|tarde|noche))$/iu.test(
    text.slice(start, end),
  );

/** A century behind and twelve years ahead hold every date that the news speaks of. */
function isPlausible(value: Day, base: Day | null): boolean {
  if (!base) return true;
  return value > addDays(base, -130 * 366) && value < addDays(base, 12 * 366);
}

function hits(article: Article, sentence: ArticleSentence, claimed: readonly Span[]): Hit[] {
  const text = article.text.slice(sentence.start, sentence.end);
  const taken = new Uint8Array(text.length);
  for (const { start, end } of claimed)
    taken.fill(1, Math.max(0, start - sentence.start), Math.max(0, end - sentence.start));
  const found: Hit[] = [];
  for (const rule of sentence.language === "es" ? spanish : english) {
    for (const match of matches(text, rule.pattern)) {
      const { date, ...groups } = match.groups ?? {};
      if (!date) continue;
      const start = match.index + match[0].lastIndexOf(date);
      const end = start + date.length;
      if (taken.subarray(start, end).includes(1)) continue;
      taken.fill(1, start, end);
      found.push({
        start: sentence.start + start,
        end: sentence.start + end,
        read: (context) => rule.read(groups, context),
      });
    }
  }
  found.push(...numeric(text, sentence, taken));
  return found.toSorted((a, b) => a.start - b.start);
}

/** 12/7/2021 is read by chrono, month first in English and day first in Spanish. */
function numeric(text: string, sentence: ArticleSentence, taken: Uint8Array): Hit[] {
  if (!/\d[/.]\d/.test(text)) return [];
  const parser = sentence.language === "es" ? chrono.es : chrono.en;
  return parser.parse(text).flatMap((result): Hit[] => {
    const { start: parts, index } = result;
    const end = index + result.text.length;
    if (!/^\d{1,2}[/.]\d{1,2}[/.]\d{4}$/.test(result.text)) return [];
    if (taken.subarray(index, end).includes(1)) return [];
    const value = validDay(parts.get("year") ?? 0, parts.get("month") ?? 0, parts.get("day") ?? 0);
    if (!value) return [];
    const span = { start: sentence.start + index, end: sentence.start + end };
    return [{ ...span, read: () => [{ value, precision: "day" }] }];
  });
}

const separators =
  /[,;:—–“”"«»]|\b(?:that|and|but|while|after|before|que|pero|mientras|tras|luego)\b/giu;

const told = /\b(?:was|were|had|said|did|\p{L}+ed)\b|\p{L}(?:ó|aron|ieron)(?!\p{L})/iu;

/** Ahead when the clause around the date speaks of the future, else behind: news tells what happened. */
function directionAt(article: Article, sentence: ArticleSentence, hit: Span): Direction {
  const before = article.text.slice(Math.max(sentence.start, hit.start - 90), hit.start);
  const after = article.text.slice(hit.end, Math.min(sentence.end, hit.end + 50));
  const cutBefore = matches(before, separators).at(-1);
  const clause = before.slice(cutBefore ? cutBefore.index + cutBefore[0].length : 0);
  // "On Tuesday, Ana Prado is due to …": an opening date belongs to the clause after its comma.
  const opens =
    after.startsWith(",") &&
    /^\s*(?:on|el|este|in|en)?\s*$/iu.test(clause) &&
    clause.length === before.length;
  const own = opens ? after.slice(1) : after;
  const rest = own.slice(0, matches(own, separators)[0]?.index ?? own.length);
  const words = tenses[sentence.language === "es" ? "es" : "en"];
  const near = `${clause} | ${rest}`;
  if (words.future.test(near)) return "future";
  if (words.limit.test(clause)) {
    const direction = limited(words, clause);
    if (direction) return direction;
  }
  // A clause without a verb that tells leans on the one before it: "will replace them before June".
  return !told.test(near) && words.future.test(before) ? "future" : "past";
}

interface Tenses {
  readonly future: RegExp;
  /** A preposition right before the date that makes it the end of something. */
  readonly limit: RegExp;
  readonly moved: RegExp;
  readonly lasted: RegExp;
}
const tenses: Record<"en" | "es", Tenses> = {
  en: { future: englishFuture, limit: englishLimit, moved: englishMoved, lasted: englishLasted },
  es: { future: spanishFuture, limit: spanishLimit, moved: spanishMoved, lasted: spanishLasted },
};

/** "held until Jan. 16" is over, "extended until Jan. 16" is not; "until" without either looks ahead. */
function limited({ moved, lasted }: Tenses, clause: string): Direction | null {
  if (moved.test(clause)) return "future";
  if (lasted.test(clause)) return "past";
  return /\b(?:until|till|hasta)\b/iu.test(clause) ? "future" : null;
}

const header = /^\s*date[:\s]+(\d{4})-(\d{2})-(\d{2})\s+/i;

/** A leading "date 2021-12-10", which some pages put before the text: where it ends, and the day it says. */
export function dateHeader(text: string): { length: number; day: Day } | null {
  const match = header.exec(text);
  const value = match && validDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return match && value ? { length: match[0].length, day: value } : null;
}
