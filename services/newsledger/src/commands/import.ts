import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { importLines } from "@newsledger/eventlog";
import type { Command } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { counted, startProgress } from "../progress.ts";
import { print } from "../terminal.ts";

export const importCommand: Command = {
  name: "import",
  summary: "read an export from stdin into an empty ledger, checking every hash",
  options: { ...ledgerOptions },
  examples: [
    "NEWSLEDGER_DATA_DIR=elsewhere newsledger import < whole.ndjson",
    "newsledger export --texts | NEWSLEDGER_DATA_DIR=elsewhere newsledger import",
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ pool }) => {
        const lines = counted(linesOf(terminal.stdin), startProgress(terminal, "lines read"));
        const { events, texts } = await importLines(pool, lines);
        print(terminal, `${events} events and ${texts} texts imported; every hash fits.`);
      },
      { create: true },
    ),
};

/** Begins to read when the first line is asked for: what readline hears before that is lost. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}
