import { expect, test } from "vitest";
import { type NewRule, newRule } from "./rule.ts";

const problems = (rule: unknown) => {
  const parsed = newRule.safeParse(rule);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};
const rule: NewRule = { name: "Any", topic: "lima-4" };

test("a topic alone makes a rule: any report, told at once, as important", () => {
  expect(newRule.parse(rule)).toMatchObject({
    when: { kind: "report" },
    severity: "important",
    minReports: 1,
    quietHours: null,
  });
});

test.each<[string, unknown, RegExp]>([
  ["no topic", { name: "Any" }, /topic/],
  ["no name", { topic: "lima-4" }, /name/],
  ["an occurrence that there is none of", { ...rule, occurrences: ["party"] }, /occurrences/],
  ["a field that nothing knows", { ...rule, entity: "ana" }, /entity/],
  ["a kind that nothing knows", { ...rule, when: { kind: "mood" } }, /when.kind/],
  ["silence without days", { ...rule, when: { kind: "silence" } }, /when.days/],
  [
    "quiet hours in a zone that there is not",
    { ...rule, quietHours: { timeZone: "Mars/Olympus", from: "22:00", to: "07:00" } },
    /IANA/,
  ],
  [
    "quiet hours that last all day",
    { ...rule, quietHours: { timeZone: "UTC", from: "07:00", to: "07:00" } },
    /different times/,
  ],
  [
    "a time of day that there is not",
    { ...rule, quietHours: { timeZone: "UTC", from: "25:00", to: "07:00" } },
    /22:00/,
  ],
  [
    "entities beside feeds in trouble",
    { ...rule, entities: ["ana"], when: { kind: "feed-trouble" } },
    /entities: has no meaning for feed-trouble/,
  ],
  [
    "several reports for a burst",
    { ...rule, minReports: 3, when: { kind: "burst" } },
    /minReports: has no meaning for burst/,
  ],
])("%s is refused, and said why", (_, given, expected) => {
  expect(problems(given).join("\n")).toMatch(expected);
});

test("a rule that is read back is the rule that was saved", () => {
  const saved = newRule.parse({ ...rule, when: { kind: "silence", days: 3 } });
  expect(newRule.parse(JSON.parse(JSON.stringify(saved)))).toEqual(saved);
});
