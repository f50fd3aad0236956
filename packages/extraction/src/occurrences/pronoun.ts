import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Clause } from "./clause.ts";

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
  return found ? [found] : [];
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
