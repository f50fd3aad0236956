import type { Entity, Mention } from "../entities/mention.ts";
import { roleWords } from "../entities/words.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital } from "../text/token.ts";
import { isCue } from "./cue.ts";
import { speakerOf, speakersOf } from "./subject.ts";

export interface Attribution {
  /** Null when someone spoke whom the article does not name. */
  readonly speaker: Entity | null;
  readonly cue: boolean;
}

interface Run {
  readonly from: number;
  readonly to: number;
}

const nobody: Attribution = { speaker: null, cue: false };

/**
 * Who said the words at tokens [from, to) of the sentence: the cue verb nearest to the quote, in either order,
 * and the one who is its subject. `mentions` are those outside quotes.
 */
export function attribution(
  article: Article,
  sentence: ArticleSentence,
  quote: Run,
  mentions: readonly Mention[],
): Attribution {
  const after = cueIn(article, quote.to, Math.min(sentence.to, quote.to + 24), 1);
  const before = outermost(article, sentence, quote);
  const source = opensWithSource(article, sentence)
    ? accordingTo(article, sentence, quote, mentions)
    : null;
  if (source?.speaker) return source;
  const introduced = introducedBy(article, sentence, quote, mentions);
  if (introduced) return { speaker: introduced, cue: true };
  const verb = nearer(article, quote, before, after);
  if (verb >= 0) return { speaker: speakerOf(article, sentence, verb, quote, mentions), cue: true };
  return (
    accordingTo(article, sentence, quote, mentions) ??
    beside(article, sentence, quote, mentions) ??
    nobody
  );
}

/** "Ana Prado celebró el anuncio: «…», afirmó": whoever leads to the colon speaks. */
function introducedBy(
  { tokens }: Article,
  sentence: ArticleSentence,
  quote: Run,
  mentions: readonly Mention[],
): Entity | null {
  if (tokens[quote.from - 1]?.text !== ":") return null;
  const first = speakersOf(mentions).find(
    (one) => one.from >= sentence.from && one.to <= quote.from - 1,
  );
  const opens =
    first &&
    tokens
      .slice(sentence.from, first.from)
      .every((token) => /^(?:el|la|the|en|in)$/.test(token.folded) || roleWords.has(token.folded));
  return first && opens ? first.entity : null;
}

function cueIn({ tokens }: Article, start: number, stop: number, step: 1 | -1): number {
  for (let at = start; at !== stop && at >= 0; at += step) {
    const token = tokens[at];
    if (!token) return -1;
    // The next quote begins, or the last one ends: its verb is its own.
    if (step === 1 && /^[“«;]$/.test(token.text)) return -1;
    // "the so-called talks" is nobody's word.
    if (isCue(token.folded) && tokens[at - 1]?.text !== "-" && !isNounHere(article(tokens, at)))
      return at;
  }
  return -1;

  function article(all: Article["tokens"], at: number): string {
    return all[at - 1]?.folded ?? "";
  }
}

/** "relató que lo reconoció “por la voz”": the verb before "que" holds the one after it, and the quote. */
function outermost(article: Article, sentence: ArticleSentence, { from }: Run): number {
  const stop = Math.max(sentence.from, from - 30) - 1;
  const nearest = cueIn(article, from - 1, stop, -1);
  if (nearest < 0) return nearest;
  const start = Math.max(stop, nearest - 6);
  const earlier = cueIn(article, nearest - 1, start, -1);
  const holds =
    earlier >= 0 &&
    article.tokens.slice(earlier + 1, nearest).some((token) => /^(?:que|that)$/.test(token.folded));
  return holds ? earlier : nearest;
}

/** "the call", "una denuncia": nouns that look like verbs of saying. */
const isNounHere = (before: string): boolean =>
  /^(?:the|an?|una?|esta|la|this|its|su)$/.test(before);

/** A verb before the quote introduces it, unless one that follows stands right beside it. */
function nearer(article: Article, { from, to }: Run, before: number, after: number): number {
  if (before < 0) return after;
  if (after < 0) return before;
  const isBeside =
    after - to <= 3 &&
    !/^(?:and|y|e|but|pero|who|que|quien)$/.test(article.tokens[to]?.folded ?? "");
  return isBeside && from - before > 2 ? after : before;
}

/** "Según contó Ana Prado, el preso pidió “…”", "For Ana Prado, the law is “…”": whoever opens the sentence is the source. */
const opensWithSource = ({ tokens }: Article, { from }: ArticleSentence): boolean =>
  /^(?:segun|according|para|for)$/.test(tokens[from]?.folded ?? "");

/** "according to Ana Prado", "según Ana Prado", "in the words of Ana Prado". */
function accordingTo(
  { tokens }: Article,
  sentence: ArticleSentence,
  quote: Run,
  mentions: readonly Mention[],
): Attribution | null {
  for (let at = sentence.from; at < sentence.to; at++) {
    const end = endOfSource(tokens, at, sentence, quote);
    if (end === 0 || (at >= quote.from && at < quote.to)) continue;
    const near = speakersOf(mentions).filter((one) => one.from >= end && one.from <= end + 6);
    // "para la directora de Prado, Ana Gil": the person, not the body.
    const person = near.find((one) => one.entity.type === "person");
    const named = isViewAt(tokens, at) ? person : near[0];
    return { speaker: named?.entity ?? null, cue: true };
  }
  return null;
}

const isViewAt = (tokens: Article["tokens"], at: number): boolean =>
  /^(?:para|for)$/.test(tokens[at]?.folded ?? "");

function endOfSource(
  tokens: Article["tokens"],
  at: number,
  sentence: ArticleSentence,
  quote: Run,
): number {
  const word = tokens[at]?.folded ?? "";
  const next = tokens[at + 1]?.folded ?? "";
  if (word === "segun") return at + 1;
  if (word === "according" && next === "to") return at + 2;
  if (/^(?:words|palabras|juicio|opinion|view)$/.test(word) && /^(?:of|de|del)$/.test(next))
    return at + 2;
  // "Para el economista Ana Prado, «…»": only at the head of the sentence, before the quote.
  const isView = isViewAt(tokens, at) && at === sentence.from && at < quote.from;
  return isView ? at + 1 : 0;
}

/**
 * No verb that we know: "Ana Prado: “…”", "“…”, relató Ana Prado", "“…,” Ana Prado mused". Whatever stands between a quote
 * and a name that touches it is how the name said it.
 */
function beside(
  { tokens }: Article,
  sentence: ArticleSentence,
  quote: Run,
  mentions: readonly Mention[],
): Attribution | null {
  const speakers = speakersOf(mentions);
  if (tokens[quote.from - 1]?.text === ":") {
    const first = speakers.find((one) => one.from >= sentence.from && one.to <= quote.from - 1);
    return first ? { speaker: first.entity, cue: true } : null;
  }
  const start =
    tokens[quote.to]?.text === "," || /^[”»"]$/.test(tokens[quote.to]?.text ?? "")
      ? quote.to + 1
      : quote.to;
  // "se quejó Ana Prado".
  const first = tokens[start]?.folded === "se" ? start + 1 : start;
  const verb = tokens[first];
  const limit = Math.min(sentence.to, start + 8);
  const follows = speakers.find((one) => one.from > first && one.to <= limit);
  const isVerb =
    verb?.kind === "word" &&
    !isCapital(verb) &&
    /(?:[oóaeé]|ed|s|aron|ieron|aba|[ií]a)$/.test(verb.text);
  if (!follows || !isVerb || start === quote.to) return null;
  const between = tokens.slice(first + 1, follows.from).map((token) => token.folded);
  const touches = between.every((word) =>
    /^(?:the|el|la|\p{L}+(?:or|ora|er|ent|ano|ana))$/u.test(word),
  );
  return touches ? { speaker: follows.entity, cue: true } : null;
}
