import { expect, test } from "vitest";
import { marks, snippetOf, unmarked } from "./snippet.ts";

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
