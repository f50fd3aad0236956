import { expect, test } from "vitest";
import { compareWording } from "./wording.ts";

test.each([
  ["a $40 suit", "a $400 suit", { start: "a ", before: "$40", after: "$400", end: " suit" }],
  ["one two", "one two three", { start: "one two", before: "", after: " three", end: "" }],
  ["no no", "no", { start: "no", before: " no", after: "", end: "" }],
  ["", "new", { start: "", before: "", after: "new", end: "" }],
  ["same", "same", { start: "same", before: "", after: "", end: "" }],
])("“%s” became “%s”", (before, after, expected) => {
  const found = compareWording(before, after);
  expect(found).toEqual(expected);
  expect(found.start + found.before + found.end).toBe(before);
  expect(found.start + found.after + found.end).toBe(after);
});
