import { expect, test } from "vitest";
import { csvLines, formatOf, jsonValue, printable, tableLines } from "./output.ts";

test("a table aligns its columns and cuts only the last one to the terminal", () => {
  const rows = [
    { id: "1", title: "short" },
    { id: "200", title: "a title that is far too long for the terminal that it is shown on" },
  ];
  const columns = [
    { title: "id", value: (row: { id: string }) => row.id },
    { title: "title", value: (row: { title: string }) => row.title },
  ];
  expect(tableLines(rows, columns, 30)).toEqual([
    "ID   TITLE",
    "1    short",
    "200  a title that is far too …",
  ]);
});

test.each([
  { text: "\u001b[31mred\u001b[0m", shown: " [31mred [0m" },
  { text: "right\u202eleft", shown: "right left" },
  { text: "two\nlines\u0000", shown: "two lines " },
])("what would steer a terminal is not printed: $shown", ({ text, shown }) => {
  expect(printable(text)).toBe(shown);
});

test("a cell that a spreadsheet would run is shown as text; quotes, commas and lines survive", () => {
  const rows = [{ title: '=HYPERLINK("x")', count: -3, note: 'a "b", c\nd', none: null }];
  expect(csvLines(rows)).toEqual([
    "title,count,note,none",
    '"\'=HYPERLINK(""x"")",-3,"a ""b"", c\nd",',
  ]);
});

test("a ledger position goes into JSON as a string, for it may exceed what a number holds", () => {
  expect(JSON.stringify({ position: 9007199254740993n }, jsonValue)).toBe(
    '{"position":"9007199254740993"}',
  );
});

test.each([
  [{}, "table"],
  [{ json: true }, "json"],
  [{ ndjson: true }, "ndjson"],
  [{ csv: true }, "csv"],
])("%j asks for %s", (options, format) => {
  expect(formatOf(options)).toBe(format);
});
