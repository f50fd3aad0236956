import type { Placeable } from "./place.ts";

/** How much a word tells: the fewer articles of these days have it, the more. */
export type Weigh = (term: number) => number;

/** From here on two articles that share somebody tell of one event, by the words that few others of these days have. */
export const tellingWords = 0.08;
/** As if so many articles about other things stood beside: where few are known, no word is rare. */
const background = 20;
const fadingHours = 48;

type Worded = Pick<Placeable, "signature">;

/** Counted when the first pair asks: most articles find their story without. */
export function weights(articles: readonly Worded[]): Weigh {
  let counts: Map<number, number> | undefined;
  const all = articles.length + background;
  return (term) => {
    counts ??= countTerms(articles);
    return Math.log(1 + all / (counts.get(term) ?? 1));
  };
}

function countTerms(articles: readonly Worded[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { signature } of articles)
    for (const term of signature.terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** The cosine of their words, each as heavy as it tells. */
export function wordsAlike(a: Worded, b: Worded, weigh: Weigh): number {
  const other = new Set(b.signature.terms);
  let [shared, own, others] = [0, 0, 0];
  for (const term of a.signature.terms) {
    const square = weigh(term) ** 2;
    own += square;
    if (other.has(term)) shared += square;
  }
  if (shared === 0) return 0;
  for (const term of other) others += weigh(term) ** 2;
  return shared / Math.sqrt(own * others);
}

/** The same event is told within a day or two; what comes later is more likely the next. */
export const fading = (a: Date, b: Date): number =>
  Math.exp(-Math.abs(a.getTime() - b.getTime()) / (fadingHours * 3_600_000));
