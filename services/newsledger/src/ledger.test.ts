import { expect, test } from "vitest";
import { chooseDirectory } from "./ledger.ts";

const nothing = {
  named: false,
  demoAsked: false,
  realRuns: false,
  realExists: false,
  demoRuns: false,
  demoExists: false,
};

test.each([
  { facts: {}, choice: "real" },
  { facts: { demoExists: true }, choice: "demo" },
  { facts: { demoExists: true, realExists: true }, choice: "real" },
  { facts: { demoExists: true, demoRuns: true, realExists: true }, choice: "demo" },
  { facts: { demoExists: true, demoRuns: true, realExists: true, realRuns: true }, choice: "real" },
  { facts: { demoExists: true, named: true }, choice: "real" },
  { facts: { demoAsked: true, realRuns: true, named: true }, choice: "demo" },
] as const)("of $facts, the $choice ledger is asked", ({ facts, choice }) => {
  expect(chooseDirectory({ ...nothing, ...facts })).toBe(choice);
});
