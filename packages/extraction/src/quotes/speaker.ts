import { type Entity, isPossessive, type Mention } from "../entities/mention.ts";
import { sayingVerbs } from "../entities/words.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital, type Token } from "../text/token.ts";

export interface Attribution {
  /** Null when someone spoke whom the article does not name. */
  readonly speaker: Entity | null;
  readonly cue: boolean;
}

const nobody: Attribution = { speaker: null, cue: false };
/** Verbs that attribute words only when a quotation stands beside them. */
const besideQuotes = new Set(
  "called calls described describes deemed denounced condemned dubbed branded considers tells urged vowed promised joked quipped pleaded cried shouted continued concluded read reads llamo llaman llama califico califican califica describio tildo pidio prometio continuo concluyo considero consideran reclamo exigio sentencio".split(
    " ",
  ),
);
/** Unfolded: "él" is he, "el" the. */
const pronouns = new Set("he she they él ella ellos".split(" "));
/** Words that may stand between the speaker's name and the verb. */
const fillers = new Set(
  "has have had also later then again once only just publicly ha han habia tambien luego despues le les lo nos se me ya no".split(
    " ",
  ),
);

export const isCue = (word: string): boolean => sayingVerbs.has(word) || besideQuotes.has(word);

/**
 * Who said the words at tokens [from, to) of the sentence: the cue verb nearest to the quote, in either order,
 * and the one named as its subject. `mentions` are those outside the quote.
 */
export function attribution(
  article: Article,
  sentence: ArticleSentence,
  quote: { from: number; to: number },
  mentions: readonly Mention[],
): Attribution {
  const after = cueIn(article, quote.to, Math.min(sentence.to, quote.to + 14), 1);
  if (after >= 0) return subject(article, sentence, after, quote, mentions);
  const before = cueIn(article, quote.from - 1, Math.max(sentence.from, quote.from - 30) - 1, -1);
  if (before >= 0) return subject(article, sentence, before, quote, mentions);
  return accordingTo(article, sentence, quote, mentions) ?? nobody;
}

function cueIn({ tokens }: Article, start: number, stop: number, step: 1 | -1): number {
  for (let at = start; at !== stop && at >= 0; at += step) {
    const token = tokens[at];
    if (!token) return -1;
    // "the so-called talks" is nobody's word.
    if (isCue(token.folded) && tokens[at - 1]?.text !== "-") return at;
  }
  return -1;
}

function subject(
  article: Article,
  sentence: ArticleSentence,
  verb: number,
  quote: { from: number; to: number },
  mentions: readonly Mention[],
): Attribution {
  const after = quote.from > verb ? openingVerb : inverted;
  const named =
    direct(article, sentence, verb, quote, mentions) ??
    after(article, sentence, verb, quote, mentions);
  if (named) return { speaker: named, cue: true };
  const pronoun = [verb - 1, verb - 2, verb + 1].some((at) =>
    pronouns.has(article.tokens[at]?.text.toLowerCase() ?? ""),
  );
  return { speaker: pronoun ? meantPerson(article, sentence, mentions) : null, cue: true };
}

/** "said Ana Prado", "dijo la abogada Ana Prado": the first one named after the verb, with only her titles between. */
function inverted(
  { tokens, text }: Article,
  sentence: ArticleSentence,
  verb: number,
  quote: { from: number; to: number },
  mentions: readonly Mention[],
): Entity | null {
  const limit = quote.from > verb ? quote.from : sentence.to;
  if (isUnnamed(tokens, verb + 1, limit)) return null;
  const follows = mentions.filter(
    (one) => one.from > verb && one.to <= limit && one.from <= verb + 9,
  );
  for (const one of follows) {
    if (!canSpeak(one)) continue;
    const between = text.slice(tokens[verb]?.end ?? 0, tokens[one.from]?.start ?? 0);
    const isObject =
      /(?<!\p{L})(?:that|to|in|on|at|with|about|against|for|que|a|con|en|sobre|contra|para|ante|por|al)(?!\p{L})/iu.test(
        between,
      );
    if (isObject || /[.;:“«"]/.test(between)) return null;
    if (!isPossessive({ tokens } as Article, one) && !belongsToNext(tokens, one)) return one.entity;
  }
  return null;
}

const speaksFor =
  /^(?:spokes\w*|statement|communique|official|officials|sources?|lawyers?|portavoz|vocer[oa]s?|comunicado|funcionari[oa]s?|fuentes?|abogad[oa]s?|president|presidente|director|directora|chief|head|jefe|jefa|minister|ministro|ministra|coordinador|coordinadora)$/;

/** "said a relative of …", "dijo el trabajador": someone without a name, whoever is named after. */
function isUnnamed(tokens: Article["tokens"], from: number, limit: number): boolean {
  const article = tokens[from]?.folded ?? "";
  if (!/^(?:an?|the|one|un[oa]?|el|la)$/.test(article)) return false;
  const isIndefinite = /^(?:an?|one|un[oa]?)$/.test(article);
  for (let at = from + 1; at < Math.min(limit, from + 6); at++) {
    const token = tokens[at];
    if (!token || isCapital(token)) return false;
    const next = tokens[at + 1];
    const ends =
      !next || next.kind === "mark" || /^(?:of|de|del|who|que|at|en|in)$/.test(next.folded);
    if (!ends) continue;
    if (speaksFor.test(token.folded)) return false;
    // "dijo la abogada, Ana Prado": the name follows the comma at once.
    const named = next?.text === "," && tokens[at + 2] && isCapital(tokens[at + 2] as Token);
    return isIndefinite || !named;
  }
  return false;
}

/** "the wife of Ana Prado", "a relative of one of the executives": the one before "of" speaks. */
function belongsToNext(tokens: Article["tokens"], one: Mention): boolean {
  if (!["person", "group"].includes(one.entity.type)) return false;
  const before = [1, 2, 3].map((steps) => tokens[one.from - steps]?.folded ?? "");
  const of = before.findIndex((word) => !/^(?:the|los|las|el|la)$/.test(word));
  return /^(?:de|del|of)$/.test(before[of] ?? "");
}

/** "Dijo Ana Prado: «…»": before a quote only a verb that opens its clause is followed by its subject. */
function openingVerb(
  article: Article,
  sentence: ArticleSentence,
  verb: number,
  quote: { from: number; to: number },
  mentions: readonly Mention[],
): Entity | null {
  const before = article.tokens[verb - 1];
  const opens = verb === sentence.from || /^[,;:.–—]$/.test(before?.text ?? "");
  return opens ? inverted(article, sentence, verb, quote, mentions) : null;
}

/** "Ana Prado, the lawyer, told reporters": the last one named before the verb whose name is not someone's attribute. */
function direct(
  article: Article,
  sentence: ArticleSentence,
  verb: number,
  quote: { from: number; to: number },
  mentions: readonly Mention[],
): Entity | null {
  const start = quote.to <= verb ? Math.max(quote.to, sentence.from) : sentence.from;
  const before = mentions.filter((one) => one.from >= start && one.to <= verb && canSpeak(one));
  for (const one of before.toReversed()) {
    if (isPossessive(article, one) || belongsToNext(article.tokens, one)) continue;
    // "a worker at Citgo said".
    if (/^(?:at|in|en)$/.test(article.tokens[one.from - 1]?.folded ?? "")) continue;
    if (isApposed(article, one.to, verb) || adjacent(article, one.to, verb)) return one.entity;
  }
  return null;
}

const adjacent = ({ tokens }: Article, from: number, verb: number): boolean =>
  tokens.slice(from, verb).every((token) => fillers.has(token.folded));

/** Between two commas, or in brackets, stands what the one named is. */
function isApposed({ tokens }: Article, from: number, verb: number): boolean {
  const between = tokens.slice(from, verb).map((token) => token.text);
  if (between[0] === "(") return between.at(-1) === ")";
  if (between[0] !== "," || between.length > 25) return false;
  const last = between.lastIndexOf(",");
  return (
    last > 0 && tokens.slice(from + last + 1, verb).every((token) => fillers.has(token.folded))
  );
}

/** "according to Ana Prado", "según Ana Prado". */
function accordingTo(
  { tokens }: Article,
  sentence: ArticleSentence,
  quote: { from: number; to: number },
  mentions: readonly Mention[],
): Attribution | null {
  for (let at = sentence.from; at < sentence.to; at++) {
    const word = tokens[at]?.folded;
    const end =
      word === "segun"
        ? at + 1
        : word === "according" && tokens[at + 1]?.folded === "to"
          ? at + 2
          : 0;
    if (end === 0 || (at >= quote.from && at < quote.to)) continue;
    const named = mentions.find((one) => one.from >= end && one.from <= end + 6 && canSpeak(one));
    return { speaker: named?.entity ?? null, cue: true };
  }
  return null;
}

const canSpeak = (one: Mention): boolean =>
  one.listed && ["person", "organisation", "group"].includes(one.entity.type);

/** Whom "she" most likely means: the first person of the sentence before, else the last one named at all. */
function meantPerson(
  { sentences }: Article,
  sentence: ArticleSentence,
  mentions: readonly Mention[],
): Entity | null {
  const persons = mentions.filter((one) => one.to <= sentence.from && one.entity.type === "person");
  const previous = sentences[sentence.index - 1];
  const first = persons.find((one) => previous !== undefined && one.from >= previous.from);
  return (first ?? persons.at(-1))?.entity ?? null;
}
