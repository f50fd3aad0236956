import { type Entity, isPossessive, type Mention } from "../entities/mention.ts";
import { roleWords } from "../entities/words.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital, type Token } from "../text/token.ts";
import { antecedent, fits, type Gender } from "./antecedent.ts";
import { isCue } from "./cue.ts";

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Unfolded: "él" is he, "el" the. */
const pronouns: ReadonlyMap<string, Gender | null> = new Map([
  ["he", "male"],
  ["él", "male"],
  ["she", "female"],
  ["ella", "female"],
  ["they", null],
  ["ellos", null],
]);
/** Words that may stand between the speaker and the verb. */
const fillers = new Set(
  "has have had also later then again once only just publicly reportedly previously recently repeatedly ha han habia tambien luego despues le les lo la los las nos se me ya no asi".split(
    " ",
  ),
);
const speaksFor =
  /^(?:spokes\w+|statement|communique|sources?|portavoz|portavoces|vocer[oa]s?|comunicado|nota)$/;

/** What a body says through. */
const papers = /^(?:statement|communique|report|comunicado|informe|nota|texto|portavoz|vocer[oa])$/;

export const canSpeak = (one: Mention): boolean =>
  one.listed && ["person", "organisation", "group"].includes(one.entity.type);

/** Who speaks by the verb at `verb`; null when someone does whom the article does not name. */
export function speakerOf(
  article: Article,
  sentence: ArticleSentence,
  verb: number,
  quote: Run,
  mentions: readonly Mention[],
): Entity | null {
  const pronoun = pronounBefore(article, verb);
  if (pronoun !== undefined)
    return (
      ownSubject(article, sentence, verb, mentions, pronoun) ??
      antecedent(article, sentence, mentions, pronoun)
    );
  const pointed = pointedBefore(article, sentence, verb);
  if (pointed !== undefined) return antecedent(article, sentence, mentions, pointed);
  const speakers = mentions.filter(canSpeak);
  const start = quote.to <= verb ? Math.max(quote.to, sentence.from) : sentence.from;
  const named = direct(article, verb, start, speakers) ?? capital(article, verb, start, mentions);
  if (named) return named;
  const isAfterQuote = quote.to <= verb;
  if (isAfterQuote || opensClause(article, sentence, verb)) {
    const limit = isAfterQuote ? sentence.to : quote.from;
    const found = inverted(article, verb, limit, speakers);
    const one = found && (found.entity ?? meant(article, sentence, found.gender, mentions));
    if (one || (found && isAfterQuote)) return one;
  }
  if (isCoordinated(article, sentence, verb)) {
    const first = firstSubject(article, sentence, start, verb, speakers);
    if (first) return first;
  }
  return hasNoSubject(article, sentence, verb, start)
    ? antecedent(article, sentence, mentions, null)
    : null;
}

const meant = (
  article: Article,
  sentence: ArticleSentence,
  gender: Gender | null | undefined,
  mentions: readonly Mention[],
): Entity | null => (gender === undefined ? null : antecedent(article, sentence, mentions, gender));

/** "Ana Prado said the talks were off over what she called …": the pronoun means who speaks in its own sentence. */
function ownSubject(
  article: Article,
  { from }: ArticleSentence,
  verb: number,
  mentions: readonly Mention[],
  gender: Gender | null,
): Entity | null {
  if (verb - from < 6) return null;
  const persons = mentions.filter(
    (one) => one.from >= from && one.to < verb - 1 && one.entity.type === "person" && canSpeak(one),
  );
  const first = persons.find((one) => fits(one.entity, gender) && !isPossessive(article, one));
  return first && !isGoverned(article.tokens, first.from) && !belongsToNext(article.tokens, first)
    ? first.entity
    : null;
}

function pronounBefore({ tokens }: Article, verb: number): Gender | null | undefined {
  let at = verb - 1;
  while (fillers.has(tokens[at]?.folded ?? "") && !pronouns.has(tokens[at]?.text ?? "")) at--;
  return pronouns.get(tokens[at]?.text.toLowerCase() ?? "");
}

/** "The president called it …", "el mandatario aseguró que …" at the head of a clause. */
function pointedBefore(
  { tokens }: Article,
  { from }: ArticleSentence,
  verb: number,
): Gender | null | undefined {
  let at = verb - 1;
  while (fillers.has(tokens[at]?.folded ?? "")) at--;
  if (at - 1 < from || !pointing.test(tokens[at]?.folded ?? "")) return undefined;
  const article = tokens[at - 1]?.folded ?? "";
  const opens = at - 1 === from || /^[,;”»"]$/.test(tokens[at - 2]?.text ?? "");
  return opens && /^(?:el|la|the)$/.test(article) ? genderOfArticle(article) : undefined;
}

const genderOfArticle = (article: string): Gender | null =>
  article === "the" ? null : article === "la" ? "female" : "male";

/** "Ana Prado, the lawyer, told reporters": the last one named before the verb whose name is not someone's attribute. */
function direct(
  article: Article,
  verb: number,
  start: number,
  speakers: readonly Mention[],
): Entity | null {
  const before = speakers.filter((one) => one.from >= start && one.to <= verb);
  for (const one of before.toReversed()) {
    if (isPossessive(article, one) || belongsToNext(article.tokens, one)) continue;
    // "a worker at Citgo said", "with Ana Prado, said".
    if (isGoverned(article.tokens, one.from)) continue;
    if (isApposed(article, one, verb) || adjacent(article, one, verb)) return one.entity;
  }
  return null;
}

/** "Caracas tildó la medida de …", "Washington said": a place speaks when it stands right before the verb. */
function capital(
  article: Article,
  verb: number,
  start: number,
  mentions: readonly Mention[],
): Entity | null {
  const one = mentions.find(
    ({ entity, from, to }) =>
      entity.type === "place" &&
      from >= start &&
      to <= verb &&
      adjacent(article, { to, entity } as Mention, verb),
  );
  const opens =
    one && (one.from === start || /^[,;”»"]$/.test(article.tokens[one.from - 1]?.text ?? "."));
  return one && opens && !isGoverned(article.tokens, one.from) ? one.entity : null;
}

const isGoverned = (tokens: Article["tokens"], from: number): boolean => {
  const before = tokens[from - 1];
  // "A Citgo spokesman" is English, "a Citgo" Spanish: a capital or what stands before tells them apart.
  if (before?.folded === "a")
    return before.text === "a" && !/^(?:[,.]|as|by|from)$/.test(tokens[from - 2]?.folded ?? ",");
  return /^(?:at|in|en|with|con|to|for|para|against|contra|by|por|from|on|about|sobre)$/.test(
    before?.folded ?? "",
  );
};

/** Nothing between the name and the verb but fillers; or, after a body, the one who speaks for it. */
function adjacent({ tokens }: Article, one: Mention, verb: number): boolean {
  const between = tokens.slice(one.to, verb);
  const isBody = one.entity.type === "organisation";
  return between.every(
    (token, at) =>
      fillers.has(token.folded) || (isBody && at === 0 && speaksFor.test(token.folded)),
  );
}

/** Between two commas, or in brackets, stands what the one named is; one comma closes what stands before the name. */
function isApposed({ tokens }: Article, one: Mention, verb: number): boolean {
  const between = tokens.slice(one.to, verb).map((token) => token.text);
  if (between[0] === "(") return between.at(-1) === ")";
  if (between[0] !== "," || between.length > 30) return false;
  const last = between.lastIndexOf(",");
  if (last === 0 && !(tokens[one.from - 1]?.text === ",")) return false;
  return tokens.slice(one.to + last + 1, verb).every((token) => fillers.has(token.folded));
}

/** A verb that opens its clause is followed by its subject: "Dijo Ana Prado: «…»". */
const opensClause = ({ tokens }: Article, sentence: ArticleSentence, verb: number): boolean =>
  verb === sentence.from || /^[,;:.–—]$/.test(tokens[verb - 1]?.text ?? "");

const prepositions =
  /^(?:that|to|in|on|at|with|about|against|for|from|after|during|as|que|a|con|en|sobre|contra|para|ante|por|al|tras|desde|durante|como|cuando|while|when|before|antes)$/;
/** Titles that point back at someone the article has named: "said the envoy", "aseguró el mandatario". */
const pointing =
  /^(?:president|mandatari[oa]|president[ea]|senator|senador[a]?|minist[er]{2}|ministr[oa]|canciller|abogad[oa]|lawyer|attorney|envoy|enviad[oa]|fiscal|prosecutor|diplomat|diplomatic[oa]|dirigente|lider|leader|candidat[eoa]|gobernador[a]?|governor|juez|jueza|judge|executive|ejecutiv[oa]|exejecutiv[oa]|exdirectiv[oa]|empresari[oa]|businessman|congressman|congresswoman|secretary|secretari[oa]|vocer[oa]|spokesman|spokeswoman|portavoz|opositor[a]?|diputad[oa]|vicepresident[ea]|activist|activista|economist|economista|professor|profesor[a]?|alcalde|alcaldesa|mayor|ambassador|embajador[a]?|general|director[a]?|jefe|jefa|joven|mujer|hombre|woman|man|congresista|legislador[a]?|lawmaker|reporter[oa]?|periodista|vicepresident|chancellor|premier)$/;

/** Ends the subject of a verb. */
const closing =
  /^(?:[;:“”«»"()]|who|which|that|que|quien|quienes|whose|cuyo|cuya|and|y|but|pero|after|tras|while|mientras|cuando|when)$/;

interface Found {
  readonly entity: Entity | null;
  /** Given when a title points back at someone. */
  readonly gender?: Gender | null;
}

/**
 * "said Ana Prado", "dijo la abogada Ana Prado", "señaló el secretario de Estado, Ana Prado": what follows the verb
 * up to the name that it ends in. Null entity when it ends without one; null when no subject follows at all.
 */
function inverted(
  { tokens }: Article,
  verb: number,
  limit: number,
  speakers: readonly Mention[],
): Found | null {
  const starts = new Map(speakers.map((one) => [one.from, one]));
  let at = verb + 1;
  while (
    /^(?:ayer|hoy|also|then|tambien|el|la|este)$/.test(tokens[at]?.folded ?? "") &&
    isDay(tokens, at)
  )
    at++;
  at = afterPlace(tokens, at, starts);
  const first = tokens[at];
  if (!first || at >= limit || first.kind === "mark" || prepositions.test(first.folded))
    return null;
  let [comma, governed] = [false, false];
  for (; at < limit && at < verb + 22; at++) {
    const one = starts.get(at);
    if (one && !isPossessive({ tokens } as Article, one) && !governed) {
      if (!belongsToNext(tokens, one) || comma) return spokesman(tokens, verb, one);
      at = one.to - 1;
      continue;
    }
    const token = tokens[at];
    if (!token || isCue(token.folded) || closing.test(token.folded)) break;
    if (token.text === ",") {
      // "dijo el abogado, que conoce a Ana Prado": the name follows the comma at once, or its title does.
      if (comma || !namedAfter(tokens, at + 1, starts)) break;
      comma = true;
    }
    // "said the senator from Florida, Ana Prado": whoever is named inside does not speak.
    governed = token.text !== "," && (governed || prepositions.test(token.folded));
    // "." after anything but a title ends the subject: "said Rep. Ana Prado".
    if (token.text === "." && !isTitle(tokens[at - 1])) break;
  }
  return { entity: null, ...pointsBack(tokens, verb + 1) };
}

/** "dijo en Twitter la esposa de …", "aseguró desde Maracay Ana Prado", "told reporters": where or to whom comes before who. */
function afterPlace(
  tokens: Article["tokens"],
  from: number,
  starts: ReadonlyMap<number, Mention>,
): number {
  if (!/^(?:en|desde|a|al|ante)$/.test(tokens[from]?.folded ?? "")) return from;
  let at = from + 1;
  if (/^(?:el|la|los|las|un|una|su)$/.test(tokens[at]?.folded ?? "")) at++;
  if (starts.has(at)) at = starts.get(at)?.to ?? at;
  else at++;
  const next = tokens[at];
  const opens =
    next &&
    (/^(?:el|la|un|una)$/.test(next.folded) ||
      starts.has(at) ||
      (isCapital(next) && starts.has(at + 1)));
  return opens ? at : from;
}

const isDay = (tokens: Article["tokens"], at: number): boolean =>
  /^(?:ayer|hoy|also|then|tambien)$/.test(tokens[at]?.folded ?? "") ||
  /^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)$/.test(tokens[at + 1]?.folded ?? "");

/** "said a spokesman for Citgo": the body speaks; "said a worker at Citgo" never came here. */
function spokesman(tokens: Article["tokens"], verb: number, one: Mention): Found {
  if (one.entity.type !== "organisation" || one.from === verb + 1) return { entity: one.entity };
  const between = tokens.slice(verb + 1, one.from).map((token) => token.folded);
  const isPlain = between.every((word) =>
    /^(?:the|el|la|los|las|state|oil|company|empresa|compania|estatal|petrolera|grupo|group|rights|organizacion|ong)$/.test(
      word,
    ),
  );
  return { entity: isPlain || between.some((word) => speaksFor.test(word)) ? one.entity : null };
}

const isTitle = (token: Token | undefined): boolean =>
  token !== undefined && (roleWords.has(token.folded) || /^\p{Lu}\p{L}{0,3}$/u.test(token.text));

/** A name, or titles and then a name, begins here. */
function namedAfter(
  tokens: Article["tokens"],
  from: number,
  starts: ReadonlyMap<number, Mention>,
): boolean {
  for (let at = from; at < from + 4; at++) {
    if (starts.has(at)) return true;
    if (
      !/^(?:el|la|the)$/.test(tokens[at]?.folded ?? "") &&
      !roleWords.has(tokens[at]?.folded ?? "")
    )
      return false;
  }
  return false;
}

/** "el mandatario", "the envoy" and nothing more. */
function pointsBack(tokens: Article["tokens"], from: number): { gender?: Gender | null } {
  const article = tokens[from]?.folded ?? "";
  if (!/^(?:el|la|the)$/.test(article) || !pointing.test(tokens[from + 1]?.folded ?? "")) return {};
  const next = tokens[from + 2];
  if (
    next &&
    next.kind !== "mark" &&
    !/^(?:en|in|on|a|al|to|tras|after|durante|el|la)$/.test(next.folded)
  )
    return {};
  return { gender: genderOfArticle(article) };
}

/** "the wife of Ana Prado", "a relative of one of the executives": the one before "of" speaks. */
function belongsToNext(tokens: Article["tokens"], one: Mention): boolean {
  const before = [1, 2, 3].map((steps) => tokens[one.from - steps]?.folded ?? "");
  const of = before.findIndex((word) => !/^(?:the|los|las|el|la)$/.test(word));
  if (!/^(?:de|del|of)$/.test(before[of] ?? "")) return false;
  const head = tokens[one.from - of - 2]?.folded ?? "";
  return one.entity.type !== "organisation" || !papers.test(head);
}

/** "welcomed the step but said", "…, Fla., said": the verb shares its subject with what stands before. */
const isCoordinated = ({ tokens }: Article, { from }: ArticleSentence, verb: number): boolean => {
  let at = verb - 1;
  while (at > from && fillers.has(tokens[at]?.folded ?? "")) at--;
  return /^(?:,|and|but|or|y|e|pero|–|—|-)$/.test(tokens[at]?.folded ?? "");
};

const opening = /^(?:in|on|at|after|en|tras|as|a|al)$/;
/** Between the head of a sentence and its subject stand titles and origins, no verb and no preposition but "of". */
const breaksLead = (token: Token): boolean =>
  (prepositions.test(token.folded) && token.folded !== "a") ||
  closing.test(token.folded) ||
  /(?:ó|aron|ieron)$/.test(token.text) ||
  (/ed$/.test(token.text) && !isCapital(token)) ||
  /^(?:is|was|were|had|has|met|told|es|fue|ha|habia)$/.test(token.folded);

/** The subject of the sentence: the first one named, with nothing but titles before it. */
function firstSubject(
  article: Article,
  sentence: ArticleSentence,
  start: number,
  verb: number,
  speakers: readonly Mention[],
): Entity | null {
  const { tokens } = article;
  const one = speakers.find(({ from, to }) => from >= start && to <= verb);
  if (!one || isPossessive(article, one) || isGoverned(tokens, one.from)) return null;
  if (belongsToNext(tokens, one)) return null;
  const before = tokens.slice(Math.max(start, sentence.from), one.from);
  const lead = before.slice(before.findLastIndex((token) => token.text === ",") + 1);
  const isLead =
    lead.length <= 6 &&
    lead.every((token, at) => (at === 0 && opening.test(token.folded)) || !breaksLead(token));
  return isLead ? one.entity : null;
}

/** Spanish leaves the subject out: "…», dijo en la vigilia". */
function hasNoSubject(
  { tokens }: Article,
  sentence: ArticleSentence,
  verb: number,
  start: number,
): boolean {
  if (sentence.language !== "es") return false;
  const next = tokens[verb + 1];
  const follows = !next || next.kind === "mark" || prepositions.test(next.folded) || isAdverb(next);
  return follows && (verb <= start + 1 || /^[,;.:”»"]$/.test(tokens[verb - 1]?.text ?? ""));
}

const isAdverb = ({ folded }: Token): boolean =>
  /mente$|^(?:ayer|hoy|luego|despues|entonces|entre|frente|junto|ironic[oa]|sonriente)$/.test(
    folded,
  );
