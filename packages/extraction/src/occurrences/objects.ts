import { isPossessive, type Mention } from "../entities/mention.ts";
import { officeWords, roleWords, weekdaysAndMonths } from "../entities/words.ts";
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
  { sentence, mentions }: Pick<Clause, "sentence" | "mentions">,
  from: number,
  wanted: (one: Mention) => boolean,
  reach = 14,
  byOffice = false,
  byDelegates = false,
): Mention[] {
  const { tokens } = article;
  /** A noun that is not named was met: "the relatives of Ana Prado" are not Ana Prado. */
  let unnamed = false;
  for (let at = from; at < sentence.to && at < from + reach; at++) {
    const here = mentions.filter((mention) => mention.from === at);
    const one = here.find((mention) => wanted(mention));
    // "met in Caracas with …": where, not whom. "the president of Citgo, Ana Prado": the name follows.
    if (one && (isWhere(article, one, from) || (byOffice && isOfOffice(article, one)))) {
      at = Math.max(at, one.to - 1);
      continue;
    }
    if (one && (isBeforeName(article, mentions, one) || isOfKind(article, one))) {
      at = Math.max(at, one.to - 1);
      continue;
    }
    if (one && !isPossessive(article, one) && !isModifier(article, one, byDelegates)) {
      if (isOfUnnamed(article, one, unnamed)) return [];
      if (isCue(tokens[one.to]?.folded ?? "")) return [];
      return around(article, { sentence, mentions }, one, from, wanted);
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
    // "shares in Prado Holding" are theirs.
    if (
      /^(?:shares|stake|interest|control|acciones)$/.test(tokens[at - 1]?.folded ?? "") &&
      inWords.has(token.folded)
    )
      continue;
    if (inWords.has(token.folded) && unnamed && !isPlaceNext(article, mentions, at)) return [];
    if (isNoun(token.text, token.folded)) unnamed = true;
  }
  return [];
}

/** "the parent of Prado Oil", "filial de Prado": not the one, but whom it belongs to. */
const isOfKind = ({ tokens }: Article, one: Mention): boolean => {
  const of = beforeArticles(tokens, one.from);
  const before = prepositionOver(tokens, of);
  return (
    one.entity.type === "organisation" &&
    ofWords.has(tokens[before]?.folded ?? "") &&
    /^(?:parent|affiliate|subsidiary|unit|arm|matriz|filial|duena|subsidiaria|casa|owner)$/.test(
      tokens[before - 1]?.folded ?? "",
    )
  );
};

/** Over up to two words that say what kind of body it is: "of refiner Prado", "del fondo Prado". */
function prepositionOver(tokens: Article["tokens"], start: number): number {
  for (let at = start; at > start - 3 && at > 0; at--)
    if (ofWords.has(tokens[at]?.folded ?? "")) return at;
  return start;
}

/** "U.S. District Judge Ana Prado": the name that its office leads to is meant. */
function isBeforeName({ tokens }: Article, mentions: readonly Mention[], one: Mention): boolean {
  if (one.entity.type === "person" || one.entity.type === "group") return false;
  const next = mentions.find((other) => other.from >= one.to && other.from <= one.to + 4);
  const isApposed =
    next?.entity.type === "person" && next.from === one.to + 1 && tokens[one.to]?.text === ",";
  // "the ambassador of Spain, Ana Prado".
  if (isApposed && isOfOffice({ tokens } as Article, one)) return true;
  return (
    next?.entity.type === "person" &&
    next.from > one.to &&
    tokens
      .slice(one.to, next.from)
      .every((token) => roleWords.has(token.folded) || officeWords.has(token.folded))
  );
}

/** "on Prado Holding, a trader, and on its president, Ana Prado": the preposition again. */
function further(
  { tokens }: Article,
  { sentence, mentions }: Pick<Clause, "sentence" | "mentions">,
  from: number,
  listed: readonly Mention[],
  wanted: (one: Mention) => boolean,
): Mention[] {
  const opener = tokens[from - 1]?.folded ?? "";
  if (!/^(?:on|against|with|contra|con|a)$/.test(opener)) return [];
  const end = Math.max(...listed.map((one) => one.to));
  for (let at = end; at < sentence.to - 1 && at < end + 26; at++) {
    const token = tokens[at];
    if (!token || /^[;:“”"«»()]$/.test(token.text) || relatives.has(token.folded)) return [];
    if (!/^(?:and|y|e)$/.test(token.folded) || tokens[at + 1]?.folded !== opener) continue;
    const next = mentions.find(
      (one) =>
        one.from > at &&
        one.from <= at + 12 &&
        wanted(one) &&
        !isBeforeName({ tokens } as Article, mentions, one),
    );
    return next ? withCoordinated({ tokens } as Article, mentions, next, 1) : [];
  }
  return [];
}

/** The one found, with those named beside it, inside its number, and after the same preposition again. */
function around(
  article: Article,
  clause: Pick<Clause, "sentence" | "mentions">,
  one: Mention,
  from: number,
  wanted: (one: Mention) => boolean,
): Mention[] {
  const listed = withCoordinated(article, clause.mentions, one, 1);
  const inside = included(article, clause, listed);
  // Of "seven officials, among them Ana Prado" it is she whom the text names.
  const isCounted = ({ entity }: Mention) => entity.key.startsWith("people:");
  return [
    ...(inside.length > 0 ? listed.filter((mention) => !isCounted(mention)) : listed),
    ...inside,
    ...further(article, clause, from, listed, wanted),
  ];
}

/** "16 officials, among them Ana Prado", "entre ellos la jueza Ana Prado". */
function included(
  { tokens }: Article,
  { sentence, mentions }: Pick<Clause, "sentence" | "mentions">,
  listed: readonly Mention[],
): Mention[] {
  const end = Math.max(...listed.map((one) => one.to));
  const at = Array.from({ length: 14 }, (_, step) => step).find((step) => {
    const [word, next] = [tokens[end + step]?.folded ?? "", tokens[end + step + 1]?.folded ?? ""];
    return (
      /^(?:including|incluid[oa]s?)$/.test(word) ||
      (/^(?:among|entre)$/.test(word) && /^(?:them|ellos|ellas|whom)$/.test(next))
    );
  });
  if (at === undefined || !listed.some((one) => one.entity.type === "group")) return [];
  return mentions.filter(
    (one) =>
      one.from > end + at &&
      one.from <= end + at + 14 &&
      one.to <= sentence.to &&
      one.entity.type === "person",
  );
}

const isWhere = ({ tokens }: Article, one: Mention, start: number): boolean =>
  one.entity.type === "place" &&
  one.listed &&
  beforeArticles(tokens, one.from) >= start &&
  inWords.has(tokens[beforeArticles(tokens, one.from)]?.folded ?? "");

const isOfOffice = ({ tokens }: Article, one: Mention): boolean => {
  const of = beforeArticles(tokens, one.from);
  return (
    ["organisation", "place"].includes(one.entity.type) &&
    ofWords.has(tokens[of]?.folded ?? "") &&
    [1, 2].some((steps) => roleWords.has(tokens[of - steps]?.folded ?? ""))
  );
};

const isNoun = (text: string, folded: string): boolean =>
  /^\p{Ll}{3,}$/u.test(text) &&
  ![light, ofWords, inWords, roleWords, weekdaysAndMonths].some((words) => words.has(folded)) &&
  !/(?:ly|mente)$/.test(folded);

/** "the appeal of Ana Prado" is about her; her relatives are not her. */
const pleas =
  /^(?:freedom|release|return|handover|libertad|liberacion|entrega|regreso|appeal|appeals|request|motion|claim|claims|objections?|bid|petition|case|lawsuit|suit|recurso|recursos|apelacion|solicitud|demanda|pedido|sentencia|condena|causa|juicio|extradition|extradicion|conviction|sentence)$/;

function isOfUnnamed({ tokens }: Article, one: Mention, unnamed: boolean): boolean {
  if (!unnamed || !["person", "group"].includes(one.entity.type)) return false;
  let of = beforeArticles(tokens, one.from);
  while (isTitle(tokens[of]?.folded ?? "")) of = beforeArticles(tokens, of);
  return governs.test(tokens[of]?.folded ?? "") && !pleas.test(tokens[of - 1]?.folded ?? "");
}

/** Between a noun and these stands whose it is: "a jet used by President Ana Prado". */
const governs = /^(?:of|de|del|by|por|with|con|for|para|belonging|against|contra|from)$/;
const isTitle = (word: string): boolean =>
  roleWords.has(word) ||
  /^(?:us|venezuelan|american|colombian|former|ex|venezolan[oa]|estadounidense)$/.test(word);

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
function isModifier({ tokens }: Article, one: Mention, byDelegates = false): boolean {
  const next = tokens[one.to]?.folded ?? "";
  if (
    byDelegates &&
    /^(?:officials?|diplomats?|delegation|authorities|representatives|lawmakers|envoys?|negotiators|mediators)$/.test(
      next,
    )
  )
    return false;
  if (/^(?:case|trial|suit|lawsuit|appeal|affair|families|relatives|lawyers?)$/.test(next))
    return true;
  if (one.entity.type === "person" || one.how === "phrase") return false;
  return /^(?:executives?|officials?|officers?|diplomats?|delegation|citizens?|nationals?|prisoners?|men|authorities|agents|sanctions|license|licence|shares|oil|prison|judge|court|president|leader|parent|affiliate|unit|subsidiary|arm|owner|creditors|bonds|debt|assets|crude|territory|border|embassy|law|laws)$/.test(
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

const courtNouns = /^(?:tribunal|tribunales|corte|juzgado|juez|jueza|court|courts|judge|jury)$/;

/** The first one named; "agents of SEBIN" are SEBIN's. */
function actorsAt(article: Article, { sentence, mentions }: Clause, from: number): Mention[] {
  for (let at = from; at < sentence.to && at < from + 7; at++) {
    const one = mentions.find((mention) => mention.from === at && isAlive(mention));
    const isPlace = one?.entity.type === "place" && one.listed;
    // "by gunmen in Caracas": where, not who.
    // "por un tribunal de Caracas": the court has no name.
    if (
      isPlace &&
      ofWords.has(article.tokens[beforeArticles(article.tokens, at)]?.folded ?? "") &&
      courtNouns.test(article.tokens[beforeArticles(article.tokens, at) - 1]?.folded ?? "")
    )
      return [];
    if (isPlace && inWords.has(article.tokens[beforeArticles(article.tokens, at)]?.folded ?? ""))
      return [];
    if (one && isBeforeName(article, mentions, one)) continue;
    // "by Venezuelan agents", "by U.S. marshals": who serves a country acts for it.
    if (one && !isPossessive(article, one) && !isModifier(article, one, true))
      return withCoordinated(article, mentions, one, 1);
    const token = article.tokens[at];
    if (!token || /^[;:“”"«»()]$/.test(token.text)) return [];
    if (relatives.has(token.folded) || finite.has(token.folded)) return [];
    // "by agents on Thursday as she left": what follows is not who did it.
    if (at > from && afterAgent.test(token.folded)) return [];
  }
  return [];
}

const afterAgent =
  /^(?:as|when|while|on|in|at|after|before|during|en|cuando|mientras|tras|durante|desde)$/;

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
  /\b(?:in exchange for|in return for|swap for|(?:swapped|exchanged|traded)\b[^.;:,]{0,80}?\bfor|a cambio de[l]?|(?:canje\p{L}*|intercambi\p{L}*)\b[^.;:,]{0,80}?\bpor)(?!\p{L})/iu;

/** Those who were given for the others: "freed in exchange for Ana Prado". */
export function exchanged(article: Article, clause: Clause): Mention[] {
  const { sentence } = clause;
  const match = exchange.exec(article.text.slice(sentence.start, sentence.end));
  if (!match) return [];
  const end = sentence.start + match.index + match[0].length;
  const from = article.tokens.findIndex((token, at) => at >= sentence.from && token.start >= end);
  return objects(article, clause, from, ({ entity }) => ["person", "group"].includes(entity.type));
}
