import { createInterface } from "node:readline";
import { type Args, type OptionSpecs, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const ndjsonOption: OptionSpecs = {
  ndjson: { type: "boolean", meaning: "one JSON object a line, in and out" },
};

/** Answers each line of stdin with a line on stdout, in order, without holding more than one. */
export async function answerLines(
  args: Args,
  terminal: Terminal,
  answer: (line: string) => string,
): Promise<void> {
  if (!args.options.ndjson)
    throw new UsageError("this command reads and writes lines of JSON: add --ndjson");
  for await (const line of createInterface({
    input: terminal.stdin,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (terminal.signal.aborted) return;
    if (line.trim() === "") continue;
    if (!terminal.stdout.write(`${answer(line)}\n`)) {
      await new Promise<void>((resolve) => terminal.stdout.once("drain", () => resolve()));
    }
  }
}
