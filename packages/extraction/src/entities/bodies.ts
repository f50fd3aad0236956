import { nameKey } from "../knowledge/name-key.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital, isUpper, type Token } from "../text/token.ts";
import { type Mention, overlaps, surface } from "./mention.ts";
import { bodyWords, givenNames, roleWords, smallWords, weekdaysAndMonths } from "./words.ts";

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Body words that end a name: what follows does not belong to it. */
const last = new Set("inc corp llc ltd holdings partners airlines club".split(" "));
const links = new Set("of for on de del para".split(" "));
const articles = new Set("the la los las el".split(" "));

/** Bodies that the knowledge base lacks: runs of capitals around a word such as Ministry, Tribunal or Inc. */
export function unknownBodies(article: Article, known: readonly Mention[]): Mention[] {
  const found: Mention[] = [];
  for (const sentence of article.sentences) {
    if (sentence.titleCase || sentence.capitals) continue;
    for (let at = sentence.from; at < sentence.to; at++) {
      const token = article.tokens[at];
      if (!token || !bodyWords.has(token.folded) || !isCapital(token)) continue;
      const run = { from: leftEnd(article, sentence, at), to: rightEnd(article, sentence, at) };
      at = run.to - 1;
      if (isGeneric(article, sentence, run, known)) continue;
      if (capitals(article, run) >= 2 && isFree(run, known)) found.push(body(article, run));
    }
    found.push(...joinedByAmpersand(article, sentence, known, found));
  }
  return found;
}

/** "Prado & Gil", "Humanity & Hope Relief": capitals on both sides of the sign. */
function joinedByAmpersand(
  article: Article,
  { from, to }: ArticleSentence,
  known: readonly Mention[],
  found: readonly Mention[],
): Mention[] {
  const { tokens } = article;
  const bodies: Mention[] = [];
  for (let at = from + 1; at < to - 1; at++) {
    if (tokens[at]?.text !== "&") continue;
    let [first, end] = [at, at + 1];
    while (
      first > from &&
      isPart(tokens[first - 1]) &&
      !roleWords.has(tokens[first - 1]?.folded ?? "")
    )
      first--;
    while (end < to && isPart(tokens[end])) end++;
    const run = { from: first, to: end };
    const isOpen = ![...known, ...found].some((one) => overlaps(one, run));
    if (first < at && end > at + 1 && isOpen) bodies.push(body(article, run));
  }
  return bodies;
}

/** "Tribunal de España condena a …": at the head of a sentence the capital says nothing, and a country is no name. */
function isGeneric(
  { tokens }: Article,
  { from, language }: ArticleSentence,
  run: Run,
  known: readonly Mention[],
): boolean {
  if (language !== "es" || run.from !== from) return false;
  if (
    !/^(?:tribunal|corte|juzgado|policia|ejercito|fiscalia|gobierno)$/.test(
      tokens[from]?.folded ?? "",
    )
  )
    return false;
  const rest = run.from + 2;
  return known.some((one) => one.entity.type === "place" && one.from === rest && one.to >= run.to);
}

const capitals = ({ tokens }: Article, { from, to }: Run): number =>
  tokens.slice(from, to).filter((token) => isCapital(token)).length;

/** A name that we know and that is as long, or only partly inside, is the better reading; a place inside is part of the name. */
function isFree(run: Run, known: readonly Mention[]): boolean {
  return known
    .filter((one) => overlaps(one, run))
    .every(
      (one) =>
        one.entity.type === "place" &&
        one.from >= run.from &&
        one.to <= run.to &&
        one.to - one.from < run.to - run.from - 1,
    );
}

function body(article: Article, run: Run): Mention {
  const name = surface(article, run).replace(/\s+/g, " ");
  return {
    ...run,
    entity: { key: `body:${nameKey(name)}`, id: null, type: "organisation", name, known: null },
    how: "name",
    listed: true,
    corrupted: false,
  };
}

const isPart = (token: Token | undefined): boolean =>
  token !== undefined &&
  isCapital(token) &&
  ![smallWords, weekdaysAndMonths].some((words) => words.has(token.folded));

/** English puts the rest of the name before its body word; Spanish does not. */
function leftEnd({ tokens }: Article, { language, from }: ArticleSentence, head: number): number {
  if (language === "es") return head;
  let at = head;
  while (at > from && isPart(tokens[at - 1])) at--;
  while (at < head && roleWords.has(tokens[at]?.folded ?? "")) at++;
  return at;
}

/** Further capitals, and those that "of", "de" or "para" link: "Ministry of Health and Sports". */
function rightEnd({ tokens }: Article, { to: limit }: ArticleSentence, head: number): number {
  if (last.has(tokens[head]?.folded ?? "")) return head + 1;
  let end = head + 1;
  let linked = 0;
  while (end < limit && linked < 3) {
    const token = tokens[end];
    if (belongs(token)) {
      end++;
      continue;
    }
    const joins =
      links.has(token?.folded ?? "") || (linked > 0 && /^(?:and|y)$/.test(token?.folded ?? ""));
    const next = articles.has(tokens[end + 1]?.folded ?? "") ? end + 2 : end + 1;
    if (!joins || next >= limit || !belongs(tokens[next])) break;
    linked++;
    end = next + 1;
  }
  return end;
}

const belongs = (token: Token | undefined): boolean =>
  isPart(token) && ![roleWords, givenNames].some((words) => words.has(token?.folded ?? ""));

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
