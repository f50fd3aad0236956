import { nameKey } from "../knowledge/load.ts";
import type { Article } from "../text/article.ts";
import { isCapital, isUpper, type Token } from "../text/token.ts";
import { type Mention, overlaps, surface } from "./mention.ts";
import { bodyWords, particles, roleWords, weekdaysAndMonths } from "./words.ts";

/** Words that join a body's name: "University of the Andes", "Ministerio para la Cultura". */
const joining = new Set([...particles, "of", "for", "the", "and", "para", "por", "on", "&"]);
/** Body words that English writes last: what precedes them belongs to the name, what follows does not. */
const lastInEnglish = new Set("inc corp llc ltd holdings partners airlines church club".split(" "));

/** Bodies that the knowledge base lacks: runs of capitals with a word such as Ministry, Tribunal or Inc. */
export function unknownBodies(article: Article, known: readonly Mention[]): Mention[] {
  const found: Mention[] = [];
  for (const sentence of article.sentences) {
    if (sentence.titleCase || sentence.capitals) continue;
    for (let at = sentence.from; at < sentence.to; at++) {
      const to = runEnd(article, at, sentence.to);
      const from = trimmedStart(article, at, to, sentence.from);
      const head = bodyWord(article, from, to);
      if (head < 0 || to - from < 2) continue;
      const run = {
        from,
        to: lastInEnglish.has(article.tokens[head]?.folded ?? "") ? head + 1 : to,
      };
      at = run.to - 1;
      // A name that we know and that is as long, or only partly inside, is the better reading.
      const crossing = known.filter((mention) => overlaps(mention, run));
      if (crossing.some((one) => one.from < run.from || one.to > run.to || fills(one, run)))
        continue;
      if (crossing.some((one) => one.entity.type !== "place")) continue;
      found.push(body(article, run));
    }
  }
  return found;
}

const fills = (one: Mention, run: { from: number; to: number }): boolean =>
  one.to - one.from >= run.to - run.from - 1;

function body(article: Article, run: { from: number; to: number }): Mention {
  const name = surface(article, run).replace(/\s+/g, " ");
  return {
    ...run,
    entity: { key: `body:${nameKey(name)}`, id: null, type: "organisation", name, known: null },
    how: "name",
    listed: true,
    corrupted: false,
  };
}

function runEnd({ tokens }: Article, from: number, limit: number): number {
  if (!tokens[from] || !isCapital(tokens[from])) return from;
  let end = from + 1;
  let at = from + 1;
  while (at < limit) {
    const token = tokens[at] as Token;
    if (isCapital(token) && !weekdaysAndMonths.has(token.folded)) end = at + 1;
    else if (!joining.has(token.folded)) break;
    at++;
  }
  return end;
}

/** "The Ministry", "Venezuelan Ministry" at the start of a sentence: articles and titles do not belong to the name. */
function trimmedStart(
  { tokens }: Article,
  from: number,
  to: number,
  sentenceStart: number,
): number {
  let at = from;
  while (at < to) {
    const token = tokens[at] as Token;
    const small =
      joining.has(token.folded) ||
      /^(el|la|los|las|un|una|the|a|an|in|en|al|del|at|on|for)$/.test(token.folded);
    const title =
      at === sentenceStart ? roleWords.has(token.folded) && !bodyWords.has(token.folded) : false;
    if (!small && !title) break;
    at++;
  }
  return at;
}

function bodyWord({ tokens }: Article, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const token = tokens[at] as Token;
    if (bodyWords.has(token.folded) && isCapital(token)) return at;
  }
  return -1;
}

/** "Centro de Justicia (CEJUS)": the capitals in brackets stand for the body from there on. */
export function acronyms(article: Article, mentions: readonly Mention[]): Map<string, Mention> {
  const found = new Map<string, Mention>();
  for (const mention of mentions) {
    if (mention.entity.type !== "organisation" && mention.entity.type !== "place") continue;
    const [open, word, close] = article.tokens.slice(mention.to, mention.to + 3);
    if (open?.text !== "(" || close?.text !== ")" || !word || !isUpper(word)) continue;
    if (word.text.length >= 2 && word.text.length <= 8) found.set(word.text, mention);
  }
  return found;
}
