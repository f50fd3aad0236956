import type { Command } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { jsonValue } from "../output.ts";

export const exportCommand: Command = {
  name: "export",
  summary: "write the whole ledger to stdout, oldest first, one event a line",
  options: {
    ndjson: { type: "boolean", meaning: "one JSON object a line (the only form there is)" },
    ...ledgerOptions,
  },
  examples: ["newsledger export > ledger.ndjson"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log }) => {
      for await (const event of log.read()) {
        if (terminal.signal.aborted) return;
        const line = JSON.stringify(event, jsonValue);
        if (!terminal.stdout.write(`${line}\n`)) {
          await new Promise<void>((resolve) => terminal.stdout.once("drain", () => resolve()));
        }
      }
    }),
};
