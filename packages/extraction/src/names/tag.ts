import { readFileSync } from "node:fs";
import type { Token } from "../text/token.ts";
import { features, rows, type Surroundings, tagFeatures } from "./features.ts";

export const tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"] as const;
export type Tag = (typeof tags)[number];

/** One signed byte for each feature row and tag. */
export type Weights = Int8Array | Float64Array;

export interface Tagged {
  readonly tag: Tag;
  /** How much better than "no name" the tag is, in units of the weights. */
  readonly margin: number;
}

const folder = new URL("../../models/", import.meta.url);

/** The weights of one language, as scripts/train-names.ts wrote them. */
export function loadWeights(language: "en" | "es"): Weights {
  const bytes = readFileSync(new URL(`names-${language}.bin`, folder));
  if (bytes.length !== rows * tags.length)
    throw new Error(
      `load the name weights: names-${language}.bin has ${bytes.length} bytes, not ${rows * tags.length}: train it again`,
    );
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** "I-PER" only continues a person. */
export const mayFollow = (last: number, next: number): boolean =>
  next === 0 || next % 2 === 1 || last === next || last === next - 1;

/** The tags of one sentence, from left to right, each by the weights of its features and of the two tags before it. */
export function tagSentence(
  weights: Weights,
  tokens: readonly Token[],
  from: number,
  to: number,
  around: Surroundings,
): Tagged[] {
  const found: Tagged[] = [];
  let [last, before] = [0, 0];
  for (const { fixed, look } of features(tokens, from, to, around)) {
    const moving = tagFeatures(look, tags[last] ?? "O", tags[before] ?? "O");
    const scores = score(weights, fixed, moving);
    const best = bestOf(scores, last);
    found.push({ tag: tags[best] ?? "O", margin: (scores[best] ?? 0) - (scores[0] ?? 0) });
    before = last;
    last = best;
  }
  return found;
}

export function score(weights: Weights, fixed: Int32Array, moving: readonly number[]): number[] {
  const all = fixed.length + moving.length;
  // One sum for each tag: a list of them would be read and written two hundred times for every word.
  let [out, person, inPerson, body, inBody, place, inPlace] = [0, 0, 0, 0, 0, 0, 0];
  for (let index = 0; index < all; index++) {
    const row = (index < fixed.length ? fixed[index] : moving[index - fixed.length]) as number;
    const base = row * tags.length;
    out += weights[base] as number;
    person += weights[base + 1] as number;
    inPerson += weights[base + 2] as number;
    body += weights[base + 3] as number;
    inBody += weights[base + 4] as number;
    place += weights[base + 5] as number;
    inPlace += weights[base + 6] as number;
  }
  return [out, person, inPerson, body, inBody, place, inPlace];
}

export function bestOf(scores: readonly number[], last: number): number {
  let best = 0;
  for (let tag = 1; tag < scores.length; tag++)
    if ((scores[tag] as number) > (scores[best] as number) && mayFollow(last, tag)) best = tag;
  return best;
}
