import { expect, test } from "vitest";
import { BadQuestion } from "./ask.ts";
import { limitOf, patterns, readCursor, writeCursor } from "./page.ts";

test("a cursor gives back what was put in", () => {
  const cursor = writeCursor("t", ["2021-12-10T00:00:00.000Z", "42"]);
  expect(readCursor("t", cursor, [patterns.time, patterns.position])).toEqual([
    "2021-12-10T00:00:00.000Z",
    "42",
  ]);
});

test.each([
  ["another question's", writeCursor("s", ["42"])],
  ["a forged position", writeCursor("e", ["1 or 1=1"])],
  ["a position beyond 64 bits", writeCursor("e", ["9".repeat(30)])],
  ["too many parts", writeCursor("e", ["1", "2"])],
  ["noise", "%%%"],
  ["nothing", ""],
])("%s cursor is refused", (_, cursor) => {
  expect(() => readCursor("e", cursor, [patterns.position])).toThrow(BadQuestion);
});

test.each([0, -1, 201, 1.5, Number.NaN])("a limit of %s is refused", (limit) => {
  expect(() => limitOf(limit)).toThrow(BadQuestion);
});
