import { isPossessive, type Mention } from "../entities/mention.ts";
import { roleWords, weekdaysAndMonths } from "../entities/words.ts";
import { isCue } from "../quotes/cue.ts";
import type { Article } from "../text/article.ts";
import { beforeArticles, type Clause, finite, isAlive, relatives } from "./clause.ts";
import { withCoordinated } from "./list.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** What follows these tells when or why, not whom. */
const turns = set(
  "after since before during following until till while when because amid despite tras desde durante hasta despues antes mientras cuando porque",
);
const ofWords = set("of de del");
const inWords = set("in at en");
/** Words that may stand before the one named without being someone or something themselves. */
const light = set(
  "the a an el la los las un una al to with con and y e on los otros other more mas their his her su sus its al three two four five six dos tres cuatro cinco seis several varios former for por sobre contra against both also only",
);

/** The ones named after a verb or a noun that ends at `from`: the nearest, with those coordinated to it. */
export function objects(
  article: Article,
  { sentence, mentions }: Clause,
  from: number,
  wanted: (one: Mention) => boolean,
  reach = 12,
): Mention[] {
  const { tokens } = article;
  /** A noun that is not named was met: "the relatives of Ana Prado" are not Ana Prado. */
  let unnamed = false;
  for (let at = from; at < sentence.to && at < from + reach; at++) {
    const here = mentions.filter((mention) => mention.from === at);
    const one = here.find((mention) => wanted(mention));
    if (one && !isPossessive(article, one) && !isModifier(article, one)) {
      if (isOfUnnamed(article, one, unnamed)) return [];
      if (isCue(tokens[one.to]?.folded ?? "")) return [];
      return withCoordinated(article, mentions, one, 1);
    }
    if (one) {
      at = Math.max(at, one.to - 1);
      unnamed = true;
      continue;
    }
    const token = tokens[at];
    if (!token || /^[;:“”"«»()]$/.test(token.text)) return [];
    if ([relatives, finite, turns].some((words) => words.has(token.folded))) return [];
    if (here.some((mention) => mention.entity.type !== "place")) unnamed = true;
    if (inWords.has(token.folded) && unnamed && !isPlaceNext(article, mentions, at)) return [];
    if (isNoun(token.text, token.folded)) unnamed = true;
  }
  return [];
}

const isNoun = (text: string, folded: string): boolean =>
  /^\p{Ll}{3,}$/u.test(text) &&
  ![light, ofWords, inWords, roleWords, weekdaysAndMonths].some((words) => words.has(folded)) &&
  !/(?:ly|mente)$/.test(folded);

const isOfUnnamed = ({ tokens }: Article, one: Mention, unnamed: boolean): boolean =>
  unnamed &&
  ["person", "group"].includes(one.entity.type) &&
  ofWords.has(tokens[beforeArticles(tokens, one.from)]?.folded ?? "");

function isPlaceNext({ tokens }: Article, mentions: readonly Mention[], at: number): boolean {
  const next = /^(?:the|el|la|los|las)$/.test(tokens[at + 1]?.folded ?? "") ? at + 2 : at + 1;
  const token = tokens[next];
  return (
    mentions.some((one) => one.from === next && one.entity.type === "place") ||
    token?.kind === "number" ||
    weekdaysAndMonths.has(token?.folded ?? "")
  );
}

/** "Citgo executives", "US officials", "the Citgo 6 case": the name describes the noun that follows. */
function isModifier({ tokens }: Article, one: Mention): boolean {
  const next = tokens[one.to]?.folded ?? "";
  if (/^(?:case|trial|suit|lawsuit|appeal|affair|families|relatives|lawyers?)$/.test(next))
    return true;
  if (one.entity.type === "person" || one.how === "phrase") return false;
  return /^(?:executives?|officials?|officers?|diplomats?|delegation|citizens?|nationals?|prisoners?|men|authorities|agents|sanctions|license|licence|shares|oil|prison|judge|court|president|leader)$/.test(
    next,
  );
}

/** "by the intelligence police SEBIN", "por agentes del Sebin", "by Venezuela". */
export function agentsBy(article: Article, clause: Clause, from: number): Mention[] {
  const { tokens } = article;
  for (let at = from; at < clause.sentence.to && at < from + 14; at++) {
    const word = tokens[at]?.folded ?? "";
    if (/^[;:.]$/.test(word) || turns.has(word) || word === "luego") return [];
    if (word === "by" || word === "por") return actorsAt(article, clause, at + 1);
  }
  return [];
}

/** The first one named; "agents of SEBIN" are SEBIN's. */
function actorsAt(article: Article, { sentence, mentions }: Clause, from: number): Mention[] {
  for (let at = from; at < sentence.to && at < from + 7; at++) {
    const one = mentions.find((mention) => mention.from === at && isAlive(mention));
    const isPlace = one?.entity.type === "place" && one.listed;
    // "by gunmen in Caracas": where, not who.
    if (isPlace && inWords.has(article.tokens[beforeArticles(article.tokens, at)]?.folded ?? ""))
      return [];
    if (one && !isPossessive(article, one) && !isModifier(article, one))
      return withCoordinated(article, mentions, one, 1);
    const token = article.tokens[at];
    if (!token || /^[;:“”"«»()]$/.test(token.text)) return [];
    if (relatives.has(token.folded) || finite.has(token.folded)) return [];
  }
  return [];
}

const together = /^(?:together|along|alongside|junto|juntos|junta)$/;

/** "was arrested together with Ana and Luis". */
export function companions(article: Article, clause: Clause, from: number): Mention[] {
  const at = [from, from + 1, from + 2, from + 3].find((index) =>
    together.test(article.tokens[index]?.folded ?? ""),
  );
  if (at === undefined) return [];
  return objects(article, clause, at + 1, ({ entity }) =>
    ["person", "group"].includes(entity.type),
  );
}

const exchange =
  /\b(?:in exchange for|in return for|swap for|swapped for|exchanged for|a cambio de[l]?|en un canje por|canje por)\b/iu;

/** Those who were given for the others: "freed in exchange for Ana Prado". */
export function exchanged(article: Article, clause: Clause): Mention[] {
  const { sentence } = clause;
  const match = exchange.exec(article.text.slice(sentence.start, sentence.end));
  if (!match) return [];
  const end = sentence.start + match.index + match[0].length;
  const from = article.tokens.findIndex((token, at) => at >= sentence.from && token.start >= end);
  return objects(article, clause, from, ({ entity }) => ["person", "group"].includes(entity.type));
}
