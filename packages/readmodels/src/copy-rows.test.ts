import { expect, test } from "vitest";
import { copyRows } from "./copy-rows.ts";

const columns = {
  a: "bigint",
  b: "int",
  c: "text",
  d: "boolean",
  e: "timestamptz",
  f: "jsonb",
  g: "text[]",
} as const;

const ofOne = (row: Partial<Record<keyof typeof columns, unknown>>) =>
  copyRows([{ a: null, b: null, c: null, d: null, e: null, f: null, g: null, ...row }], columns)
    .subarray(19)
    .toString("hex");
const null4 = "ffffffff";
const only = (nth: number, field: string) =>
  `0007${null4.repeat(nth)}${field}${null4.repeat(6 - nth)}ffff`;

test.each<[string, object, string]>([
  ["nothing", {}, only(0, null4)],
  ["a position", { a: 513n }, only(0, "000000080000000000000201")],
  ["a whole number", { b: -2 }, only(1, "00000004fffffffe")],
  ["a text, in UTF-8", { c: "aé" }, only(2, "0000000361c3a9")],
  ["an empty text", { c: "" }, only(2, "00000000")],
  ["a truth", { d: true }, only(3, "0000000101")],
  ["a moment", { e: new Date("2000-01-01T00:00:01Z") }, only(4, "0000000800000000000f4240")],
  [
    "an earlier one",
    { e: new Date("1999-12-31T23:59:59.999Z") },
    only(4, "00000008fffffffffffffc18"),
  ],
  ["a far one", { e: new Date("9998-01-01T00:00:00Z") }, only(4, "000000080380adae7913c000")],
  ["JSON", { f: [1] }, only(5, "00000004015b315d")],
  ["no texts", { g: [] }, only(6, "0000000c000000000000000000000019")],
  [
    "texts",
    { g: ["a", "bc"] },
    only(6, "0000001f00000001000000000000001900000002000000010000000161000000026263"),
  ],
])("%s is written as Postgres reads it", (_, row, expected) => {
  expect(ofOne(row)).toBe(expected);
});

test("a buffer grows with what is written", () => {
  const long = "ñ".repeat(10_000);
  const bytes = copyRows([{ c: long }, { c: long }], { c: "text" });
  expect(bytes.length).toBe(19 + 2 * (2 + 4 + 20_000) + 2);
  expect(bytes.toString("utf8", 25, 25 + 20_000)).toBe(long);
});
