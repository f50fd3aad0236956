import { expect, test } from "vitest";
import { clipped, count, dateWords } from "./words.ts";

test.each([
  ["2021-12-07", "7 Dec 2021"],
  ["2021-12", "December 2021"],
  ["2021", "2021"],
  ["2021-99-99", "2021-99-99"],
  ["someday", "someday"],
])("%s reads as %s", (date, words) => {
  expect(dateWords(date)).toBe(words);
});

test("one is one, many are many", () => {
  expect([count(1, "copy", "copies"), count(1200, "copy", "copies")]).toEqual([
    "1 copy",
    "1,200 copies",
  ]);
});

test("a long sentence ends at a word", () => {
  const cut = clipped("word ".repeat(100));
  expect(cut.length).toBeLessThanOrEqual(221);
  expect(cut).toMatch(/word…$/);
  expect(clipped("short")).toBe("short");
});
