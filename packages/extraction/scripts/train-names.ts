// Trains models/names-<language>.bin: node scripts/train-names.ts <en|es> <file.iob2 …> [--without <file>]
// An averaged perceptron over hashed features; the same files give the same weights. Says its score on --without;
// --to writes the weights elsewhere (for scripts/score-names.ts).
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { features, rows, surroundings, tagFeatures } from "../src/names/features.ts";
import {
  bestOf,
  mayFollow,
  score,
  type Tag,
  tagSentence,
  tags,
  type Weights,
} from "../src/names/tag.ts";
import { fold } from "../src/text/fold.ts";
import type { Token } from "../src/text/token.ts";

interface Sentence {
  readonly tokens: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly gold: readonly number[];
  readonly around: ReturnType<typeof surroundings>;
}

const knowledge = loadKnowledge(() => null);
const epochs = 9;
const documentSentences = 25;

/** A fixed sequence of numbers in [0, 1): training twice gives the same weights. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function token(text: string): Token {
  const kind = /^\p{L}/u.test(text) ? "word" : /^\d/.test(text) ? "number" : "mark";
  const folded = fold(/^(?:\p{L}\.)+$/u.test(text) ? text.replaceAll(".", "") : text);
  return { text, folded, kind, start: 0, end: 0 };
}

/** Sentences of IOB2 text, with what their document knows of their words. */
function read(file: string): Sentence[] {
  const blocks = readFileSync(file, "utf8").split(/\n\s*\n/);
  const documents: string[][][] = [[]];
  for (const block of blocks) {
    const lines = block.split("\n").filter((line) => /\S \S+$/.test(line));
    if (lines.some((line) => line.startsWith("-DOCSTART-"))) documents.push([]);
    const own = lines.filter((line) => !line.startsWith("-DOCSTART-"));
    if ((documents.at(-1)?.length ?? 0) >= documentSentences && !file.endsWith(".iob2"))
      documents.push([]);
    if (own.length > 0) documents.at(-1)?.push(own);
  }
  return documents.flatMap(document);
}

function document(lines: readonly string[][]): Sentence[] {
  const tokens: Token[] = [];
  const ranges: { from: number; to: number; gold: number[] }[] = [];
  for (const sentence of lines) {
    const from = tokens.length;
    const gold: number[] = [];
    for (const line of sentence) {
      const cut = line.lastIndexOf(" ");
      tokens.push(token(line.slice(0, cut)));
      gold.push(Math.max(0, tags.indexOf(line.slice(cut + 1) as Tag)));
    }
    ranges.push({ from, to: tokens.length, gold });
  }
  const around = surroundings(tokens, new Set(ranges.map(({ from }) => from)), knowledge);
  return ranges.map((range) => ({ ...range, tokens, around }));
}

function train(sentences: readonly Sentence[]): Float64Array {
  const weights = new Float64Array(rows * tags.length);
  const sums = new Float64Array(weights.length);
  const since = new Float64Array(weights.length);
  let step = 0;
  const change = (row: number, tag: number, by: number) => {
    const at = row * tags.length + tag;
    sums[at] = (sums[at] as number) + (step - (since[at] as number)) * (weights[at] as number);
    since[at] = step;
    weights[at] = (weights[at] as number) + by;
  };
  const random = sequence(7);
  const prepared = sentences.flatMap((one) =>
    [one.around, { ...one.around, blind: true }].map((around) => ({
      gold: one.gold,
      all: features(one.tokens, one.from, one.to, around),
    })),
  );
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = prepared.map((one) => ({ one, key: random() })).sort((a, b) => a.key - b.key);
    for (const { one } of order) {
      let [last, before] = [0, 0];
      for (const [at, { fixed, look }] of one.all.entries()) {
        step++;
        const moving = tagFeatures(look, tags[last] ?? "O", tags[before] ?? "O");
        const guess = bestOf(score(weights, fixed, moving), last);
        const gold = one.gold[at] ?? 0;
        // After a wrong tag the right one may be out of reach: nothing to learn from that.
        if (guess !== gold && mayFollow(last, gold)) {
          for (const row of [...fixed, ...moving]) {
            change(row, gold, 1);
            change(row, guess, -1);
          }
        }
        before = last;
        last = guess;
      }
    }
  }
  return sums.map(
    (sum, at) => (sum + (step - (since[at] as number)) * (weights[at] as number)) / step,
  );
}

/** Signed bytes; the few largest weights are cut. */
function quantised(weights: Float64Array): Int8Array {
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const largest = sizes[Math.floor(sizes.length * 0.9995)] ?? 1;
  return Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round((weight / largest) * 127))),
  );
}

/** Names as "start-end-kind". */
function spans(names: readonly Tag[]): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at < names.length; at++) {
    const [, kind] = /^B-(.+)$/.exec(names[at] ?? "") ?? [];
    if (!kind) continue;
    let end = at + 1;
    while (names[end] === `I-${kind}`) end++;
    found.add(`${at}-${end}-${kind}`);
  }
  return found;
}

function evaluate(weights: Weights, sentences: readonly Sentence[]): void {
  const counts = new Map<string, [right: number, found: number, gold: number]>();
  for (const one of sentences) {
    const system = spans(
      tagSentence(weights, one.tokens, one.from, one.to, one.around).map(({ tag }) => tag),
    );
    const gold = spans(one.gold.map((tag) => tags[tag] ?? "O"));
    for (const span of new Set([...system, ...gold])) {
      for (const kind of [span.split("-")[2] ?? "", "all"]) {
        const row = counts.get(kind) ?? [0, 0, 0];
        counts.set(kind, [
          row[0] + Number(system.has(span) && gold.has(span)),
          row[1] + Number(system.has(span)),
          row[2] + Number(gold.has(span)),
        ]);
      }
    }
  }
  for (const [kind, [right, found, gold]] of counts)
    console.log(
      `${kind}: precision ${(right / found).toFixed(3)} recall ${(right / gold).toFixed(3)} F1 ${((2 * right) / (found + gold)).toFixed(3)}`,
    );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { without: { type: "string" }, to: { type: "string" } },
});
const [language, ...files] = positionals;
if ((language !== "en" && language !== "es") || files.length === 0)
  throw new Error("train-names: say the language (en or es) and the IOB2 files to train on");
const held = values.without === undefined ? [] : read(values.without);
const weights = quantised(
  train(files.filter((file) => file !== values.without).flatMap((file) => read(file))),
);
if (held.length > 0) evaluate(weights, held);
if (values.to !== undefined) writeFileSync(values.to, weights);
else if (held.length === 0)
  writeFileSync(new URL(`../models/names-${language}.bin`, import.meta.url), weights);
