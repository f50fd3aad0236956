import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";

test.each([
  ["=1+1", "'=1+1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["-2", "'-2"],
  ["＝HYPERLINK(1)", "'＝HYPERLINK(1)"],
  ["\t=1", "'\t=1"],
  ['=cmd|"/c calc"', `"'=cmd|""/c calc"""`],
])("the text %s cannot run as a formula in a spreadsheet", (text, cell) => {
  expect(csvLine([text])).toBe(cell);
});

test("numbers, times, lists and nothing are written as programs read them", () => {
  expect(csvLine([-2, new Date("2021-12-31T00:00:00Z"), ["a", "b"], null, undefined])).toBe(
    '-2,2021-12-31T00:00:00.000Z,"[""a"",""b""]",,',
  );
});

test("commas, quotes and line ends stay in their cell", () => {
  expect(csvLine(["a,b", 'say "x"', "two\nlines"])).toBe('"a,b","say ""x""","two\nlines"');
});
