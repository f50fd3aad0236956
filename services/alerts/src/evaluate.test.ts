import type { ArticleEntity, Occurrence } from "@newsledger/core";
import { expect, test } from "vitest";
import { evaluate, type Facts, type Rule } from "./evaluate.ts";

const text =
  "Officials gave no names. Ana Prado was freed on Monday after two years in Lima. Her lawyer thanked the court.";

const prado: ArticleEntity = {
  id: "ana-prado",
  type: "person",
  name: "Ana Prado",
  mentions: [{ text: "Ana Prado", start: 25, end: 34 }],
};
const freed: Occurrence = {
  code: "release",
  actors: [],
  targets: [{ id: "ana-prado", name: "Ana Prado" }],
  sentence: "Ana Prado was freed on Monday after two years in Lima.",
  start: 25,
  end: 79,
};
const thanked: Occurrence = {
  code: "statement",
  actors: [{ id: null, name: "Her lawyer" }],
  targets: [],
  sentence: "Her lawyer thanked the court.",
  start: 80,
  end: 109,
};
const facts: Facts = {
  topics: [{ topicId: "lima-4", tier: "alert" }],
  matches: [
    {
      topicId: "lima-4",
      topicVersion: 1,
      tier: "alert",
      reasons: [{ rule: "name", field: "text", matched: "Ana Prado", start: 25, end: 34 }],
    },
  ],
  entities: [prado],
  occurrences: [thanked, freed],
  text,
  publishedAt: new Date("2026-11-24T10:00:00Z"),
  foundAt: new Date("2026-11-24T12:00:00Z"),
  backfill: false,
  relation: null,
};
const rule: Rule = {
  ruleId: "r1",
  name: "The Lima four",
  topic: "lima-4",
  entities: ["lima-4"],
  occurrences: [],
  note: null,
  maxAgeHours: null,
};
const options = { lateAfterHours: 48, groups: new Map([["lima-4", ["ana-prado", "luis-prado"]]]) };

const fires = (changes: { rule?: Partial<Rule>; facts?: Partial<Facts> } = {}) =>
  evaluate({ ...rule, ...changes.rule }, { ...facts, ...changes.facts }, options);

const hoursEarlier = (hours: number) => new Date(facts.foundAt.getTime() - hours * 3_600_000);

test.each<[string, boolean, Parameters<typeof fires>[0]]>([
  ["a member stands for its group", true, {}],
  ["the group itself is enough", true, { facts: { entities: [{ ...prado, id: "lima-4" }] } }],
  ["a rule without entities takes any article of its topic", true, { rule: { entities: [] } }],
  ["someone else is not enough", false, { facts: { entities: [{ ...prado, id: "eva-ruiz" }] } }],
  [
    "a name that the knowledge base lacks is not enough",
    false,
    { facts: { entities: [{ ...prado, id: null }] } },
  ],
  ["another topic is silent", false, { rule: { topic: "elsewhere" } }],
  [
    "a match for the digest alone is silent",
    false,
    { facts: { topics: [{ topicId: "lima-4", tier: "digest" }] } },
  ],
  [
    "both tiers at once count as alert",
    true,
    {
      facts: {
        topics: [
          { topicId: "lima-4", tier: "digest" },
          { topicId: "lima-4", tier: "alert" },
        ],
      },
    },
  ],
  [
    "an occurrence that was asked for fires",
    true,
    { rule: { occurrences: ["release", "arrest"] } },
  ],
  ["an occurrence that did not happen is silent", false, { rule: { occurrences: ["arrest"] } }],
  ["history met with its feed is silent", false, { facts: { backfill: true } }],
  ["a copy is silent", false, { facts: { relation: "copy" } }],
  ["an independent report may fire", true, { facts: { relation: "independent" } }],
  ["an update may fire", true, { facts: { relation: "update" } }],
  ["older than the rule allows is silent", false, { rule: { maxAgeHours: 1 } }],
  ["within the age that the rule allows fires", true, { rule: { maxAgeHours: 3 } }],
  [
    "without a publication date no age can be held against it",
    true,
    { rule: { maxAgeHours: 1 }, facts: { publishedAt: null } },
  ],
])("%s", (_, expected, changes) => {
  expect(fires(changes) !== null).toBe(expected);
});

test.each([
  [47, false],
  [49, true],
  [24 * 365 * 5, true],
])("published %d hours before it was found: late is %s", (hours, late) => {
  expect(fires({ facts: { publishedAt: hoursEarlier(hours) } })?.lateFind).toBe(late);
});

test("without a publication date nothing is called late", () => {
  expect(fires({ facts: { publishedAt: null } })?.lateFind).toBe(false);
});

test("the reason names the topic, the words, the entity, the occurrence and the owner's note", () => {
  const found = fires({ rule: { occurrences: ["release"], note: "For the hearing" } });
  expect(found?.why).toBe(
    "topic lima-4, matched on “Ana Prado”; names Ana Prado; reports release; your note: For the hearing",
  );
});

test("the evidence begins with the sentence about the wanted entity", () => {
  const found = fires();
  expect(found?.evidence[0]).toEqual({ quote: freed.sentence, start: 25, end: 79 });
  expect(found?.occurrences.map(({ code }) => code)).toEqual(["release", "statement"]);
});

test("without an occurrence the evidence is the sentence of the mention, at its offsets", () => {
  const [first] = fires({ facts: { occurrences: [] } })?.evidence ?? [];
  expect(first?.quote).toBe(freed.sentence);
  expect(text.slice(first?.start, first?.end)).toBe(first?.quote);
});

test("a redacted text leaves the words that were recorded", () => {
  const found = fires({ facts: { occurrences: [], text: null } });
  expect(found?.evidence).toEqual([{ quote: "Ana Prado", start: 25, end: 34 }]);
});
