import { expect, test } from "vitest";
import { type Args, UsageError } from "./command.ts";
import { momentFrom, ruleFrom } from "./rule-options.ts";

const topics = new Set(["lima-4"]);
const known = { entities: new Map([["ana-prado", {}]]) } as unknown as Parameters<
  typeof ruleFrom
>[2];
const rule = (options: Args["options"]) =>
  ruleFrom({ words: ["Mine"], options: { topic: "lima-4", ...options } }, topics, known);

test("options make a rule", () => {
  expect(
    rule({
      entity: ["ana-prado"],
      occurrence: ["release"],
      part: "target",
      language: ["es"],
      "min-reports": "3",
      severity: "critical",
      quiet: "22:00-07:00 America/Caracas",
      throttle: "60",
    }),
  ).toMatchObject({
    name: "Mine",
    when: { kind: "report" },
    entities: ["ana-prado"],
    minReports: 3,
    severity: "critical",
    throttleMinutes: 60,
    quietHours: { from: "22:00", to: "07:00", timeZone: "America/Caracas" },
  });
});

test.each<[Args["options"], object]>([
  [
    { kind: "silence", days: "14" },
    { kind: "silence", of: "subject", days: 14 },
  ],
  [
    { kind: "silence", days: "2", of: "feeds" },
    { kind: "silence", of: "feeds", days: 2 },
  ],
  [
    { kind: "burst", sensitivity: "high" },
    { kind: "burst", sensitivity: "high" },
  ],
  [
    { kind: "feed-trouble", trouble: ["stale"], feed: ["f1"] },
    { kind: "feed-trouble", troubles: ["stale"], feeds: ["f1"] },
  ],
  [{ kind: "status-change" }, { kind: "status-change" }],
])("%o", (options, when) => {
  expect(rule(options).when).toEqual(when);
});

test.each<[Args["options"], RegExp]>([
  [{ topic: "elsewhere" }, /--topic takes one of lima-4/],
  [{ entity: ["eva"] }, /nobody of that id/],
  [{ days: "3" }, /--days belongs to --kind silence/],
  [{ kind: "silence" }, /days/],
  [{ kind: "mood" }, /kind/],
  [{ "min-reports": "many" }, /--min-reports takes a whole number/],
  [{ quiet: "at night" }, /22:00-07:00 America\/Caracas/],
  [{ quiet: "22:00-07:00 Mars/Olympus" }, /IANA/],
  [{ occurrence: ["party"] }, /occurrences/],
  [{ kind: "burst", language: ["es"] }, /has no meaning for burst/],
])("%o is refused, and said why", (options, expected) => {
  expect(() => rule(options)).toThrow(UsageError);
  expect(() => rule(options)).toThrow(expected);
});

test.each([
  ["45m", "2026-03-01T12:45:00.000Z"],
  ["12h", "2026-03-02T00:00:00.000Z"],
  ["3d", "2026-03-04T12:00:00.000Z"],
  ["2031-05-01", "2031-05-01T00:00:00.000Z"],
])("until %s", (text, expected) => {
  expect(momentFrom(text, new Date("2026-03-01T12:00:00Z")).toISOString()).toBe(expected);
});

test.each(["yesterday", "2020-01-01", "3 days", ""])("until “%s” is refused", (text) => {
  expect(() => momentFrom(text, new Date("2026-03-01T12:00:00Z"))).toThrow(UsageError);
});
