import { type Entity, isPossessive, type Mention } from "../entities/mention.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital, type Token } from "../text/token.ts";
import { antecedent, fits, type Gender } from "./antecedent.ts";
import { bearer, genderOfArticle, type Pointed, pointing } from "./bearer.ts";
import { closing, inverted } from "./inverted.ts";
import { belongsToNext, prepositions, speaksFor } from "./parts.ts";

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

const canSpeak = (one: Mention): boolean =>
  one.listed && ["person", "organisation", "group"].includes(one.entity.type);

const speakersByMentions = new WeakMap<readonly Mention[], readonly Mention[]>();

/** Asked once for an article, however many quotes it has. */
export function speakersOf(mentions: readonly Mention[]): readonly Mention[] {
  const known = speakersByMentions.get(mentions);
  if (known) return known;
  const speakers = mentions.filter(canSpeak);
  speakersByMentions.set(mentions, speakers);
  return speakers;
}

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
  if (pointed !== undefined) return bearer(article, sentence, pointed, mentions);
  const speakers = speakersOf(mentions);
  const start = quote.to <= verb ? Math.max(quote.to, sentence.from) : sentence.from;
  const named = direct(article, verb, start, speakers) ?? capital(article, verb, start, mentions);
  if (named) return named;
  const isAfterQuote = quote.to <= verb;
  // "an aide told Reuters": whoever is told does not speak.
  if (
    isAfterQuote &&
    verb > quote.to + 2 &&
    /^(?:told|tells|asked)$/.test(article.tokens[verb]?.folded ?? "")
  )
    return null;
  if (isAfterQuote || opensClause(article, sentence, verb)) {
    const limit = isAfterQuote ? sentence.to : quote.from;
    const found = inverted(article, verb, limit, speakers);
    const one =
      found &&
      (found.entity ?? (found.pointed ? bearer(article, sentence, found.pointed, mentions) : null));
    if (one || (found && isAfterQuote)) return one;
  }
  // "lo que tachó de «…»", "what he called": whoever the sentence is about.
  if (isWhat(article, verb)) {
    const first = firstSubject(article, sentence, start, verb, speakers);
    if (first) return first;
  }
  if (isCoordinated(article, sentence, verb)) {
    const first = firstSubject(article, sentence, start, verb, speakers);
    if (first) return first;
  }
  return hasNoSubject(article, sentence, verb, start)
    ? antecedent(article, sentence, mentions, null)
    : null;
}

const isWhat = ({ tokens }: Article, verb: number): boolean =>
  tokens[verb - 1]?.folded === "que" && tokens[verb - 2]?.folded === "lo";

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
): Pointed | undefined {
  let at = verb - 1;
  while (fillers.has(tokens[at]?.folded ?? "")) at--;
  const native = described(tokens, from, at);
  if (native) return native;
  if (at - 1 < from || !pointing.test(tokens[at]?.folded ?? "")) return undefined;
  const article = tokens[at - 1]?.folded ?? "";
  const opens = at - 1 === from || /^[,;”»"]$/.test(tokens[at - 2]?.text ?? "");
  return opens && /^(?:el|la|the)$/.test(article)
    ? { word: tokens[at]?.folded ?? "", gender: genderOfArticle(article) }
    : undefined;
}

/** "the Caracas native", "the 34-year-old", "the former minister": who was spoken of, by what he is besides. */
function described(tokens: Article["tokens"], from: number, at: number): Pointed | undefined {
  const word = tokens[at]?.folded ?? "";
  const isKind =
    pointing.test(word) ||
    /^(?:native|old|veteran|exile|retiree|resident|player|catcher|pitcher)$/.test(word);
  if (!isKind || !/^\p{Ll}/u.test(tokens[at]?.text ?? "")) return undefined;
  for (let first = at - 2; first >= Math.max(from, at - 5); first--) {
    if (tokens[first]?.folded !== "the") continue;
    const opens = first === from || /^[,;”»"]$/.test(tokens[first - 1]?.text ?? "");
    const isPlain = tokens
      .slice(first + 1, at)
      .every(
        (token) =>
          token.text === "-" || (token.kind !== "mark" && !prepositions.test(token.folded)),
      );
    return opens && isPlain ? { word, gender: null } : undefined;
  }
  return undefined;
}

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

/** "la portavoz de la Casa Blanca, Ana Prado": the person, not the body. */
const apposedPerson = (
  { tokens }: Article,
  body: Mention,
  verb: number,
  speakers: readonly Mention[],
): Mention | undefined =>
  body.entity.type === "organisation" && tokens[body.to]?.text === ","
    ? speakers.find(
        (one) => one.entity.type === "person" && one.from === body.to + 1 && one.to <= verb,
      )
    : undefined;

/** The subject of the sentence: the first one named, with nothing but titles before it. */
function firstSubject(
  article: Article,
  sentence: ArticleSentence,
  start: number,
  verb: number,
  speakers: readonly Mention[],
): Entity | null {
  const { tokens } = article;
  const head = speakers.find(({ from, to }) => from >= start && to <= verb);
  const one = head && (apposedPerson(article, head, verb, speakers) ?? head);
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
  let before = verb - 1;
  while (/^(?:se|le|les|lo|la|me|nos|no)$/.test(tokens[before]?.folded ?? "")) before--;
  return follows && (before <= start || /^[,;.:”»"]$/.test(tokens[before]?.text ?? ""));
}

const isAdverb = ({ folded }: Token): boolean =>
  /mente$|^(?:ayer|hoy|luego|despues|entonces|entre|frente|junto|ironic[oa]|sonriente)$/.test(
    folded,
  );
