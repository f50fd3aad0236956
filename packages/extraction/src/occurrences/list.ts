import type { Mention } from "../entities/mention.ts";
import { roleWords } from "../entities/words.ts";
import { isCue } from "../quotes/cue.ts";
import type { Article } from "../text/article.ts";
import { finite, relatives } from "./clause.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Those named beside it in one list: "A, B and C", "the six executives, A, B and C". */
export function withCoordinated(
  article: Article,
  mentions: readonly Mention[],
  first: Mention,
  step: 1 | -1,
): Mention[] {
  const own = [
    first,
    ...mentions.filter(
      (other) => other !== first && other.from === first.from && other.to === first.to,
    ),
  ];
  const further: Mention[] = [];
  let edge = first;
  let joined = false;
  for (;;) {
    const next = neighbour(article, mentions, edge, step);
    if (!next || !areAlike(article, next, edge)) break;
    const [left, right] = step === 1 ? [edge, next] : [next, edge];
    joined ||= article.tokens.slice(left.to, right.from).some((token) => ands.has(token.folded));
    further.push(next);
    edge = next;
  }
  // Commas alone make no list: "after Ana Prado was freed, the six …".
  return joined ? [...own, ...further] : own;
}

/** People with people, bodies with bodies. A body and a person only with "and" between: "the president of Citgo, Ana Prado" is no list. */
function areAlike({ tokens }: Article, a: Mention, b: Mention): boolean {
  const kinds = [a, b].map(kindOf);
  if (kinds[0] === kinds[1]) return true;
  if (kinds.includes("place") && a.listed && b.listed) return false;
  const between = tokens.slice(Math.min(a.to, b.to), Math.max(a.from, b.from));
  // ", and the court": another clause begins.
  if (between[0]?.text === ",") return false;
  return between.some((token) => ["and", "y", "e"].includes(token.folded));
}

/** A union of states stands among states. */
const unions = new Set(["european-union", "united-nations", "oas", "nato", "lima-group"]);

const kindOf = ({ entity }: Mention): string =>
  entity.type === "group" ? "person" : unions.has(entity.id ?? "") ? "place" : entity.type;

const listWords = set(
  ", and y e a al the el la los las with con by por his her their su sus a an un una one uno other others otros otras otro otra opposition oposicion opositora",
);
const ands = set("and y e");
/** The farthest that the next of a list may stand, with an apposition between. */
const reach = 17;

/** Reach and the longest name together. */
const farthest = 40;

/** Those that begin at tokens [from, to]: found by halving, so that a sentence full of names stays cheap. */
function within(mentions: readonly Mention[], from: number, to: number): Mention[] {
  let [low, high] = [0, mentions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mentions[middle]?.from ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found: Mention[] = [];
  for (let at = low; at < mentions.length; at++) {
    const one = mentions[at];
    if (!one || one.from > to) break;
    found.push(one);
  }
  return found;
}

function neighbour(
  article: Article,
  mentions: readonly Mention[],
  edge: Mention,
  step: 1 | -1,
): Mention | undefined {
  const candidates = within(mentions, edge.from - farthest, edge.to + farthest).filter((one) =>
    step === 1
      ? one.from >= edge.to && one.from <= edge.to + reach
      : one.to <= edge.from && one.to >= edge.from - reach,
  );
  // Whoever an apposition names ("uno de los seis de Citgo") stands between the people of a list.
  const isLike = (one: Mention) => Number(kindOf(one) !== kindOf(edge));
  return candidates
    .toSorted((a, b) => isLike(a) - isLike(b) || step * (a.from - b.from))
    .find((one) => {
      const [first, second] = step === 1 ? [edge, one] : [one, edge];
      const between = article.tokens.slice(first.to, second.from).map((token) => token.folded);
      return isListed(between) || isListedAfterApposition(first, second, between);
    });
}

/** Nothing but commas, conjunctions and titles between two of a list. */
const isListed = (between: readonly string[]): boolean =>
  between.length <= 8 &&
  between.every((word) => listWords.has(word) || isTitle(word)) &&
  between.some((word) => word === "," || ands.has(word));

/** A role, or where someone is from: "y su esposa, la venezolana Ana Prado". */
const isTitle = (word: string): boolean =>
  roleWords.has(word) ||
  /^(?:\d{1,2}|friends?|colleague|companion|partner|amig[oa]s?|companer[oa]|pareja|ex|former|two|three|four|dos|tres|cuatro)$/.test(
    word,
  ) ||
  /(?:an[oa]|eñ[oa]|ense|ican|elan|bian)s?$/.test(word);

/** "Ana Prado, a baker, and Luis Gil": between the commas stands what the first one is. */
function isListedAfterApposition(
  first: Mention,
  second: Mention,
  between: readonly string[],
): boolean {
  if (![first, second].every(({ entity }) => ["person", "group"].includes(entity.type)))
    return false;
  const end = between.findLastIndex((word) => ands.has(word));
  if (between[0] !== "," || end < 2 || !isListed(between.slice(end))) return false;
  const apposition = between.slice(1, end);
  const closed = apposition.at(-1) === ",";
  return (
    closed &&
    !/^(?:in|on|at|en|con|with|and|y|but|pero|tras|after|while|mientras|by|por)$/.test(
      apposition[0] ?? "",
    ) &&
    !apposition.some(
      (word) =>
        finite.has(word) || relatives.has(word) || isCue(word) || /^[;:“”"«»()]$/.test(word),
    )
  );
}
