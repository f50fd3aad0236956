import type { ArticleEntity, Occurrence } from "@newsledger/core";
import { evaluate } from "./evaluate.ts";
import type { Facts, History } from "./facts.ts";
import { type Rule, ruleDefinition } from "./rule.ts";
import type { StatusChange } from "./standing.ts";

/** One report and one rule, which a test changes in one point. */
export const text =
  "Officials gave no names. Ana Prado was freed on Monday after two years in Lima. Her lawyer thanked the court.";

export const prado: ArticleEntity = {
  id: "ana-prado",
  type: "person",
  name: "Ana Prado",
  mentions: [{ text: "Ana Prado", start: 25, end: 34 }],
};
export const freed: Occurrence = {
  code: "release",
  actors: [],
  targets: [{ id: "ana-prado", name: "Ana Prado" }],
  sentence: "Ana Prado was freed on Monday after two years in Lima.",
  start: 25,
  end: 79,
};
export const thanked: Occurrence = {
  code: "statement",
  actors: [{ id: null, name: "Her lawyer" }],
  targets: [],
  sentence: "Her lawyer thanked the court.",
  start: 80,
  end: 109,
};
export const facts: Facts = {
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

export interface Changes {
  rule?: Partial<Rule>;
  facts?: Partial<Facts>;
  history?: Partial<History>;
}
export const fires = (changes: Changes = {}) =>
  evaluate(
    { ...rule, ...changes.rule },
    { ...facts, ...changes.facts },
    { ...history, ...changes.history },
    options,
  );
export const keys = (changes: Changes) => fires(changes)?.developments.map(({ key }) => key) ?? [];

export const change: StatusChange = {
  personId: "ana-prado",
  name: "Ana Prado",
  from: "detained",
  to: "free",
  date: "2026-11-23",
  occurrence: freed,
};
export const hoursEarlier = (hours: number) =>
  new Date(facts.foundAt.getTime() - hours * 3_600_000);
export const eva: ArticleEntity = {
  id: "eva-ruiz",
  type: "person",
  name: "Eva Ruiz",
  mentions: [{ text: "Her lawyer", start: 80, end: 90 }],
};
