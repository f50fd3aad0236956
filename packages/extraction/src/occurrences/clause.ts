import type { Mention } from "../entities/mention.ts";
import type { ArticleSentence } from "../text/article.ts";

/** A sentence with those whom it names. */
export interface Clause {
  readonly sentence: ArticleSentence;
  readonly mentions: readonly Mention[];
  /** Those of the sentence before, when it is of the same paragraph. */
  readonly before: readonly Mention[];
  /** Everyone whom the article names. */
  readonly all: readonly Mention[];
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

export const prepositions = set(
  "in at of from to with on by for near into under over about against through de del en a al con por para desde hacia contra sobre ante entre",
);
export const relatives = set(
  "who which that whose quien quienes que cual cuales cuyo cuya cuyos cuyas",
);
export const finite = set(
  "is are was were has have had does did do said says told es son fue fueron ha han esta estan dijo",
);
export const conjunctions = set("and y e as well & junto");

/** Places only act through their governments; a body, a person or a group can. */
export const isAlive = (one: Mention): boolean =>
  ["person", "organisation", "group", "place"].includes(one.entity.type) || !one.listed;

/** Not "a": in Spanish it is "to". */
const plain = set("the an el la los las un una");
/** The token before a name, over its articles. */
export function beforeArticles(words: readonly { folded: string }[], at: number): number {
  let index = at - 1;
  while (plain.has(words[index]?.folded ?? "")) index--;
  return index;
}
