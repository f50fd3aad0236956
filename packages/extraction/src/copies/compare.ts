import type { Signature } from "./signature.ts";

export interface Comparison {
  readonly relation: "copy" | "spun-copy" | "independent";
  /** Named in the story, for people who ask why. */
  readonly method: "containment" | "word pairs and names";
  /** 0–1: how alike by that method. */
  readonly score: number;
}

export interface Compared {
  readonly signature: Signature;
  /** Entities of the article: their ids, or names where there is no id. */
  readonly entities: readonly string[];
}

/** Share of the shorter text's four-word runs that the other has: from here on it is a copy, whole or cut. */
const copied = 0.6;
/**
 * Of all two-word runs without names, those in common. Our labelled pairs and the demo's press (copies.test.ts):
 * rewritten copies share from 0.22, independent reports up to 0.13.
 */
export const rewritten = 0.17;
const namesInCommon = 0.3;

/** Whether two texts are one report: word for word, reworded, or written independently. */
export function compare(a: Compared, b: Compared): Comparison {
  const contained = containment(a.signature.shingles, b.signature.shingles);
  if (contained >= copied) return { relation: "copy", method: "containment", score: contained };
  const pairs = jaccard(a.signature.bigrams, b.signature.bigrams);
  const isSpun =
    pairs >= rewritten && jaccardOf(new Set(a.entities), new Set(b.entities)) >= namesInCommon;
  return {
    relation: isSpun ? "spun-copy" : "independent",
    method: "word pairs and names",
    score: pairs,
  };
}

/** |A ∩ B| of two sorted lists without repeats. */
function common(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i] as number;
    const right = b[j] as number;
    if (left === right) {
      shared++;
      i++;
      j++;
    } else if (left < right) i++;
    else j++;
  }
  return shared;
}

function containment(a: readonly number[], b: readonly number[]): number {
  const smaller = Math.min(a.length, b.length);
  return smaller === 0 ? 0 : common(a, b) / smaller;
}

function jaccard(a: readonly number[], b: readonly number[]): number {
  const shared = common(a, b);
  const union = a.length + b.length - shared;
  return union === 0 ? 0 : shared / union;
}

function jaccardOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((one) => b.has(one)).length;
  const union = a.size + b.size - shared;
  return union === 0 ? 0 : shared / union;
}
