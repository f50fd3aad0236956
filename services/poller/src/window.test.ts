import { expect, test } from "vitest";
import { newestFirst, vanished } from "./window.ts";

const list = (letters: string) => [...letters];

test.each([
  ["nothing changed", "abcdefgh", "abcdefgh", ""],
  ["new ones came, old ones scrolled out", "abcdefgh", "yzabcdef", ""],
  ["all are new", "abcdefgh", "qrstuvwx", ""],
  ["one in the middle is gone", "abcdefgh", "abdefgh", "c"],
  ["the newest is gone", "abcdefgh", "bcdefgh", "a"],
  ["one is gone while others came and went", "abcdefgh", "zabdefg", "c"],
  ["the last two may have scrolled out", "abcdefgh", "abcdef", ""],
  [
    "above a single older one, which may be pinned, nothing is concluded",
    "abcdefgh",
    "xyzabch",
    "",
  ],
  ["a third at once is a fault, not a retraction", "abcdefgh", "aefgh", ""],
  ["a document that shuffles its items proves nothing", "abcdefgh", "badefgh", ""],
  ["an empty document neither", "abcdefgh", "", ""],
])("%s", (_, before, now, gone) => {
  expect(vanished(list(before), list(now)).join("")).toBe(gone);
});

test("which end is new, the dates say", () => {
  const items = (days: (number | null)[]) =>
    days.map((day, index) => ({
      itemId: "abc"[index] ?? "",
      publishedAt: day === null ? null : new Date(2026, 0, day),
    }));
  expect(newestFirst(items([3, 2, 1]))).toEqual(["a", "b", "c"]);
  expect(newestFirst(items([1, 2, 3]))).toEqual(["c", "b", "a"]);
  expect(newestFirst(items([2, null, 2]))).toBeNull();
  expect(newestFirst(items([null, null, null]))).toBeNull();
});
