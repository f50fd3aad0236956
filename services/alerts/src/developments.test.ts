import { describe, expect, test } from "vitest";
import {
  type Changes,
  change,
  eva,
  facts,
  fires,
  freed,
  keys,
  prado,
  thanked,
} from "./evaluate-sample.ts";
import { ruleDefinition } from "./rule.ts";

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
