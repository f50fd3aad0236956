import type { Happening, Labelled, Quote } from "./labelled.ts";

/** What came back for one article, as `newsledger extract --ndjson` prints it. */
export interface Extracted {
  readonly topics: readonly string[];
  readonly persons: readonly { name: string; aliases?: readonly string[] }[];
  readonly orgs: readonly { name: string; aliases?: readonly string[] }[];
  readonly places: readonly { name: string; aliases?: readonly string[] }[];
  readonly dates: readonly { iso: string }[];
  readonly quotes: readonly { text: string; speaker?: string }[];
  readonly events: readonly {
    code: string;
    actor: readonly string[];
    target: readonly string[];
    date?: string;
    place?: string;
  }[];
}

/** Counts that add up over articles. */
export interface Tally {
  right: number;
  found: number;
  wanted: number;
}

export const fields = [
  "topics",
  "persons",
  "orgs",
  "places",
  "dates",
  "quotes",
  "attributed quotes",
  "event codes",
  "event arguments",
] as const;
export type Field = (typeof fields)[number];

/** A miss or a false find, for whoever develops. */
export interface Difference {
  readonly article: string;
  readonly field: Field;
  readonly missed: readonly string[];
  readonly invented: readonly string[];
}

export type SameName = (name: string) => string;

export function compareArticle(
  wanted: Labelled,
  found: Extracted,
  same: SameName,
): { tallies: Record<Field, Tally>; differences: Difference[] } {
  const differences: Difference[] = [];
  const sets = (field: Field, gold: readonly string[], system: readonly string[]): Tally => {
    const [tally, missed, invented] = setDifference(gold, system);
    if (missed.length + invented.length > 0)
      differences.push({ article: wanted.id, field, missed, invented });
    return tally;
  };
  const named = (field: "persons" | "orgs" | "places") =>
    sets(field, ...chosen(wanted[field], found[field], same));
  const { text, attributed } = quotes(wanted.quotes, found.quotes, same);
  const { codes, fillers } = events(wanted.events, found.events, same);
  return {
    tallies: {
      topics: sets("topics", wanted.topics, found.topics),
      persons: named("persons"),
      orgs: named("orgs"),
      places: named("places"),
      dates: sets(
        "dates",
        wanted.dates,
        found.dates.map(({ iso }) => iso),
      ),
      quotes: sets("quotes", ...text),
      "attributed quotes": sets("attributed quotes", ...attributed),
      "event codes": sets("event codes", ...codes),
      "event arguments": sets("event arguments", ...fillers),
    },
    differences,
  };
}

/** "A|B" in a label leaves the choice: whichever was found counts as the first. */
function chosen(
  gold: readonly string[],
  system: readonly { name: string }[],
  same: SameName,
): Sets {
  const first = new Map(
    gold.flatMap((label) => {
      const names = label.split("|").map(same);
      return names.map((name) => [name, names[0] ?? name] as const);
    }),
  );
  const known = (name: string) => first.get(name) ?? name;
  return [
    gold.map((label) => known(same(label.split("|")[0] ?? ""))),
    system.map(({ name }) => known(same(name))),
  ];
}

type Sets = [gold: string[], system: string[]];

/** Multisets: what stands twice counts twice. */
function setDifference(
  gold: readonly string[],
  system: readonly string[],
): [Tally, string[], string[]] {
  const left = [...gold];
  const invented: string[] = [];
  for (const one of system) {
    const at = left.indexOf(one);
    if (at < 0) invented.push(one);
    else left.splice(at, 1);
  }
  const right = system.length - invented.length;
  return [{ right, found: system.length, wanted: gold.length }, left, invented];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Share of words in common, both ways. */
function overlap(a: string, b: string): number {
  const [one, two] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  const common = [...one].filter((word) => two.has(word)).length;
  return (2 * common) / Math.max(1, one.size + two.size);
}

const sameWords = 0.8;

/** Quotes are paired by their words; one with the wrong speaker is found and wrongly attributed. */
function quotes(
  gold: readonly Quote[],
  system: Extracted["quotes"],
  same: SameName,
): { text: Sets; attributed: Sets } {
  const free = [...gold];
  const text: Sets = [gold.map((one) => one.text), []];
  const said = ({ text: words, speaker }: Quote) => `${speaker ? same(speaker) : "-"}: ${words}`;
  const attributed: Sets = [gold.map(said), []];
  for (const one of system) {
    const best = free.toSorted((a, b) => overlap(b.text, one.text) - overlap(a.text, one.text))[0];
    const paired = best && overlap(best.text, one.text) >= sameWords ? best : null;
    if (paired) free.splice(free.indexOf(paired), 1);
    const words = paired?.text ?? one.text;
    text[1].push(words);
    attributed[1].push(said({ text: words, speaker: one.speaker ?? null }));
  }
  return { text, attributed };
}

/** Events of one code are paired by the arguments that they share; every argument of an unpaired one is an error. */
function events(
  gold: readonly Happening[],
  system: Extracted["events"],
  same: SameName,
): { codes: Sets; fillers: Sets } {
  const wanted = gold.map((one) => ({ code: one.code, parts: parts(one, same) }));
  const free = [...wanted];
  const codes: Sets = [gold.map(({ code }) => code), system.map(({ code }) => code)];
  const fillers: Sets = [[], []];
  for (const [index, one] of wanted.entries())
    fillers[0].push(...one.parts.map((part) => `${index} ${one.code} ${part}`));
  for (const [index, { code, actor, target, date, place }] of system.entries()) {
    const own = parts({ code, actor, target, date: date ?? null, place: place ?? null }, same);
    const shared = (other: { parts: readonly string[] }) =>
      other.parts.filter((part) => own.includes(part)).length;
    const best = free
      .filter((other) => other.code === code)
      .toSorted((a, b) => shared(b) - shared(a))[0];
    if (best) free.splice(free.indexOf(best), 1);
    const number = best ? `${wanted.indexOf(best)}` : `extra ${index}`;
    fillers[1].push(...own.map((part) => `${number} ${code} ${part}`));
  }
  return { codes, fillers };
}

const parts = ({ actor, target, date, place }: Happening, same: SameName): string[] => [
  ...actor.map((one) => `actor ${same(one)}`),
  ...target.map((one) => `target ${same(one)}`),
  ...(date ? [`date ${date}`] : []),
  ...(place ? [`place ${same(place)}`] : []),
];

export const total = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, one) => ({
      right: sum.right + one.right,
      found: sum.found + one.found,
      wanted: sum.wanted + one.wanted,
    }),
    { right: 0, found: 0, wanted: 0 },
  );

export const f1 = ({ right, found, wanted }: Tally): number =>
  found + wanted === 0 ? 1 : (2 * right) / (found + wanted);
