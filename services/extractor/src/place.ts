import type { Understanding } from "@newsledger/core";
import { type Compared, compare } from "@newsledger/extraction/copies";
import { fading, tellingWords, type Weigh, weights, wordsAlike } from "./telling.ts";
import { isCount, type Told } from "./told.ts";

/** An article as it is compared with others. */
export interface Placeable extends Compared {
  readonly documentId: string;
  readonly source: string;
  readonly title: string;
  readonly at: Date;
  readonly told: readonly Told[];
}

/** An article that has its story already. */
export interface Placed extends Placeable {
  readonly storyId: string;
  /** When the story was opened. */
  readonly openedAt: Date;
}

export type Placement =
  | { readonly outcome: "opens" }
  | {
      readonly outcome: "joins";
      readonly relation: "copy" | "independent" | "update";
      readonly with: Placed;
      readonly method: string;
      readonly score: number;
    };

const hour = 3_600_000;
export const copyWindowHours = 14 * 24;
/** What is told without its day is the same news for three days; what both date alike for as long as its story is told. */
const undatedWindowHours = 72;
export const eventWindowHours = 7 * 24;
/** A story that is retold for longer than this is a new one: else a case of years would be one story. */
const storyHours = 7 * 24;

/** Which story an article belongs to: a copy first of all, else another report of the same event, else a story of its own. */
export function place(article: Placeable, candidates: readonly Placed[]): Placement {
  const others = candidates.filter((one) => one.documentId !== article.documentId);
  return copyOf(article, others) ?? sameEvent(article, others) ?? { outcome: "opens" };
}

function copyOf(article: Placeable, others: readonly Placed[]): Placement | null {
  const copies = others
    .filter((other) => within(article.at, other.at, copyWindowHours))
    .map((other) => ({ other, found: compare(article, other) }))
    .filter(({ found }) => found.relation !== "independent");
  // Of what it resembles alike, its own outlet's comes first: who prints a correction repeats what others said, too.
  const rank = ({ other, found }: (typeof copies)[number]) =>
    (found.relation === "copy" ? 2 : 0) + (other.source === article.source ? 1 : 0);
  const best = copies.toSorted(
    (a, b) =>
      rank(b) - rank(a) ||
      b.found.score - a.found.score ||
      a.other.documentId.localeCompare(b.other.documentId),
  )[0];
  if (!best) return null;
  const { method, score } = best.found;
  // What an outlet prints again in other words corrects or continues its own report.
  const isOwn = best.other.source === article.source && score < sameText;
  const relation = isOwn ? "update" : "copy";
  return { outcome: "joins", relation, with: best.other, method, score: rounded(score) };
}

const sameText = 0.95;

/** Names alone: the cast of a case is the same for years, so it must be large, nearly the same, and of one day's news. */
const castWindowHours = 24;
const castAlone = 0.6;
const castMembers = 3;
const castWithEvent = 0.2;
const titlesAlike = 0.5;

function sameEvent(article: Placeable, others: readonly Placed[]): Placement | null {
  const near = others.filter(
    (other) =>
      within(article.at, other.at, eventWindowHours) &&
      within(article.at, other.openedAt, storyHours),
  );
  const weigh = weights([article, ...near]);
  const found = near.flatMap((other) => likeness(article, other, weigh) ?? []);
  const best = found.toSorted(
    (a, b) => b.score - a.score || a.with.documentId.localeCompare(b.with.documentId),
  )[0];
  if (!best) return null;
  // An outlet that told the story before brings an update; another outlet is a second pair of eyes.
  const before = near.some(
    (one) => one.storyId === best.with.storyId && one.source === article.source,
  );
  return { outcome: "joins", relation: before ? "update" : "independent", ...best };
}

function likeness(
  article: Placeable,
  other: Placed,
  weigh: Weigh,
): { with: Placed; method: string; score: number } | null {
  const cast = overlap(namesIn(article), namesIn(other));
  const recent = within(article.at, other.at, undatedWindowHours);
  const event = article.told.some((one) =>
    other.told.some((two) => isSame(one, two) && (recent || isSameDated(one, two))),
  );
  if (event && cast.share >= castWithEvent)
    return { with: other, method: "same event and names", score: rounded((1 + cast.share) / 2) };
  if (!recent) return null;
  const oneDay = within(article.at, other.at, castWindowHours);
  if (
    oneDay &&
    cast.share >= castAlone &&
    cast.common >= castMembers &&
    !contradict(article, other)
  )
    return { with: other, method: "same names", score: rounded(cast.share) };
  const titles = overlap(titleOf(article), titleOf(other)).share;
  if (titles >= titlesAlike && cast.common > 0)
    return { with: other, method: "titles and names", score: rounded(titles) };
  if (cast.common === 0 || contradict(article, other)) return null;
  const words = wordsAlike(article, other, weigh) * fading(article.at, other.at);
  if (words >= tellingWords) return { with: other, method: "telling words", score: rounded(words) };
  return null;
}

/** The same thing told of someone they share, on days that do not contradict each other. */
function isSame(a: Told, b: Told): boolean {
  if (kindOf(a) !== kindOf(b) || !agree(a.date, b.date)) return false;
  if (a.who.length === 0 && b.who.length === 0) return a.date !== null;
  if (a.who.some((one) => b.who.includes(one))) return true;
  // "two executives" may be those whom the other names; the day and the rest of the cast must say so.
  return isOneDay(a.date, b.date) && [a, b].some(({ who }) => who.length > 0 && who.every(isCount));
}

/** A report in another language, or of a weekly, may come days later: the day and a name say that it tells the same. */
const isSameDated = (a: Told, b: Told): boolean =>
  isOneDay(a.date, b.date) && a.who.some((one) => !isCount(one) && b.who.includes(one));

const kindOf = ({ code }: Told): string =>
  code === "prisoner-swap" ? "release" : code === "reimprison" ? "arrest" : code;

const isOneDay = (a: string | null, b: string | null): boolean =>
  a?.length === 10 && b?.length === 10 && Math.abs(Date.parse(a) - Date.parse(b)) <= 24 * hour;

/** Both tell of dated events, and of none together. */
const contradict = (a: Placeable, b: Placeable): boolean =>
  a.told.length > 0 &&
  b.told.length > 0 &&
  !a.told.some((one) => b.told.some((two) => isSame(one, two)));

const maximalDaysApart = 2;

function agree(a: string | null, b: string | null): boolean {
  if (a === null || b === null || a.startsWith(b) || b.startsWith(a)) return true;
  if (a.length < 10 || b.length < 10) return false;
  return Math.abs(Date.parse(a) - Date.parse(b)) <= maximalDaysApart * 24 * hour;
}

function overlap(a: Words, b: Words): { share: number; common: number } {
  let common = 0;
  for (const one of a) if (b.has(one)) common += 1;
  const all = a.size + b.size - common;
  return { share: all === 0 ? 0 : common / all, common };
}

type Words = ReadonlySet<string>;

/** Made once for each article: it is compared with hundreds of others, and they with it. */
function once(make: (article: Placeable) => Words): (article: Placeable) => Words {
  const made = new WeakMap<Placeable, Words>();
  return (article) => {
    const known = made.get(article);
    if (known) return known;
    const words = make(article);
    made.set(article, words);
    return words;
  };
}

const namesIn = once(({ entities }) => new Set(entities));

const titleOf = once(
  ({ title }) =>
    new Set(
      title
        .normalize("NFKD")
        .toLowerCase()
        .match(/\p{L}{4,}/gu) ?? [],
    ),
);

const within = (a: Date, b: Date, hours: number): boolean =>
  Math.abs(a.getTime() - b.getTime()) <= hours * hour;

const rounded = (score: number): number => Math.round(score * 1000) / 1000;

/** Bodies that report: that two articles both credit one says nothing of what they are about. */
const reporters = new Set(
  "associated-press reuters afp efe bloomberg dpa europa-press cnn bbc npr cbs-news nbc-news abc-news fox-news new-york-times washington-post wall-street-journal miami-herald infobae".split(
    " ",
  ),
);

/** Those who take part in an article: persons, bodies, groups, cases. Places are the same in every story of a country. */
export const castOf = ({ entities }: Understanding): string[] =>
  entities
    .filter(({ id, type }) => type !== "place" && !reporters.has(id ?? ""))
    .map(({ id, name }) => id ?? name.toLowerCase());
