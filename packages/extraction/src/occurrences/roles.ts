import { isPossessive, type Mention } from "../entities/mention.ts";
import { roleWords } from "../entities/words.ts";
import { isCue } from "../quotes/speaker.ts";
import type { Article, ArticleSentence } from "../text/article.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

const prepositions = set(
  "in at of from to with on by for near into under over about against through de del en a al con por para desde hacia contra sobre ante entre",
);
const relatives = set("who which that quien quienes que cual cuales");
const finite = set(
  "is are was were has have had does did do said says told es son fue fueron ha han esta estan dijo",
);
const conjunctions = set("and y e as well & junto");
/** "agents of SEBIN", "el gobierno de Maduro": the one after "of" acts. */
const agents =
  /^(?:agents|officers|members|forces|police|authorities|officials|government|regime|administration|agentes|funcionarios|efectivos|gobierno|regimen|autoridades|fuerzas|miembros|comision|mandatario|presidente|president|delegation|team|delegacion|equipo|mision)$/;

export interface Clause {
  readonly sentence: ArticleSentence;
  readonly mentions: readonly Mention[];
  /** Those of the sentence before, when it is of the same paragraph. */
  readonly before: readonly Mention[];
}

/** The one named as the subject of a verb that begins at `verb`: the nearest before it, with nothing but titles, appositions and prepositional phrases between. */
export function subjects(article: Article, clause: Clause, verb: number): Mention[] {
  const { tokens } = article;
  const { sentence, mentions } = clause;
  let at = verb - 1;
  const word = tokens[at]?.folded ?? "";
  // Unfolded: "él" is he, "el" the.
  if (pronouns.has(tokens[at]?.text.toLowerCase() ?? ""))
    return pronounSubject(article, clause, at);
  if (relatives.has(word)) {
    // "Maduro confirmó que se reunió": the one who says it did it.
    const said = sayingBefore(article, clause, at);
    if (said > 0) return subjects(article, clause, said);
    // "…, who were arrested": whom the relative pronoun stands for is named right before it.
    const antecedent = endingAt(article, mentions, at - 1);
    return antecedent ? withCoordinated(article, mentions, antecedent, -1) : [];
  }
  for (; at >= sentence.from && verb - at < 45; at--) {
    const ending = mentions.filter((one) => one.to === at + 1 && isAlive(one));
    const one = ending.toSorted((a, b) => a.from - b.from)[0];
    if (one) {
      if (isSubject(article, one, verb)) return withCoordinated(article, mentions, one, -1);
      at = one.from;
      continue;
    }
    if (stopsSearch(article, at)) return [];
  }
  return [];
}

const pronouns = set("he she they él ella ellos");

/** "He", "she": the person whom the sentence before names first, or who speaks in this one. */
function pronounSubject(article: Article, clause: Clause, at: number): Mention[] {
  const plural = /^(?:they|ellos)$/.test(article.tokens[at]?.folded ?? "");
  const said = sayingBefore(article, clause, at);
  if (said > 0) return subjects(article, clause, said);
  if (at > clause.sentence.from + 1) return [];
  const wanted = plural ? "group" : "person";
  const first = clause.before.find((one) => one.entity.type === wanted && one.entity.id !== null);
  return first ? [first] : [];
}

/** The saying verb right before a clause ("said that he …", "confirmó el lunes que …"), or 0. */
function sayingBefore({ tokens }: Article, { sentence }: Clause, at: number): number {
  for (let index = at - 1; index >= sentence.from && at - index <= 4; index--) {
    if (isCue(tokens[index]?.folded ?? "")) return index;
    if (tokens[index]?.kind === "mark") return 0;
  }
  return 0;
}

/** Places only act through their governments; a body, a person or a group can. */
const isAlive = (one: Mention): boolean =>
  ["person", "organisation", "group"].includes(one.entity.type) ||
  !one.listed ||
  one.entity.type === "place";

function isSubject(article: Article, one: Mention, verb: number): boolean {
  const { tokens } = article;
  if (isPossessive(article, one)) return false;
  const next = tokens[one.to];
  // "a US diplomat": the country only describes the one who acts.
  if (
    one.to !== verb &&
    next &&
    next.kind === "word" &&
    /^\p{Ll}/u.test(next.text) &&
    !isAfterSubject(next.folded)
  )
    return false;
  const before = tokens[one.from - 1]?.folded ?? "";
  const earlier =
    tokens[before === "the" || before === "la" || before === "el" ? one.from - 2 : one.from - 1];
  if (!earlier || !prepositions.has(earlier.folded)) return true;
  if (/^(?:by|por)$/.test(earlier.folded))
    return /^(?:led|headed|encabezad|liderad)/.test(tokens[one.from - 2]?.folded ?? "");
  return /^(?:of|de|del)$/.test(earlier.folded) && hasAgent(article, one.from);
}

const hasAgent = ({ tokens }: Article, from: number): boolean =>
  tokens.slice(Math.max(0, from - 4), from).some((token) => agents.test(token.folded));

const auxiliaries =
  /^(?:is|are|was|were|has|have|had|be|been|will|would|also|then|later|again|ha|han|habia|fue|fueron|se|ya|tambien|no|le|les|los|lo|la|not|all|both|finally)$/;
const isAfterSubject = (word: string): boolean =>
  auxiliaries.test(word) ||
  prepositions.has(word) ||
  conjunctions.has(word) ||
  relatives.has(word) ||
  isCue(word) ||
  /(?:ed|ly|mente|ó|aron|ieron)$/.test(word) ||
  /^(?:met|held|won|told|left|led|took|gave|put|sat|flew|sold|bought|freed|meets|visits|frees|releases|o)$/.test(
    word,
  ) ||
  /(?:o|aron|ieron|ado|ido|ados|idos)$/.test(word);

function stopsSearch({ tokens }: Article, at: number): boolean {
  const token = tokens[at];
  if (!token) return true;
  if (/^[;:“”"«»()]$/.test(token.text)) return true;
  return isCue(token.folded) || finite.has(token.folded) || relatives.has(token.folded);
}

const endingAt = (
  article: Article,
  mentions: readonly Mention[],
  at: number,
): Mention | undefined => {
  const end = article.tokens[at]?.text === "," ? at : at + 1;
  return mentions.find((one) => one.to === end && isAlive(one));
};

/** The ones named after a verb or a noun that ends at `from`: the nearest, with those coordinated to it. */
export function objects(
  article: Article,
  { sentence, mentions }: Clause,
  from: number,
  wanted: (one: Mention) => boolean,
  reach = 9,
): Mention[] {
  const { tokens } = article;
  for (let at = from; at < sentence.to && at < from + reach; at++) {
    const one = mentions.find((mention) => mention.from === at && wanted(mention));
    if (one && !isPossessive(article, one) && !isModifier(article, one)) {
      return withCoordinated(article, mentions, one, 1);
    }
    const token = tokens[at];
    if (!token || /^[;:“”"«»()]$/.test(token.text)) return [];
    if (relatives.has(token.folded) || finite.has(token.folded)) return [];
  }
  return [];
}

/** "Citgo executives", "US officials": the name describes the noun that follows. */
function isModifier({ tokens }: Article, one: Mention): boolean {
  const next = tokens[one.to];
  if (one.entity.type === "person" || one.how === "phrase" || !next) return false;
  return /^(?:executives?|officials?|officers?|diplomats?|delegation|citizens?|nationals?|prisoners?|men|authorities|agents|sanctions|license|licence|shares|oil|prison|judge|court|president|leader|lawyers?)$/.test(
    next.folded,
  );
}

/** Those named beside it in one list: "A, B and C", "the six executives, A, B and C". */
function withCoordinated(
  article: Article,
  mentions: readonly Mention[],
  first: Mention,
  step: 1 | -1,
): Mention[] {
  const found = [
    first,
    ...mentions.filter(
      (other) => other !== first && other.from === first.from && other.to === first.to,
    ),
  ];
  let edge = first;
  for (;;) {
    const next = neighbour(article, mentions, edge, step);
    if (!next || !areAlike(article, next, edge)) break;
    found.push(next);
    edge = next;
  }
  return found;
}

/** People with people, bodies with bodies. A body and a person only with "and" between: "the president of Citgo, Ana Prado" is no list. */
function areAlike({ tokens }: Article, a: Mention, b: Mention): boolean {
  const kinds = [a, b].map(({ entity }) => (entity.type === "group" ? "person" : entity.type));
  if (kinds[0] === kinds[1]) return true;
  if (kinds.includes("place") && a.listed && b.listed) return false;
  const between = tokens.slice(Math.min(a.to, b.to), Math.max(a.from, b.from));
  return between.some((token) => ["and", "y", "e"].includes(token.folded));
}

const listWords = set(", and y e a al the el la los las with con his her their su sus");

function neighbour(
  { tokens }: Article,
  mentions: readonly Mention[],
  edge: Mention,
  step: 1 | -1,
): Mention | undefined {
  const candidates = mentions.filter((one) =>
    step === 1
      ? one.from >= edge.to && one.from <= edge.to + 5
      : one.to <= edge.from && one.to >= edge.from - 5,
  );
  return candidates
    .toSorted((a, b) => step * (a.from - b.from))
    .find((one) => {
      const between = tokens.slice(Math.min(edge.to, one.to), Math.max(edge.from, one.from));
      const words = between.map((token) => token.folded);
      return (
        words.every((word) => listWords.has(word) || roleWords.has(word)) &&
        words.some((word) => [",", "and", "y", "e"].includes(word))
      );
    });
}

/** "by the intelligence police SEBIN", "por agentes del Sebin". */
export function agentsBy(article: Article, clause: Clause, from: number): Mention[] {
  const { tokens } = article;
  for (let at = from; at < clause.sentence.to && at < from + 14; at++) {
    const word = tokens[at]?.folded ?? "";
    if (/^(?:[;:.]|after|following|before|since|tras|despues|luego|desde|antes)$/.test(word))
      return [];
    if (word !== "by" && word !== "por") continue;
    const found = objects(
      article,
      clause,
      at + 1,
      (one) => (isAlive(one) && one.entity.type !== "place") || !one.listed,
      7,
    );
    return found;
  }
  return [];
}
