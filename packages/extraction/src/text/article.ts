import { type Language, languageOf } from "./language.ts";
import { type Sentence, sentences } from "./sentence.ts";
import { isUpper, type Token, tokens } from "./token.ts";

export interface ArticleSentence extends Sentence {
  readonly index: number;
  /** Tokens [from, to) of the article. */
  readonly from: number;
  readonly to: number;
  readonly language: Language;
  /** Set in capitals throughout: its capitals say nothing. */
  readonly capitals: boolean;
  /** Most words capitalised, as in English headlines. */
  readonly titleCase: boolean;
}

/** A text cut into tokens, sentences and paragraphs: what every later stage reads. */
export interface Article {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly ArticleSentence[];
  /** Sentence number of each token. */
  readonly sentenceOf: readonly number[];
  readonly language: Language;
  /** Folded words of the whole text. */
  readonly vocabulary: ReadonlySet<string>;
}

/** Cuts a text; `language` overrides what the function words say. */
export function cut(text: string, language?: Language): Article {
  const all = tokens(text);
  const whole = language ?? languageOf(all.map((token) => token.folded));
  const byParagraph = paragraphLanguages(sentences(text), all, whole);
  const sentenceOf = new Array<number>(all.length).fill(0);
  return {
    text,
    tokens: all,
    sentences: byParagraph.map((sentence, index) => {
      sentenceOf.fill(index, sentence.from, sentence.to);
      return { ...sentence, index, ...letterCase(all.slice(sentence.from, sentence.to)) };
    }),
    sentenceOf,
    language: whole,
    vocabulary: new Set(all.flatMap((token) => (token.kind === "word" ? [token.folded] : []))),
  };
}

function paragraphLanguages(cuts: readonly Sentence[], all: readonly Token[], whole: Language) {
  let at = 0;
  const ranged = cuts.map((sentence) => {
    while (at < all.length && (all[at]?.start ?? 0) < sentence.start) at++;
    const from = at;
    while (at < all.length && (all[at]?.start ?? 0) < sentence.end) at++;
    return { ...sentence, from, to: at };
  });
  const words = new Map<number, string[]>();
  for (const { paragraph, from, to } of ranged) {
    const list = words.get(paragraph) ?? [];
    for (let index = from; index < to; index++) list.push(all[index]?.folded ?? "");
    words.set(paragraph, list);
  }
  // A short paragraph has too few function words to contradict the article.
  const languages = new Map(
    [...words].map(([paragraph, list]) => {
      const own = list.length >= 20 ? languageOf(list) : "other";
      return [paragraph, own === "other" ? whole : own];
    }),
  );
  return ranged.map((one) => ({ ...one, language: languages.get(one.paragraph) ?? whole }));
}

function letterCase(own: readonly Token[]): { capitals: boolean; titleCase: boolean } {
  const words = own.filter((token) => token.kind === "word" && token.text.length > 1);
  const long = words.filter((token) => token.text.length > 3);
  const capital = long.filter((token) => /^\p{Lu}/u.test(token.text)).length;
  return {
    capitals: words.length > 2 && words.every((token) => isUpper(token)),
    titleCase: long.length > 3 && capital / long.length > 0.8 && !isProse(own),
  };
}

const smallInTitles = new Set(
  "a an the and or but nor of in on at to by for as vs with from over after into amid than that about under until upon out up off el la los las un una y e o de del al en con por para como desde entre hasta sobre tras su sus que se".split(
    " ",
  ),
);

/** "Rick Scott spoke of Scott County.": a full stop, and a word in small letters that a headline would have capitalised. */
const isProse = (own: readonly Token[]): boolean =>
  own.at(-1)?.text === "." &&
  own.some(({ text, folded }) => /^\p{Ll}/u.test(text) && !smallInTitles.has(folded));
