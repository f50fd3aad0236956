import { expect, test } from "vitest";
import { marks, showsAll, snippetOf, unmarked } from "./snippet.ts";

test("marked words become hits, the rest stays as it is", () => {
  const marked = `the ${marks.open}six${marks.close} were <b>freed</b>`;
  expect(snippetOf(marked)).toEqual([
    { text: "the ", hit: false },
    { text: "six", hit: true },
    { text: " were <b>freed</b>", hit: false },
  ]);
});

test("a text cannot forge a hit", () => {
  expect(snippetOf(unmarked(`a ${marks.open}b${marks.close} c`))).toEqual([
    { text: "a b c", hit: false },
  ]);
});

test("an unclosed mark loses no text", () => {
  expect(snippetOf(`a ${marks.open}b`)).toEqual([
    { text: "a ", hit: false },
    { text: "b", hit: true },
  ]);
});

test.each([
  ["citgo", "the [Citgo] six", true],
  ["citgo bidder", "the [Citgo] six", false],
  ["citgo bidder", "[Citgo] has a [bidder]", true],
  ["citgo OR bidder", "the [Citgo] six", true],
  ['"house arrest"', "under [house] [arrest]", true],
  ["citgo", "nothing", false],
])("%s is all in “%s”: %s", (positive, text, all) => {
  const marked = text.replaceAll("[", marks.open).replaceAll("]", marks.close);
  expect(showsAll(marked, positive)).toBe(all);
});
