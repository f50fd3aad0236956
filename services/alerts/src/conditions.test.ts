import { expect, test } from "vitest";
import { type Changes, eva, fires, freed, hoursEarlier, prado, text } from "./evaluate-sample.ts";
import type { Rule } from "./rule.ts";

test.each<[string, boolean, Changes]>([
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

test.each<[string, boolean, Changes]>([
  ["the one it is done to", true, { rule: { part: "target" } }],
  ["the one who does it", false, { rule: { part: "actor" } }],
  [
    "the one it is done to, by that occurrence",
    true,
    { rule: { part: "target", occurrences: ["release"] } },
  ],
  [
    "the one it is done to, by another occurrence",
    false,
    { rule: { part: "target", occurrences: ["statement"] } },
  ],
  [
    "told of the group, it is told of its member",
    true,
    {
      rule: { part: "target", entities: ["ana-prado"] },
      facts: { occurrences: [{ ...freed, targets: [{ id: "lima-4", name: "the four" }] }] },
    },
  ],
])("part: %s", (_, expected, changes) => {
  expect(fires(changes) !== null).toBe(expected);
});

test.each<[string, boolean, Changes]>([
  ["a judge is named", true, { facts: { entities: [prado, eva] } }],
  ["no judge is named", false, {}],
  [
    "one who was not a judge yet",
    false,
    { facts: { entities: [prado, eva], publishedAt: new Date("2019-01-01T00:00:00Z") } },
  ],
])("office: %s", (_, expected, changes) => {
  expect(fires({ ...changes, rule: { role: "juez" } }) !== null).toBe(expected);
});

test.each<[string, boolean, Partial<Rule>]>([
  ["a kind of outlet that was asked for", true, { sources: ["court", "news-international"] }],
  ["another kind of outlet", false, { sources: ["court"] }],
  ["a language that was asked for", true, { languages: ["en"] }],
  ["another language", false, { languages: ["es"] }],
])("%s", (_, expected, changed) => {
  expect(fires({ rule: changed }) !== null).toBe(expected);
});

test("an outlet that nobody described is of no kind", () => {
  expect(fires({ rule: { sources: ["court"] }, facts: { sourceKind: null } })).toBeNull();
});
