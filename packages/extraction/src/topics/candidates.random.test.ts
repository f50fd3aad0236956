import type { ArticleEntity, Occurrence } from "@newsledger/core";
import { describe, expect, it } from "vitest";
import { parseTopic, type Topic, TopicInvalid } from "./load.ts";
import { matchTopics, type ToMatch, type TopicsFound } from "./match.ts";

/** Few words, so that they meet: short and long, misspelt, folded alike, in capitals, and marks between. */
const words =
  'ferry FERRY ferries trawler trawlers Trawler lighterage lighterge lighteraje refineries refinerias refinerías Caracas caracas US us U.S. six 6 17 of de la oil oil-lighterage "oil" jailed jails Jiménez jimenez regatta league Toledo'.split(
    " ",
  );
const terms = [
  "ferry",
  "ferr*",
  "trawler*",
  "lighterage",
  "lighteraje",
  "oil lighterage",
  "oil lighter*",
  "refineries of caracas",
  "refinerias",
  "U.S.",
  "6",
  "citgo six",
  "of",
  "oil",
  "jail*",
  "ja*",
  "jimenez",
  "Toledo",
  "17 of la",
];
/** Words that no rule asks for: hints, bars and nothing at all. */
const quiet = ["harbour", "harbour", "league", "regatta", "fog", "night", "x"];
const codes = ["arrest", "release"] as const;
const subjects = ["jorge-toledo", "tomeu-vadell"];

/** The same numbers for the same seed (mulberry32). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T;
  }

  some<T>(limit: number, make: () => T): T[] {
    return Array.from({ length: this.below(limit + 1) }, make);
  }

  many<T>(limit: number, make: () => T): T[] {
    return [make(), ...this.some(limit - 1, make)];
  }
}

const quoted = (term: string): string => (/\s/.test(term) ? `"${term}"` : term);

function expression(dice: Dice, depth: number): string {
  const inner = (): string => expression(dice, depth - 1);
  const kind = depth === 0 ? dice.below(5) : dice.below(10);
  const place = dice.one(["", "", "", "title:", "summary:", "text:", "opening:"]);
  if (kind < 2) return `${place}${quoted(dice.one(terms))}`;
  if (kind === 2) return `${place}list:${dice.one(["first", "second"])}`;
  if (kind === 3) return `occurrence:${dice.one(codes)}`;
  if (kind === 4) return `entity:${dice.one(subjects)}`;
  if (kind < 7) return `(${dice.many(3, inner).join(" AND ")})`;
  if (kind === 7) return `(${dice.many(3, inner).join(" OR ")})`;
  if (kind === 8) return `NOT ${inner()}`;
  return `NEAR/${1 + dice.below(6)}(${[inner(), ...dice.many(2, inner)].join(", ")})`;
}

function rule(dice: Dice, number: number): object {
  const lists = dice.many(2, () => dice.one(["first", "second"]));
  const way = dice.one([{ any: lists }, { all: lists }, { when: "" }, { when: "" }]);
  return {
    rule: `rule ${number}`,
    ...("when" in way ? { when: expression(dice, 3) } : way),
    in: dice.one(["anywhere", "anywhere", "opening", "paragraph", "title", "summary", "text"]),
    tier: dice.one(["alert", "digest"]),
    ...(dice.below(3) === 0 && { within: 1 + dice.below(8) }),
    ...(dice.below(4) === 0 && { strong: true }),
    ...(dice.below(4) === 0 && { languages: [dice.one(["en", "es"])] }),
    ...(dice.below(4) === 0 && { "deep tier": "digest" }),
  };
}

function topic(dice: Dice, number: number): Topic {
  const few = (): string[] => dice.many(4, () => dice.one(terms));
  const definition = {
    id: `topic-${number}`,
    version: 1,
    title: { en: "Harbour", es: "Puerto" },
    about: { en: "Harbour", es: "Puerto" },
    subjects: dice.some(1, () => dice.one(subjects)),
    capitals: dice.some(2, () => dice.one(["us", "ferry", "caracas", "toledo", "oil"])),
    terms: { first: few(), second: few() },
    rules: dice.many(2, () => rule(dice, number)),
    "must not": dice.some(2, () => dice.one(["regatta", "league", "oil league", "trawler*"])),
    "must not unless": dice.some(1, () => "first"),
    hints: dice.many(2, () => dice.one([...terms, "league", "harbour"])),
  };
  try {
    return parseTopic(JSON.stringify(definition), `topic-${number}`);
  } catch (error) {
    // An expression that only says what must not be there: another one.
    if (error instanceof TopicInvalid) return topic(dice, number);
    throw error;
  }
}

function item(dice: Dice): ToMatch {
  const said = dice.below(3) === 0 ? quiet : words;
  const say = (limit: number): string =>
    dice.some(limit, () => dice.one(said) + dice.one(["", "", "", ",", ".", "\n"])).join(" ");
  const text = dice.below(2) === 0 ? `${"x ".repeat(dice.one([0, 55]))}${say(20)}` : undefined;
  const entity = (): ArticleEntity => ({
    id: dice.one([...subjects, null]),
    type: dice.one(["person", "place"] as const),
    name: "Toledo",
    mentions: dice.some(1, () => ({ text: "Toledo", start: 3, end: 9 })),
  });
  const told = (): Occurrence => ({
    code: dice.one(codes),
    actors: [],
    targets: [],
    sentence: "They came.",
    start: dice.below(5),
    end: 9,
  });
  return {
    title: say(8),
    summary: dice.below(3) === 0 ? "" : say(12),
    language: dice.one(["en", "es-VE", "fr", null]),
    ...(text !== undefined && { text }),
    ...(dice.below(3) === 0 && { entities: dice.many(2, entity) }),
    ...(dice.below(3) === 0 && { occurrences: dice.many(2, told) }),
  };
}

/** Each asked by itself, with no index between. */
function oneByOne(topics: readonly Topic[], one: ToMatch): TopicsFound {
  const titleOnly = "the feed gives only a title";
  const each = topics.map((by) => matchTopics([by], one));
  const matches = each.flatMap((found) => found.matches);
  const why = each.map(({ shortlist }) => shortlist);
  const hint = why.find((reason) => reason !== null && reason !== titleOnly) ?? null;
  const all = why.every((reason) => reason === titleOnly) ? titleOnly : null;
  return { matches, shortlist: matches.length > 0 ? null : (hint ?? all) };
}

describe("topics and items at random", () => {
  const rounds = Array.from({ length: 12 }, (_, number) => number + 1);
  it.each(rounds)("round %i: many topics at once find what each finds by itself", (round) => {
    const dice = new Dice(round);
    const topics = Array.from({ length: 9 + dice.below(40) }, (_, number) => topic(dice, number));
    const seen = { matched: 0, shortlisted: 0, neither: 0 };
    for (let number = 0; number < 60; number++) {
      const one = item(dice);
      const found = matchTopics(topics, one);
      expect(found, JSON.stringify(one)).toEqual(oneByOne(topics, one));
      if (found.matches.length > 0) seen.matched++;
      else if (found.shortlist) seen.shortlisted++;
      else seen.neither++;
    }
    // Items that match nothing, or everything, would prove little.
    expect(seen.matched).toBeGreaterThan(5);
    expect(seen.shortlisted).toBeGreaterThan(1);
  });
});
