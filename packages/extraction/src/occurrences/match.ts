import { weekdaysAndMonths } from "../entities/words.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { english } from "./english.ts";
import { spanish } from "./spanish.ts";
import type { Trigger } from "./trigger.ts";

export interface TriggerHit {
  readonly trigger: Trigger;
  /** Tokens [from, to). */
  readonly from: number;
  readonly to: number;
  /** A participle that hangs on a name: the sentence has another verb. */
  readonly reduced?: boolean;
}

type Index = ReadonlyMap<string, readonly Trigger[]>;

function indexed(all: readonly Trigger[]): Index {
  const index = new Map<string, Trigger[]>();
  const known = new Set<string>();
  for (const trigger of all) {
    const first = trigger.words[0] ?? "";
    const key = `${trigger.code} ${trigger.voice} ${trigger.words.join(" ")}`;
    if (known.has(key)) continue;
    known.add(key);
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
      if (to > at && isPlaced(article, sentence, trigger, at))
        found.push({ trigger, from: at, to });
    }
  }
  return preferred(found);
}

const having =
  /^(?:has|have|had|having|ha|han|habia|habian|haber|habiendo|hubo|hubiera|hubieran|haya|hayan)$/;
/** "is demanding", "were accusing": told as going on. */
const going = /^(?:is|are|was|were)$/;
const joining = {
  en: /^(?:after|before|since|upon|while|following|by|in|for|,|and)$/,
  es: /^(?:tras|al|por)$/,
};
const adverb =
  /(?:ly|mente)$|^(?:also|already|not|then|later|both|briefly|ya|tambien|the|have|having)$/;

/** "taken" after "has" only; "arresting" after "after", "by" and their like; "detener" after "tras". */
function isPlaced(
  { tokens }: Article,
  { from, language }: ArticleSentence,
  { voice, code }: Trigger,
  at: number,
): boolean {
  if (voice !== "perfect" && voice !== "joined") return true;
  let index = at - 1;
  if (voice === "perfect") {
    while (index >= from && at - index < 4 && adverb.test(tokens[index]?.folded ?? "")) {
      if (having.test(tokens[index]?.folded ?? "")) return true;
      index--;
    }
    return index >= from && having.test(tokens[index]?.folded ?? "");
  }
  while (index > from && adverb.test(tokens[index]?.folded ?? "")) index--;
  const word = tokens[index]?.folded ?? "";
  if (index < from) return false;
  if (language !== "es") return joining.en.test(word) || (code === "statement" && going.test(word));
  return (
    joining.es.test(word) ||
    (word === "de" && /^(?:despues|luego|antes)$/.test(tokens[index - 1]?.folded ?? ""))
  );
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
    const isAbbreviated =
      token?.text === "." && weekdaysAndMonths.has(article.tokens[at - 1]?.folded ?? "");
    const passes =
      token?.text === "-" ||
      isAbbreviated ||
      /^['’]s$/.test(token?.text ?? "") ||
      (gap === "~~" && token?.text === ",");
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
