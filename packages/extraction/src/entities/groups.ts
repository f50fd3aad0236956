import type { Knowledge } from "../knowledge/load.ts";
import type { KnownEntity } from "../knowledge/schema.ts";
import type { Article } from "../text/article.ts";
import { isCapital } from "../text/token.ts";
import { knownAs, type Mention, overlaps } from "./mention.ts";
import { groupNouns } from "./words.ts";

const numbers: Record<number, readonly string[]> = {
  2: ["two", "dos"],
  3: ["three", "tres"],
  4: ["four", "cuatro"],
  5: ["five", "cinco"],
  6: ["six", "seis"],
  7: ["seven", "siete"],
};
const articles = new Set("the los these those estos esos".split(" "));
/** After "the six" alone: a verb or a mark; a noun would make it something else ("the six months"). */
const continuations = new Set(
  "were was had have are who remain returned spent face faced fueron han habian estan siguen permanecen quedaron volvieron regresaron y and to in at after . , ; : ) ’ ' al en".split(
    " ",
  ),
);

/** A group spoken of by its number or by "the executives", in an article that has named it or two of its members. */
export function groupPhrases(
  article: Article,
  knowledge: Knowledge,
  mentions: readonly Mention[],
): Mention[] {
  return [...knowledge.entities.values()]
    .filter(({ members }) => members.length > 1)
    .flatMap((group) => {
      const found = phrases(article, group, mentions);
      const spokenOf =
        isSpokenOf(group, mentions) || found.some((one) => isOfBody(article, group, mentions, one));
      return spokenOf ? found : [];
    });
}

/** "six former Citgo executives", "los seis exgerentes de Citgo": the number of them, and their body. */
function isOfBody(
  { tokens }: Article,
  { body, members }: KnownEntity,
  mentions: readonly Mention[],
  { from, to }: Mention,
): boolean {
  const counts = new Set([String(members.length), ...(numbers[members.length] ?? [])]);
  if (!tokens.slice(from, to).some((token) => counts.has(token.folded))) return false;
  const linked = /^(?:of|from|at|de|del)$/.test(tokens[to]?.folded ?? "") ? to + 1 : to;
  return mentions.some(
    (one) =>
      one.entity.id === body && body !== undefined && one.from >= from && one.from <= linked + 1,
  );
}

function isSpokenOf(group: KnownEntity, mentions: readonly Mention[]): boolean {
  if (mentions.some(({ entity }) => entity.id === group.id)) return true;
  const members = new Set(
    mentions.flatMap(({ entity }) => (group.members.includes(entity.id ?? "") ? [entity.id] : [])),
  );
  return members.size >= 2;
}

function phrases(article: Article, group: KnownEntity, mentions: readonly Mention[]): Mention[] {
  const count = group.members.length;
  const counts = new Set([String(count), ...(numbers[count] ?? [])]);
  const found: Mention[] = [];
  for (const sentence of article.sentences) {
    for (let at = sentence.from; at < sentence.to; at++) {
      const to = phraseEnd(article, at, sentence.to, counts);
      const run = { from: at, to };
      if (to <= at || mentions.some((other) => blocks(other, run))) continue;
      found.push({
        ...run,
        entity: knownAs(group),
        how: "phrase",
        listed: true,
        corrupted: false,
      });
      at = to - 1;
    }
  }
  return found;
}

/** A company's name inside "six Citgo executives" does not stand in the way; a person's or the group's own does. */
const blocks = (other: Mention, run: { from: number; to: number }): boolean =>
  overlaps(other, run) &&
  (other.entity.type !== "organisation" || other.from < run.from || other.to > run.to);

function phraseEnd(
  { tokens }: Article,
  from: number,
  limit: number,
  counts: ReadonlySet<string>,
): number {
  const first = tokens[from]?.folded ?? "";
  if (articles.has(first)) {
    const next = tokens[from + 1];
    if (groupNouns.has(next?.folded ?? "")) return from + 2;
    if (counts.has(next?.folded ?? "")) {
      const noun = nounAfter(from + 2);
      if (noun > 0) return noun;
      const next = tokens[from + 2]?.folded ?? ".";
      return continuations.has(next) || /(?:aron|ieron|ed)$/.test(next) ? from + 2 : from;
    }
    return from;
  }
  return counts.has(first) ? Math.max(nounAfter(from + 1), from) : from;

  /** The noun at most three words on ("six former Citgo executives"). */
  function nounAfter(start: number): number {
    for (let at = start; at < Math.min(start + 4, limit); at++) {
      const token = tokens[at];
      if (token?.kind !== "word") return 0;
      if (groupNouns.has(token.folded)) return at + 1;
      if (/^(of|de|in|en|the|los|and|y|months|years|meses|anos)$/.test(token.folded)) return 0;
      if (isCapital(token) && at > start + 1) return 0;
    }
    return 0;
  }
}
