import { exportLines } from "@newsledger/eventlog";
import type { Command } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { counted, startProgress } from "../progress.ts";

export const exportCommand: Command = {
  name: "export",
  summary: "write the whole ledger to stdout, oldest first, one event a line",
  options: {
    ndjson: { type: "boolean", meaning: "one JSON object a line (the only form there is)" },
    texts: { type: "boolean", meaning: "the full texts too, after the events" },
    ...ledgerOptions,
  },
  examples: ["newsledger export > ledger.ndjson", "newsledger export --texts > whole.ndjson"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ pool }) => {
      const lines = exportLines(pool, { texts: args.options.texts === true });
      for await (const line of counted(lines, startProgress(terminal, "lines written"))) {
        if (terminal.signal.aborted) return;
        if (!terminal.stdout.write(`${line}\n`)) {
          await new Promise<void>((resolve) => terminal.stdout.once("drain", () => resolve()));
        }
      }
    }),
};
