import { expect, test } from "vitest";
import { BadQuestion } from "./ask.ts";
import { limitOf, patterns, readCursor, writeCursor } from "./page.ts";

const asked = { topic: "citgo-6", limit: 20 };

test("a cursor gives back what was put in, whatever the size of the page", () => {
  const cursor = writeCursor("t", ["2021-12-10T00:00:00.000Z", "42"], asked);
  const key = readCursor("t", { ...asked, limit: 50, cursor }, [patterns.time, patterns.position]);
  expect(key).toEqual(["2021-12-10T00:00:00.000Z", "42"]);
});

test.each([
  ["another list's", writeCursor("s", ["42"], asked)],
  ["another question's", writeCursor("e", ["42"], { ...asked, topic: "us-venezuela" })],
  ["a wider question's", writeCursor("e", ["42"], {})],
  ["a forged position", writeCursor("e", ["1 or 1=1"], asked)],
  ["a position beyond 64 bits", writeCursor("e", ["9".repeat(30)], asked)],
  ["too many parts", writeCursor("e", ["1", "2"], asked)],
  ["a changed position", Buffer.from("e|43|12345678").toString("base64url")],
  ["an unchecked position", Buffer.from("e|42").toString("base64url")],
  ["noise", "%%%"],
  ["nothing", ""],
])("%s cursor is refused", (_, cursor) => {
  expect(() => readCursor("e", { ...asked, cursor }, [patterns.position])).toThrow(BadQuestion);
});

test.each([0, -1, 2_001, 1.5, Number.NaN])("a limit of %s is refused", (limit) => {
  expect(() => limitOf(limit)).toThrow(BadQuestion);
});
