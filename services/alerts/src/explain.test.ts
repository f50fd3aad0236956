import { expect, test } from "vitest";
import { explain, explainState } from "./explain.ts";
import { type NewRule, ruleDefinition } from "./rule.ts";

const words = (definition: Omit<NewRule, "name">) =>
  explain({ ...ruleDefinition.parse(definition), ruleId: "r", name: "r" }, (id) =>
    id === "ana-prado" ? "Ana Prado" : id,
  );
const topic = "lima-4";

test.each<[Omit<NewRule, "name">, string]>([
  [{ topic }, "Tells you of every new story about lima-4, and then what is new in it."],
  [
    {
      topic,
      entities: ["ana-prado"],
      occurrences: ["release", "arrest"],
      part: "target",
      minReports: 2,
      languages: ["es"],
      sources: ["court", "government"],
      role: "judge",
      maxAgeHours: 24,
      severity: "critical",
      quietHours: { timeZone: "America/Caracas", from: "22:00", to: "07:00" },
      note: "For the hearing",
    },
    "Tells you when 2 outlets report release or arrest of Ana Prado (lima-4) in their own words, and then what is new in the story. Only when it is done to Ana Prado. Only when someone is named who is “judge” by the knowledge base. Only from outlets of the kind court or government. Only in Spanish. Only what was published at most 24 hours before it was found. It counts as critical. Quiet hours do not hold it. Your note: For the hearing",
  ],
  [
    { topic, when: { kind: "first-mention" }, occurrences: ["sanction"] },
    "Tells you when sanction of lima-4 is reported for the first time.",
  ],
  [
    { topic, when: { kind: "status-change" }, throttleMinutes: 30 },
    "Tells you when someone is reported held, moved or freed, and was something else before (lima-4). What follows within 30 minutes of an alert is sent together.",
  ],
  [
    { topic, when: { kind: "burst" }, quietHours: { timeZone: "UTC", from: "22:00", to: "07:00" } },
    "Tells you when far more new stories about lima-4 appear in a day than is usual (normal sensitivity). From 22:00 to 07:00 (UTC) alerts wait, and are then sent together.",
  ],
  [
    { topic, when: { kind: "silence", days: 14 } },
    "Tells you when nothing has been reported about lima-4 for 14 days.",
  ],
  [
    { topic, when: { kind: "silence", of: "feeds", days: 1 } },
    "Tells you when none of the feeds that tell of lima-4 has brought anything for a day.",
  ],
  [
    { topic, when: { kind: "feed-trouble" } },
    "Tells you when any feed is in trouble: dead, silent or gap.",
  ],
])("%o", (definition, expected) => {
  expect(words(definition)).toBe(expected);
});

test("a snooze says when it ends, and what becomes of what came meanwhile", () => {
  const stored = {
    ...{ ...ruleDefinition.parse({ topic }), ruleId: "r", name: "r", version: 1, enabled: true },
    ...{ createdAt: new Date(0), speaksFrom: new Date(0), spokeAt: null },
    snoozedUntil: new Date("2026-03-02T12:00:00Z"),
  };
  const now = new Date("2026-03-01T12:00:00Z");
  expect(explainState({ ...stored, snooze: "hold" }, now)).toBe(
    "Snoozed until 2026-03-02 12:00 UTC; what comes meanwhile is then sent together.",
  );
  expect(explainState({ ...stored, snooze: "mute" }, now)).toMatch(/^Muted until/);
  expect(explainState({ ...stored, snooze: "hold" }, new Date("2026-03-03T12:00:00Z"))).toBe("");
});
