import type { Article, ArticleSentence } from "../text/article.ts";
import { english } from "./english.ts";
import { spanish } from "./spanish.ts";
import type { Trigger } from "./trigger.ts";

export interface TriggerHit {
  readonly trigger: Trigger;
  /** Tokens [from, to); `head` is the word that carries the voice. */
  readonly from: number;
  readonly to: number;
}

type Index = ReadonlyMap<string, readonly Trigger[]>;

function indexed(all: readonly Trigger[]): Index {
  const index = new Map<string, Trigger[]>();
  for (const trigger of all) {
    const first = trigger.words[0] ?? "";
    index.set(first, [...(index.get(first) ?? []), trigger]);
  }
  return index;
}

const indexes: Record<"en" | "es", Index> = { en: indexed(english), es: indexed(spanish) };
/** Words that `~` and `~~` stand for at most. */
const gaps: Record<string, number> = { "~": 5, "~~": 14 };

/** Every trigger of the sentence, in order; of two on the same words the one declared first counts. */
export function triggerHits(article: Article, sentence: ArticleSentence): TriggerHit[] {
  if (sentence.language === "other") return [];
  const index = indexes[sentence.language];
  const found: TriggerHit[] = [];
  for (let at = sentence.from; at < sentence.to; at++) {
    const candidates = index.get(article.tokens[at]?.text.toLowerCase() ?? "") ?? [];
    for (const trigger of candidates) {
      const to = matched(article, sentence, trigger.words, at);
      if (to > at) found.push({ trigger, from: at, to });
    }
  }
  return preferred(found);
}

/** Where the phrase ends when it begins at this token, else 0. */
function matched(
  article: Article,
  sentence: ArticleSentence,
  words: readonly string[],
  from: number,
): number {
  let at = from;
  for (const [step, word] of words.entries()) {
    if (gaps[word]) continue;
    const gap = words[step - 1] ?? "";
    const next = nextWord(article, sentence, word, at, gap);
    if (next < 0) return 0;
    at = next + 1;
  }
  return at;
}

function nextWord(
  article: Article,
  sentence: ArticleSentence,
  word: string,
  from: number,
  gap: string,
): number {
  const last = from + (gaps[gap] ?? 0);
  for (let at = from; at <= last && at < sentence.to; at++) {
    const token = article.tokens[at];
    if (token?.text.toLowerCase() === word || token?.folded === word) return at;
    const passes = token?.text === "-" || (gap === "~~" && token?.text === ",");
    if (token?.kind === "mark" && !passes) return -1;
  }
  return -1;
}

/** A longer phrase, or one declared earlier, takes the words from the others. */
function preferred(hits: readonly TriggerHit[]): TriggerHit[] {
  const kept: TriggerHit[] = [];
  for (const hit of hits.toSorted((a, b) => b.to - b.from - (a.to - a.from))) {
    const rival = kept.find((other) => other.from < hit.to && hit.from < other.to);
    // Judges and bodies both "reject": which of the two it is, the subject decides later.
    if (!rival || (rival.from === hit.from && rival.to === hit.to)) kept.push(hit);
  }
  return kept.toSorted((a, b) => a.from - b.from);
}
