import { csvLine } from "@newsledger/readmodels";
import type { OptionSpecs } from "./command.ts";
import { print, type Terminal } from "./terminal.ts";

export type Format = "table" | "json" | "ndjson" | "csv";

/** The options of every command that answers with rows. */
export const formatOptions: OptionSpecs = {
  json: { type: "boolean", meaning: "one JSON array" },
  ndjson: { type: "boolean", meaning: "one JSON object a line" },
  csv: { type: "boolean", meaning: "comma-separated, safe to open in a spreadsheet" },
};

/** A table for a person unless another form is asked for. */
export function formatOf(options: Readonly<Record<string, unknown>>): Format {
  if (options.json) return "json";
  if (options.ndjson) return "ndjson";
  return options.csv ? "csv" : "table";
}

export interface Column<R> {
  readonly title: string;
  readonly value: (row: R) => string;
  /** The last column may be cut to the terminal's width; the others keep theirs. */
  readonly grow?: boolean;
}

/** Rows in the wanted form: the table shows the columns, the other forms carry the rows whole. */
export function printRows<R extends object>(
  terminal: Terminal,
  format: Format,
  rows: readonly R[],
  columns: readonly Column<R>[],
): void {
  if (format === "json") print(terminal, JSON.stringify(rows, jsonValue, 2));
  else if (format === "ndjson")
    for (const row of rows) print(terminal, JSON.stringify(row, jsonValue));
  else if (format === "csv") for (const line of csvLines(rows)) print(terminal, line);
  else for (const line of tableLines(rows, columns, terminal.stdout.columns)) print(terminal, line);
}

/** Positions are 64-bit: JSON gets them as strings. */
export const jsonValue = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value;

export function tableLines<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  terminalWidth?: number,
): string[] {
  const cells = rows.map((row) => columns.map((column) => printable(column.value(row))));
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((row) => textWidth(row[index] ?? ""))),
  );
  const room = terminalWidth ? roomForLast(widths, terminalWidth) : Number.POSITIVE_INFINITY;
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) =>
        index === texts.length - 1 ? clip(text, room) : pad(text, widths[index] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(columns.map((column) => column.title.toUpperCase())), ...cells.map(line)];
}

const roomForLast = (widths: readonly number[], total: number): number =>
  Math.max(20, total - widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0));

const pad = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - textWidth(text)));
const textWidth = (text: string): number => [...text].length;
const clip = (text: string, room: number): string =>
  textWidth(text) <= room ? text : `${[...text].slice(0, room - 1).join("")}…`;

/** One line, and nothing that steers a terminal: escapes, controls and direction overrides become spaces. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ");

/** A header of every name that a row has, then the rows; no cell runs as a formula. */
export function csvLines(rows: readonly object[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const plain = (value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  return [
    csvLine(names),
    ...rows.map((row) =>
      csvLine(names.map((name) => plain((row as Record<string, unknown>)[name]))),
    ),
  ];
}
