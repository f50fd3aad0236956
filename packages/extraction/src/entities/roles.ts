import type { Article } from "../text/article.ts";
import type { Mention } from "./mention.ts";
import { roleWords } from "./words.ts";

/** A role without gender and "ex": "empresaria", "exempresario" and "businesswoman", "businessman" are one. */
export const bareRole = (word: string): string =>
  word
    .replace(/^ex(?=\p{L}{4})/u, "")
    .replace(/woman$/, "man")
    .replace(/(?:a|o)$/, "");

/** The one person whom the article gives each role: "businessman Ana Prado", "Ana Prado, a lawyer". Null when two have it. */
export function rolesOf(
  { tokens }: Article,
  persons: readonly Mention[],
): ReadonlyMap<string, Mention | null> {
  const roles = new Map<string, Mention | null>();
  const add = (word: string, one: Mention) => {
    if (!roleWords.has(word) || tooCommon.test(word)) return;
    const known = roles.get(bareRole(word));
    const isOther = known !== undefined && known?.entity.key !== one.entity.key;
    roles.set(bareRole(word), isOther ? null : one);
  };
  for (const one of persons) {
    for (let at = one.from - 1; at >= one.from - 4 && at >= 0; at--) {
      const token = tokens[at];
      if (!token || (token.kind === "mark" && !(token.text === "," && at === one.from - 1))) break;
      if (breaking.test(token.folded)) break;
      add(token.folded, one);
    }
    if (tokens[one.to]?.text !== ",") continue;
    for (let at = one.to + 1; at < one.to + 7; at++) {
      const token = tokens[at];
      if (!token || token.kind === "mark" || linking.test(token.folded)) break;
      add(token.folded, one);
    }
  }
  return roles;
}

/** What stands before these is said of someone else: "the president hosted Ana Prado". */
const breaking =
  /(?:[^f]ed|ó|aron|ieron)$|^(?:of|de|del|to|a|al|by|por|with|con|for|para|met|and|y|e|in|en|on|told|from)$/;

const linking = /^(?:of|de|del|for|in|en|at|who|que|quien|whose|with|con|y|and|to|para|por|by)$/;
const tooCommon =
  /^(?:mr|mrs|ms|miss|dr|sir|don|dona|sr|sra|brothers?|sisters?|sons?|daughters?|wife|husband|father|mother|hermano|hermana|hij[oa]|espos[oa]|padre|madre|ti[oa]|sobrin[oa]|prim[oa]|cousin|nephew|uncle|aunt|general|executive|chief|deputy|detenid[oa]|pres[oa]|secretary|secretari[oa]|judge|juez|jueza)$/;

/** Who have held the highest office of a country, by id: "el mandatario" is one of them. */
const heads = new Set([
  "nicolas-maduro",
  "delcy-rodriguez",
  "hugo-chavez",
  "joe-biden",
  "donald-trump",
  "barack-obama",
  "nayib-bukele",
]);
const headWords = /^(?:president|president[ea]|mandatari[oa]|gobernante|strongman)$/;

/** The head of state named last before the token at `at`, when a word for one stands there. */
export function headOfState(
  word: string,
  mentions: readonly Mention[],
  at: number,
): Mention | undefined {
  if (!headWords.test(word)) return undefined;
  return mentions.findLast(
    (one) => one.to <= at && at - one.to < 160 && one.listed && heads.has(one.entity.id ?? ""),
  );
}
