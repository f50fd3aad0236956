import {
  bodyWords,
  givenNames,
  notNames,
  officeWords,
  particles,
  roleWords,
  sayingVerbs,
  smallWords,
  weekdaysAndMonths,
} from "../entities/words.ts";
import type { Knowledge } from "../knowledge/load.ts";
import { isCapital, type Token } from "../text/token.ts";
import { WordMemory } from "../text/word-memory.ts";

/** What the recogniser knows of a text besides the words around a token. */
export interface Surroundings {
  /** Words that the text also writes small, and words that it writes with a capital inside sentences. */
  readonly small: ReadonlySet<string>;
  readonly capital: ReadonlySet<string>;
  /** For each token the kind of the known name that it belongs to: P, O, L or nothing. */
  readonly known: readonly string[];
  /** In training, names are also read without the lists of names: else nothing is learned about those that no list has. */
  readonly blind?: boolean;
}

/** Features are hashed into so many rows of weights. */
export const rows = 1 << 17;

export function surroundings(
  tokens: readonly Token[],
  starts: ReadonlySet<number>,
  knowledge: Pick<Knowledge, "names">,
): Surroundings {
  const small = new Set<string>();
  const capital = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== "word") continue;
    if (!isCapital(token)) small.add(token.folded);
    else if (!starts.has(at)) capital.add(token.folded);
  }
  return { small, capital, known: knownKinds(tokens, knowledge) };
}

const kinds: Record<string, string> = { person: "P", organisation: "O", group: "O", place: "L" };

function knownKinds(tokens: readonly Token[], { names }: Pick<Knowledge, "names">): string[] {
  const found = new Array<string>(tokens.length).fill("");
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || !isCapital(token)) continue;
    const [hit] = names.at(tokens, at, Math.min(tokens.length, at + 8));
    if (!hit) continue;
    found.fill(kinds[hit.values[0]?.entity.type ?? ""] ?? "", at, hit.to);
    at = hit.to - 1;
  }
  return found;
}

const lists: readonly (readonly [string, ReadonlySet<string>])[] = [
  ["g", givenNames],
  ["r", roleWords],
  ["o", officeWords],
  ["b", bodyWords],
  ["d", weekdaysAndMonths],
  ["n", notNames],
  ["p", particles],
  ["v", sayingVerbs],
  ["s", smallWords],
];

/** What one token is by itself; neighbours look at it too. */
interface Look {
  readonly word: string;
  readonly shape: string;
  readonly lists: string;
}

const nothing: Look = { word: "", shape: "-", lists: "" };
const shapes = new WordMemory((text) =>
  text
    .replace(/\p{Lu}+/gu, (run) => (run.length > 1 ? "XX" : "X"))
    .replace(/[\p{Ll}\p{Lo}]+/gu, "x")
    .replace(/\d+/gu, "0")
    .slice(0, 8),
);
const listed = new WordMemory((word) =>
  lists.map(([letter, words]) => (words.has(word) ? letter : "")).join(""),
);

/** The features of each token of a sentence, as rows of the weights; those that depend on earlier tags come from `tagFeatures`. */
export function features(
  tokens: readonly Token[],
  from: number,
  to: number,
  around: Surroundings,
): { fixed: Int32Array; look: Look }[] {
  const looks = tokens.slice(from, to).map(({ text, folded }, index): Look => {
    const kind = around.known[from + index] ?? "";
    const own = listed.of(folded);
    const seen = around.blind ? own.replace(/[gu]/g, "") : own + kind;
    return { word: folded, shape: shapes.of(text), lists: seen };
  });
  return looks.map((look, at) => ({
    fixed: fixedFeatures(looks, at, around, tokens[from + at]),
    look,
  }));
}

function fixedFeatures(
  looks: readonly Look[],
  at: number,
  { small, capital }: Surroundings,
  token: Token | undefined,
): Int32Array {
  const own = looks[at] ?? nothing;
  const [before2, before] = [looks[at - 2] ?? nothing, looks[at - 1] ?? nothing];
  const [after, after2] = [looks[at + 1] ?? nothing, looks[at + 2] ?? nothing];
  const { word, shape } = own;
  const seen =
    token && isCapital(token)
      ? `${at === 0 ? "1" : ""}${small.has(word) ? "s" : ""}${capital.has(word) ? "c" : ""}`
      : "";
  return Int32Array.of(
    row(0, word),
    row(1, before.word),
    row(2, after.word),
    row(3, before2.word),
    row(4, after2.word),
    row(5, before.word, word),
    row(6, word, after.word),
    row(7, shape),
    row(8, before.shape, shape),
    row(9, shape, after.shape),
    row(10, `${before.shape} ${shape}`, after.shape),
    row(11, word.slice(0, 3), shape),
    row(12, word.slice(-2)),
    row(13, word.slice(-3), shape),
    row(14, word.slice(-4)),
    row(15, own.lists, shape),
    row(16, before.lists, shape),
    row(17, after.lists, shape),
    row(18, before.lists, own.lists),
    row(19, own.lists, after.lists),
    row(20, `${before.word} ${shape}`, after.shape),
    row(21, seen, shape),
    row(22, `${seen} ${own.lists}`, after.shape),
    row(23, before.word, shape),
    row(24, after.word, shape),
    row(25, before2.lists, before.lists),
    row(26, before2.word, before.word),
    row(27, "", ""),
  );
}

export function tagFeatures(
  { word, shape, lists: own }: Look,
  last: string,
  before: string,
): number[] {
  return [
    row(30, last),
    row(31, before, last),
    row(32, last, word),
    row(33, last, shape),
    row(34, last, own),
  ];
}

/** FNV-1a of a numbered feature and its one or two parts. */
function row(feature: number, a: string, b = ""): number {
  let value = Math.imul(0x811c9dc5 ^ feature, 0x01000193);
  for (let at = 0; at < a.length; at++) value = Math.imul(value ^ a.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ 1, 0x01000193);
  for (let at = 0; at < b.length; at++) value = Math.imul(value ^ b.charCodeAt(at), 0x01000193);
  value ^= value >>> 15;
  return (Math.imul(value, 0x2c1b3c6d) >>> 8) & (rows - 1);
}
