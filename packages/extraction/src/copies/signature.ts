import { fold } from "../text/fold.ts";

/** 32-bit integers. */
export type Hashes = readonly number[] | Int32Array;

/** What a text is compared by: never the text itself. */
export interface Signature {
  /** Hashes of the four-word runs, sorted, each once. */
  readonly shingles: Hashes;
  /** Hashes of the two-word runs without names, days and sums, sorted, each once: all reporters of one event share those. */
  readonly bigrams: Hashes;
  /** 32 hashes, one for each band of four MinHash minima: texts that share one are candidates. */
  readonly bands: Hashes;
  readonly words: number;
  /** Hashes of the stems of its telling words, sorted, each once: names and figures too, function words left out. */
  readonly terms: Hashes;
}

const shingleWords = 4;
const permutations = 128;
const rowsPerBand = 4;
/** Longer texts are compared by their beginning: enough for any article, and a bound on the work. */
const maximalWords = 6000;

/**
 * Folded four-word shingles, MinHash of 128, 32 bands of 4: finds verbatim and cut copies. `names` are the spans of
 * the text that name someone or something.
 */
export function signature(
  text: string,
  names: readonly { start: number; end: number }[] = [],
): Signature {
  const words = wordsOf(text);
  const shingles = runs(words, Math.min(shingleWords, Math.max(1, words.length)));
  return {
    shingles,
    bigrams: wordPairs(names.length > 0 ? wordsOf(withoutNames(text, names)) : words),
    bands: bandsOf(minima(shingles)),
    words: words.length,
    terms: termsOf(words),
  };
}

const stemLetters = 6;
/** The beginning of an article says what it is about; and there is an end to what is kept of each. */
const maximalTerms = 300;

/** Words of four letters or more, cut to a stem that its inflections share, and figures. */
function termsOf(words: readonly string[]): Int32Array {
  const terms = new Set<number>();
  for (const word of words) {
    if (terms.size === maximalTerms) break;
    if ((word.length < 4 && !/\d/.test(word)) || usual.has(word)) continue;
    terms.add(hash(word.slice(0, stemLetters)));
  }
  return sorted(terms);
}

const usual = new Set(
  (
    "about after also among because been before being both could during each from have into itself just more most much only " +
    "other over said same says should since some such than that their them then there these they this those through under until " +
    "very were what when where which while will with would year years " +
    "algo antes aunque como contra cual cuando desde dice dijo donde durante ella ellos entre eran esta estaba estan este estos " +
    "fueron habia hace hacia hasta luego mientras mismo mucho nada para pero porque pues quien segun sera sido sino sobre solo " +
    "tambien tanto tenia tiene toda todo todos tras ocho unas unos"
  ).split(" "),
);

const wordsOf = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, maximalWords);

function withoutNames(text: string, names: readonly { start: number; end: number }[]): string {
  let rest = "";
  let at = 0;
  for (const { start, end } of names.toSorted((a, b) => a.start - b.start)) {
    if (start > at) rest += text.slice(at, start);
    rest += " ";
    at = Math.max(at, end);
  }
  return rest + text.slice(at);
}

/** Hashes of all runs of so many words. */
function runs(words: readonly string[], length: number): Int32Array {
  const hashes = new Set<number>();
  for (let at = 0; at + length <= words.length; at++)
    hashes.add(hash(words.slice(at, at + length).join(" ")));
  return sorted(hashes);
}

/** Runs of two words that are somebody's choice: whoever tells of an event says its days and sums in the same words. */
function wordPairs(words: readonly string[]): Int32Array {
  const hashes = new Set<number>();
  let before = "";
  for (const word of words) {
    const now = /\d/.test(word) || ofDaysAndSums.has(word) ? "" : word;
    if (before !== "" && now !== "") hashes.add(hash(`${before} ${now}`));
    before = now;
  }
  return sorted(hashes);
}

/** Of one kind, whether just made or read from the ledger: what compares hundreds of them need not tell kinds apart. */
const sorted = (hashes: ReadonlySet<number>): Int32Array => Int32Array.from(hashes).sort();

const ofDaysAndSums = new Set(
  (
    "january february march april may june july august september october november december " +
    "monday tuesday wednesday thursday friday saturday sunday million millions billion billions dollars euros " +
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre " +
    "lunes martes miercoles jueves viernes sabado domingo millon millones mil dolares"
  ).split(" "),
);

/** FNV-1a over UTF-16 units, as a signed 32-bit integer: what a Postgres `int` holds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value ^= text.charCodeAt(at);
    value = Math.imul(value, 0x01000193);
  }
  return value | 0;
}

/** For each of 128 permutations the smallest value that any shingle takes. */
function minima(shingles: Int32Array): number[] {
  return Array.from({ length: permutations }, (_, index) => {
    const [multiplier, offset] = coefficients(index);
    let smallest = 0xffffffff;
    for (let at = 0; at < shingles.length; at++) {
      const value = mixed(Math.imul(shingles[at] as number, multiplier) + offset);
      if (value < smallest) smallest = value;
    }
    return smallest;
  });
}

/** Odd multipliers and offsets from a fixed sequence: the same on every machine. */
function coefficients(index: number): [number, number] {
  return [mixed(index * 2 + 1) | 1, mixed(index * 2 + 2)];
}

/** The finaliser of MurmurHash3: spreads every bit. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function bandsOf(values: readonly number[]): Int32Array {
  const bands: number[] = [];
  for (let at = 0; at < values.length; at += rowsPerBand)
    bands.push(hash(`${at}:${values.slice(at, at + rowsPerBand).join(",")}`));
  return Int32Array.from(bands);
}
