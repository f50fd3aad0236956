import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Clause } from "./clause.ts";
import { withCoordinated } from "./list.ts";

const single = /^(?:him|her|él|ella)$/;
const plural = /^(?:them|ellos|ellas)$/;
const clitics = /^(?:lo|la|los|las)$/;

/** Whom "her", "them", "con él" or "los detuvieron" stands for; `actors` are not meant. */
export function pronounObjects(
  article: Article,
  clause: Clause,
  verb: { from: number; to: number },
  actors: readonly Mention[],
): Mention[] {
  const word = pronounOf(article, clause, verb);
  if (!word) return [];
  const isPlural = plural.test(word) || /s$/.test(word);
  const acting = new Set(actors.map((one) => one.entity.key));
  const people = (mentions: readonly Mention[]) =>
    mentions.filter(
      ({ entity }) => entity.type === (isPlural ? "group" : "person") && !acting.has(entity.key),
    );
  const own = people(clause.mentions).filter((one) => one.to <= verb.from);
  const found = own.at(-1) ?? people(clause.before)[0];
  if (found) return [found];
  return isPlural ? couple(article, clause, verb.from, acting) : [];
}

/** "Ana Prado and her husband, Luis Gil, … captured them". */
function couple(
  article: Article,
  { mentions, before }: Clause,
  verb: number,
  acting: ReadonlySet<string>,
): Mention[] {
  const isFree = (one: Mention) =>
    one.entity.type === "person" && one.listed && !acting.has(one.entity.key);
  for (const list of [mentions.filter((one) => one.to <= verb), before]) {
    const first = list.find(isFree);
    const all = first ? withCoordinated(article, list, first, 1).filter(isFree) : [];
    if (all.length > 1) return all;
  }
  return [];
}

function pronounOf(
  { tokens }: Article,
  { sentence }: Clause,
  { from, to }: { from: number; to: number },
): string | null {
  const before = tokens[from - 1]?.text.toLowerCase() ?? "";
  if (sentence.language === "es" && clitics.test(before)) return before;
  for (let at = from; at < to + 2; at++) {
    const word = tokens[at]?.text.toLowerCase() ?? "";
    if (!single.test(word) && !plural.test(word)) continue;
    // "her lawyers" are someone else.
    const next = tokens[at + 1];
    const isOwner =
      word === "her" &&
      next?.kind === "word" &&
      !/^(?:after|before|on|in|at|to|for|and|again|there|when|during|from|back|with|as)$/.test(
        next.folded,
      );
    return isOwner ? null : word;
  }
  return null;
}
