import type { ArticleEntity, Occurrence } from "@newsledger/core";
import { describe, expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import type { Facts, History } from "./facts.ts";
import { type Rule, ruleDefinition } from "./rule.ts";
import type { StatusChange } from "./standing.ts";

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
  language: "en",
  source: "Example Wire",
  sourceKind: "news-international",
  publishedAt: new Date("2026-11-24T10:00:00Z"),
  foundAt: new Date("2026-11-24T12:00:00Z"),
  backfill: false,
  relation: null,
};
const rule: Rule = {
  ...ruleDefinition.parse({ topic: "lima-4", entities: ["lima-4"] }),
  ruleId: "r1",
  name: "The Lima four",
};
const history: History = {
  reports: 1,
  codesBefore: new Set(),
  told: new Set(),
  earlier: [],
  firsts: new Set(),
  changes: [],
  counts: null,
};
const options = {
  lateAfterHours: 48,
  groups: new Map([["lima-4", ["ana-prado", "luis-prado"]]]),
  people: new Map([
    [
      "eva-ruiz",
      { name: "Eva Ruiz", roles: [{ role: "Juez de control", from: "2020-03", to: "2027-01-31" }] },
    ],
  ]),
};

interface Changes {
  rule?: Partial<Rule>;
  facts?: Partial<Facts>;
  history?: Partial<History>;
}
const fires = (changes: Changes = {}) =>
  evaluate(
    { ...rule, ...changes.rule },
    { ...facts, ...changes.facts },
    { ...history, ...changes.history },
    options,
  );
const keys = (changes: Changes) => fires(changes)?.developments.map(({ key }) => key) ?? [];

const change: StatusChange = {
  personId: "ana-prado",
  name: "Ana Prado",
  from: "detained",
  to: "free",
  date: "2026-11-23",
  occurrence: freed,
};
const hoursEarlier = (hours: number) => new Date(facts.foundAt.getTime() - hours * 3_600_000);
const eva: ArticleEntity = {
  id: "eva-ruiz",
  type: "person",
  name: "Eva Ruiz",
  mentions: [{ text: "Her lawyer", start: 80, end: 90 }],
};

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

test.each<[string, string[], Changes]>([
  ["the first report", ["opened"], {}],
  [
    "a second report with nothing new",
    [],
    { history: { told: new Set(["opened"]), codesBefore: new Set(["statement", "release"]) } },
  ],
  [
    "a second report with a new occurrence",
    ["code:release"],
    {
      history: {
        told: new Set(["opened"]),
        codesBefore: new Set(["statement"]),
        changes: [change],
      },
    },
  ],
  [
    "a new occurrence that changes nobody's custody is how it came to this",
    [],
    { history: { told: new Set(["opened"]), codesBefore: new Set(["statement"]) } },
  ],
  [
    "a new occurrence of another kind",
    ["code:meet"],
    {
      history: { told: new Set(["opened"]) },
      facts: { occurrences: [{ ...freed, code: "meet" }] },
    },
  ],
  [
    "a new occurrence of long ago",
    [],
    {
      history: { told: new Set(["opened"]) },
      facts: { occurrences: [{ ...freed, code: "meet", date: "2024-01-05" }] },
    },
  ],
  [
    "an occurrence that the story had",
    [],
    { history: { told: new Set(["opened"]), codesBefore: new Set(["release"]) } },
  ],
  ["an occurrence that was told", [], { history: { told: new Set(["opened", "code:release"]) } }],
  [
    "an occurrence far down in the text is background",
    [],
    {
      history: { told: new Set(["opened"]) },
      facts: { occurrences: [{ ...freed, start: 900, end: 950 }] },
    },
  ],
  [
    "an occurrence about someone else",
    [],
    {
      history: { told: new Set(["opened"]) },
      facts: { occurrences: [{ ...freed, targets: [{ id: "eva-ruiz", name: "Eva Ruiz" }] }] },
    },
  ],
  [
    "talk alone is no development",
    [],
    {
      history: { told: new Set(["opened"]) },
      facts: { occurrences: [{ ...thanked, actors: [{ id: "ana-prado", name: "Ana Prado" }] }] },
    },
  ],
])("developments of a story: %s", (_, expected, changes) => {
  expect(keys(changes)).toEqual(expected);
});

describe("a rule that waits for three outlets", () => {
  const waits = { minReports: 3 };
  const others = { entities: [eva], occurrences: [] };

  test("is silent at two, and speaks at three", () => {
    expect(fires({ rule: waits, history: { reports: 2 } })).toBeNull();
    const found = fires({ rule: waits, history: { reports: 3 } });
    expect(found?.why).toContain("told by 3 outlets in their own words");
  });

  test("takes the report that says what is wanted, when the third does not", () => {
    const earlier = [{ ...facts, ...others }, facts];
    const found = fires({ rule: waits, facts: others, history: { reports: 3, earlier } });
    expect(found?.reportsBack).toBe(2);
    expect(found?.evidence[0]?.quote).toBe(freed.sentence);
  });

  test("is silent when none of them says it", () => {
    expect(fires({ rule: waits, facts: others, history: { reports: 3 } })).toBeNull();
  });

  test("is silent at the fourth", () => {
    const told = new Set(["opened"]);
    const codesBefore = new Set(["release"] as const);
    expect(fires({ rule: waits, history: { reports: 4, told, codesBefore } })).toBeNull();
  });
});

describe("first mention", () => {
  const when = { kind: "first-mention" } as const;
  const firsts = (...things: string[]) => ({ firsts: new Set(things) });

  test.each<[string, string[], Changes]>([
    ["of a wanted entity", ["first:entity:ana-prado"], { history: firsts("entity:ana-prado") }],
    ["not of one that was met before", [], {}],
    ["not of one that nobody asked for", [], { history: firsts("entity:eva-ruiz") }],
    [
      "of anybody",
      ["first:entity:eva-ruiz"],
      { rule: { entities: [] }, facts: { entities: [eva] }, history: firsts("entity:eva-ruiz") },
    ],
    [
      "of an occurrence",
      ["first:code:release"],
      {
        rule: { entities: [], occurrences: ["release"] },
        history: firsts("code:release", "entity:ana-prado"),
      },
    ],
    [
      "of an occurrence with a wanted entity",
      ["first:pair:ana-prado:release"],
      { rule: { occurrences: ["release"] }, history: firsts("pair:ana-prado:release") },
    ],
  ])("%s", (_, expected, changes) => {
    expect(keys({ ...changes, rule: { when, ...changes.rule } })).toEqual(expected);
  });
});

describe("status change", () => {
  const when = { kind: "status-change" } as const;
  test.each<[string, string[], Changes]>([
    ["of a member", ["status:ana-prado:free:2026-11-23"], { history: { changes: [change] } }],
    ["none", [], {}],
    [
      "of someone else",
      [],
      { history: { changes: [{ ...change, personId: "eva-ruiz", name: "Eva Ruiz" }] } },
    ],
    [
      "by another occurrence than was asked for",
      [],
      { rule: { occurrences: ["arrest"] }, history: { changes: [change] } },
    ],
    [
      "of a member who is meant by the group's name",
      ["status:ana-prado:free:2026-11-23"],
      {
        rule: { entities: ["ana-prado"] },
        facts: { entities: [{ ...prado, id: "lima-4", type: "group" }] },
        history: { changes: [change] },
      },
    ],
  ])("%s", (_, expected, changes) => {
    expect(keys({ ...changes, rule: { when, ...changes.rule } })).toEqual(expected);
  });

  test("says from what to what, and since when", () => {
    expect(fires({ rule: { when }, history: { changes: [change] } })?.why).toContain(
      "Ana Prado: detained → free, 2026-11-23",
    );
  });
});

describe("burst", () => {
  const when = { kind: "burst", sensitivity: "normal" } as const;
  const counts = { today: 9, past: Array.from({ length: 28 }, () => 1), sinceAlarm: null };

  test("tells how many stories there are and how many are usual", () => {
    expect(fires({ rule: { when }, history: { counts } })?.developments).toEqual([
      { key: "burst:2026-11-24", words: "9 new stories today, where 1 a day is usual" },
    ]);
  });

  test.each<[string, Changes]>([
    ["an ordinary day", { history: { counts: { ...counts, today: 3 } } }],
    ["a report that joins a story", { facts: { relation: "independent" }, history: { counts } }],
    ["a story that is about something else", { facts: { entities: [eva] }, history: { counts } }],
  ])("is silent on %s", (_, changes) => {
    expect(fires({ ...changes, rule: { when } })).toBeNull();
  });
});

test.each(["silence", "feed-trouble"] as const)("%s is not told by an article", (kind) => {
  const { when } = ruleDefinition.parse({
    topic: "lima-4",
    when: kind === "silence" ? { kind, days: 3 } : { kind },
  });
  expect(fires({ rule: { when } })).toBeNull();
});
