import { isPossessive, type Mention } from "../entities/mention.ts";
import { officeWords, roleWords } from "../entities/words.ts";
import { isCue } from "../quotes/cue.ts";
import type { Article } from "../text/article.ts";
import {
  beforeArticles,
  type Clause,
  conjunctions,
  finite,
  isAlive,
  prepositions,
  relatives,
} from "./clause.ts";
import { forces, governing, governmentOf } from "./government.ts";
import { withCoordinated } from "./list.ts";

/** "agents of SEBIN", "el gobierno de Maduro": the one after "of" acts. */
const agents =
  /^(?:negotiators|envoys|representatives|delegates|troops|soldiers|negociadores|enviados|representantes|delegados|tropas|soldados|funcionario|agents|officers|members|forces|police|authorities|officials|government|regime|administration|agentes|funcionarios|efectivos|gobierno|regimen|autoridades|fuerzas|miembros|comision|delegation|team|delegacion|equipo|mision)$/;
/** Who holds an office acts for the country, not for the person named beside it. */
const heads = /^(?:president|presidente|presidenta|mandatario)$/;

/** The one named as the subject of a verb that begins at `verb`: the nearest before it, with nothing but titles, appositions and prepositional phrases between. */
export function subjects(article: Article, clause: Clause, verb: number): Mention[] {
  const { tokens } = article;
  const { sentence, mentions } = clause;
  let at = verb - 1;
  // "que se había reunido", "lo recibió": the clitic belongs to the verb.
  while (
    /^(?:se|le|les|lo|la|los|las|me|nos|no)$/.test(tokens[at]?.folded ?? "") &&
    at > sentence.from
  )
    at--;
  const word = tokens[at]?.folded ?? "";
  // Unfolded: "él" is he, "el" the.
  if (pronouns.has(tokens[at]?.text.toLowerCase() ?? ""))
    return pronounSubject(article, clause, at);
  if (relatives.has(word)) {
    // "Maduro confirmó que se reunió": the one who says it did it.
    const said = sayingBefore(article, clause, at);
    if (said > 0) return subjects(article, clause, said);
    // "…, who were arrested": whom the relative pronoun stands for is named right before it.
    return antecedents(article, clause, at);
  }
  // "Ana Prado, who had waited for two years, was freed".
  const opened = tokens[at]?.text === "," ? openedRelative(tokens, sentence.from, at) : 0;
  if (opened > 0) {
    const over = overRelative(article, clause, opened, verb);
    if (over.length > 0) return over;
  }
  for (; at >= sentence.from && verb - at < 45; at--) {
    const ending = mentions.filter((one) => one.to === at + 1 && isAlive(one));
    const one = ending.toSorted((a, b) => a.from - b.from)[0];
    if (one) {
      const government = asGovernment(article, clause, one, verb);
      if (government) return [government];
      if (isSubject(article, one, verb) && !isObjectOfFirst(article, one, verb))
        return withCoordinated(article, mentions, one, -1);
      at = one.from;
      continue;
    }
    if (relatives.has(tokens[at]?.folded ?? "")) return overRelative(article, clause, at, verb);
    if (stopsSearch(article, at) || subordinates.test(tokens[at]?.folded ?? "")) return [];
  }
  return [];
}

/** Whose sentence it is: the first one named who stands under no preposition; after the comma when the phrase at `from` opens the sentence. */
export function mainSubject(
  article: Article,
  { sentence, mentions }: Clause,
  { from, to }: { from: number; to: number },
): Mention[] {
  const opens = from - sentence.from <= 3;
  const after = article.tokens.slice(to, sentence.to).findIndex((token) => token.text === ",");
  const comma = after < 0 ? -1 : to + after;
  if (opens && comma < 0) return [];
  const start = opens ? comma : sentence.from;
  const first = mentions.find(
    (one) =>
      one.from >= start &&
      one.to <= (opens ? sentence.to : from) &&
      isAlive(one) &&
      isSubject(article, one, one.to) &&
      !prepositions.has(article.tokens[beforeTitles(article, one)]?.folded ?? ""),
  );
  return first ? withCoordinated(article, mentions, first, 1) : [];
}

/** Where the relative clause begins that a comma at `at` closes, or 0. */
function openedRelative(tokens: Article["tokens"], from: number, at: number): number {
  for (let index = at - 2; index > from && at - index < 30; index--) {
    if (/^[;:“”"«»()]$/.test(tokens[index]?.text ?? "")) return 0;
    if (relatives.has(tokens[index]?.folded ?? ""))
      return tokens[index - 1]?.text === "," ? index : 0;
  }
  return 0;
}

/** Before these stands another clause with a subject of its own. */
const subordinates =
  /^(?:after|before|while|when|because|although|since|despues|mientras|cuando|porque|aunque)$/;

/**
 * "Los seis de Citgo, que estaban en sus casas, fueron devueltos": the relative clause has its own verb, so that the verb
 * asked about belongs to whom the pronoun stands for.
 */
function overRelative(article: Article, clause: Clause, at: number, verb: number): Mention[] {
  const { tokens } = article;
  const isPossessor = /^(?:whose|cuy[oa]s?)$/.test(tokens[at]?.folded ?? "");
  const inside = tokens.slice(at + 1, verb);
  const ownVerb = inside.some(
    (token) =>
      finite.has(token.folded) ||
      verbLike.test(token.text.toLowerCase()) ||
      /(?:aba|aban|[ií]an?)$/.test(token.text),
  );
  const opened = tokens[at - 1]?.text === ",";
  const closed = inside.at(-1)?.text === ",";
  // Between two commas the clause is over; without them its own verb must stand in it.
  if (opened ? !closed : !(ownVerb || isPossessor)) return [];
  const one = antecedentOf(article, clause, at);
  return one && isSubject(article, one, at)
    ? withCoordinated(article, clause.mentions, one, -1)
    : [];
}

/**
 * Whom a relative pronoun at `at` stands for: the one named right before it, over "of Citgo" to its head, and over an
 * apposition to its name ("Ana Prado, a nurse from Utah who …").
 */
function antecedentOf(
  article: Article,
  { sentence, mentions }: Clause,
  at: number,
): Mention | undefined {
  const { tokens } = article;
  const near = endingAt(article, mentions, at - 1);
  const head = near && headOf(article, mentions, near);
  const apposed =
    tokens[at - 1]?.text === ","
      ? appositionHead(article, { sentence, mentions }, at - 1)
      : undefined;
  if (near && apposed && /^(?:of|de|del)$/.test(tokens[beforeTitles(article, near)]?.folded ?? ""))
    return apposed;
  if (head && (head.entity.type === "person" || head.entity.type === "group")) return head;
  for (let index = at - 1; index > sentence.from && at - index < 14; index--) {
    if (tokens[index]?.text !== ",") continue;
    const named = mentions.find(
      (one) => one.to === index && ["person", "group"].includes(one.entity.type),
    );
    const next = tokens[index + 1]?.folded ?? "";
    const isPlain = !tokens
      .slice(index + 1, at)
      .some((token) => conjunctions.has(token.folded) || verbLike.test(token.text.toLowerCase()));
    if (named && isPlain && /^(?:an?|the|un[oa]?|el|la|one)$/.test(next)) return named;
  }
  return head;
}

/** Everyone whom a relative pronoun at `at` stands for. */
export function antecedents(article: Article, clause: Clause, at: number): Mention[] {
  const one = antecedentOf(article, clause, at);
  return one ? withCoordinated(article, clause.mentions, one, -1) : [];
}

/** "Ana Prado, vecina de Nueva York, …": who stands before the apposition that ends at this comma. */
export function appositionHead(
  { tokens }: Article,
  { sentence, mentions }: Pick<Clause, "sentence" | "mentions">,
  comma: number,
): Mention | undefined {
  for (let index = comma - 1; index > sentence.from && comma - index < 14; index--) {
    const token = tokens[index];
    if (
      !token ||
      relatives.has(token.folded) ||
      finite.has(token.folded) ||
      verbLike.test(token.text.toLowerCase())
    )
      return undefined;
    if (conjunctions.has(token.folded)) return undefined;
    if (token.text === ",")
      return mentions.find(
        (one) => one.to === index && ["person", "group"].includes(one.entity.type),
      );
  }
  return undefined;
}

/** "los seis ejecutivos de Citgo": the people, not their company. */
function headOf({ tokens }: Article, mentions: readonly Mention[], one: Mention): Mention {
  const of = beforeArticles(tokens, one.from);
  if (!/^(?:of|de|del)$/.test(tokens[of]?.folded ?? "")) return one;
  return mentions.find((other) => other.to === of && other !== one) ?? one;
}

/** "Maduro’s government swapped", "el gobierno de Maduro canjeó", "U.S. special forces captured". */
function asGovernment(
  article: Article,
  { all }: Clause,
  one: Mention,
  verb: number,
): Mention | null {
  const { tokens } = article;
  const between = tokens.slice(one.to, verb);
  const owned = /^['’]s?$/.test(between[0]?.text ?? "") ? between.slice(1) : between;
  const rest = owned.filter((token) => !auxiliaries.test(token.folded));
  const last = rest.at(-1)?.folded ?? "";
  const isShort =
    rest.length > 0 && rest.length <= 4 && rest.every((token) => token.kind === "word");
  if (isShort && forces.test(last) && one.entity.type !== "group") {
    if (one.entity.type !== "person") return one;
    return governing.test(last) ? governmentOf(one, all) : null;
  }
  const of = beforeTitles(article, one);
  const isOf =
    /^(?:of|de|del)$/.test(tokens[of]?.folded ?? "") &&
    governing.test(tokens[of - 1]?.folded ?? "");
  return isOf && rest.length === 0 && one.entity.type === "person" ? governmentOf(one, all) : null;
}

const verbLike =
  /(?:ed|ó|aron|ieron)$|^(?:let|made|gave|put|got|brought|won|sold|bought|met|took|held|left|went|flew|said|told|sent|was|were|had|has|fue|fueron|ha|han)$/;

/** "agents picked up Ana and drove her away": of two verbs joined by "and" the subject stands before the first. */
function isObjectOfFirst({ tokens }: Article, one: Mention, verb: number): boolean {
  if (!/^(?:and|y|e)$/.test(tokens[verb - 1]?.folded ?? "")) return false;
  return !tokens.slice(one.to, verb - 1).some((token) => verbLike.test(token.text.toLowerCase()));
}

const pronouns: ReadonlySet<string> = new Set("he she it they él ella ellos".split(" "));

/** "He", "she": the person whom the sentence before names first, or who speaks in this one. */
function pronounSubject(article: Article, clause: Clause, at: number): Mention[] {
  const plural = /^(?:they|ellos)$/.test(article.tokens[at]?.folded ?? "");
  const meant = clause.mentions.filter((one) => one.from === at && !one.listed);
  if (meant.length > 0) return meant;
  const said = sayingBefore(article, clause, at);
  if (said > 0) return subjects(article, clause, said);
  if (at > clause.sentence.from + 1 || article.tokens[at]?.folded === "it") return [];
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

function isSubject(article: Article, one: Mention, verb: number): boolean {
  const { tokens } = article;
  if (isPossessive(article, one)) return false;
  const next = tokens[one.to];
  // "a US diplomat": the country only describes the one who acts. A group may be described further.
  if (
    one.to !== verb &&
    one.how !== "phrase" &&
    next &&
    next.kind === "word" &&
    /^\p{Ll}/u.test(next.text) &&
    !isAfterSubject(next.folded)
  )
    return false;
  if (isAppositionOfObject(article, one)) return false;
  const at = beforeTitles(article, one);
  const earlier = tokens[at];
  if (!earlier || !prepositions.has(earlier.folded)) return true;
  if (earlier.folded === "for") return hasAgent(article, one, at);
  if (/^(?:by|por)$/.test(earlier.folded))
    return /^(?:led|headed|encabezad|liderad)/.test(tokens[at - 1]?.folded ?? "");
  return /^(?:of|de|del|from)$/.test(earlier.folded) && hasAgent(article, one, at);
}

/** The token before the name and its titles: "close to President Ana Prado" → "to". */
function beforeTitles({ tokens, sentences, sentenceOf }: Article, one: Mention): number {
  let at = beforeArticles(tokens, one.from);
  if (one.entity.type === "organisation") {
    const first = sentences[sentenceOf[one.from] ?? 0]?.from ?? 0;
    return beforeKind(tokens, first, at);
  }
  if (one.entity.type !== "person") return at;
  while (isTitle(tokens[at]) || isOfTitle(tokens, at)) at = beforeArticles(tokens, at);
  return overTrade(tokens, at);
}

/** "Secretary of State Ana Prado", "ministro de Defensa, Ana Prado". */
const isOfTitle = (tokens: Article["tokens"], at: number): boolean =>
  /^(?:of|de|del)$/.test(tokens[at]?.folded ?? "") &&
  officeWords.has(tokens[at + 1]?.folded ?? "") &&
  roleWords.has(tokens[at - 1]?.folded ?? "");

/** "al misionero Ana Prado", "with baker Ana Prado": a trade that no list knows, between a preposition and the name. */
function overTrade(tokens: Article["tokens"], start: number): number {
  const token = tokens[start];
  if (token?.kind !== "word" || !/^\p{Ll}{4,}/u.test(token.text)) return start;
  if (prepositions.has(token.folded)) return start;
  return prepositions.has(tokens[start - 1]?.folded ?? "") ? start - 1 : start;
}

/** "of the US oil company Citgo": the words for what kind of body it is belong to its name. */
function beforeKind(tokens: Article["tokens"], first: number, start: number): number {
  for (let at = start; at >= first && at > start - 4; at--) {
    const token = tokens[at];
    if (!token || prepositions.has(token.folded)) return at;
    const isKind =
      token.folded === "us" ||
      (/^\p{L}+$/u.test(token.text) && !verbLike.test(token.text.toLowerCase()));
    if (!isKind) break;
    const before = beforeArticles(tokens, at);
    if (before < at - 1) return before;
  }
  return start;
}

const isTitle = (token: { folded: string } | undefined): boolean =>
  token !== undefined &&
  (roleWords.has(token.folded) || officeWords.has(token.folded) || token.folded === "us");

/** "enviado del presidente de Estados Unidos, Ana Prado, viajó": the name says who the president is. */
function isAppositionOfObject({ tokens }: Article, one: Mention): boolean {
  if (one.entity.type !== "person" || tokens[one.from - 1]?.text !== ",") return false;
  for (let at = one.from - 2; at >= 0 && one.from - at < 9; at--) {
    const token = tokens[at];
    if (!token || /^[,;:.]$/.test(token.text)) return false;
    if (!roleWords.has(token.folded)) continue;
    return prepositions.has(tokens[beforeArticles(tokens, at)]?.folded ?? "");
  }
  return false;
}

/** Whether the words before "of" are those who act in the name of the one after it. */
function hasAgent({ tokens }: Article, one: Mention, at: number): boolean {
  const from = Math.max(0, at - 3);
  const words = tokens.slice(from, at).map((token) => token.folded);
  if (words.some((word) => agents.test(word))) return true;
  const head = words.findIndex((word) => heads.test(word));
  if (one.entity.type !== "place" || head < 0) return false;
  // "an envoy of the president of …": neither the president nor the country went.
  return !prepositions.has(tokens[beforeArticles(tokens, from + head)]?.folded ?? "");
}

const auxiliaries =
  /^(?:is|are|was|were|has|have|had|be|been|will|would|also|then|later|again|ha|han|habia|fue|fueron|se|ya|tambien|no|le|les|los|lo|la|not|all|both|finally)$/;
const isAfterSubject = (word: string): boolean =>
  auxiliaries.test(word) ||
  prepositions.has(word) ||
  conjunctions.has(word) ||
  relatives.has(word) ||
  isCue(word) ||
  /(?:ed|ly|mente|ó|aron|ieron)$/.test(word) ||
  /^(?:met|let|sent|set|got|made|hit|cut|kept|saw|said|brought|froze|drove|threw|began|swore|held|won|told|left|led|took|gave|put|sat|flew|sold|bought|freed|meets|visits|frees|releases|o)$/.test(
    word,
  ) ||
  /(?:o|aron|ieron|ado|ido|ados|idos)$/.test(word);

/** Said and done: "pleaded guilty and was sentenced". */
const done = /^(?:pleaded|agreed|continued|concluded|appealed|concluyo|continuo)$/;

function stopsSearch({ tokens }: Article, at: number): boolean {
  const token = tokens[at];
  if (!token) return true;
  if (/^[;:“”"«»()]$/.test(token.text)) return true;
  return (
    (isCue(token.folded) && !done.test(token.folded)) ||
    finite.has(token.folded) ||
    relatives.has(token.folded)
  );
}

const endingAt = (
  article: Article,
  mentions: readonly Mention[],
  at: number,
): Mention | undefined => {
  const end = article.tokens[at]?.text === "," ? at : at + 1;
  return mentions.find((one) => one.to === end && isAlive(one));
};
