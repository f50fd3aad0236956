import { createWriteStream } from "node:fs";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { bundleVerdict, evidence, verifyBundle } from "@newsledger/readmodels";
import type { Command } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { note, print } from "../terminal.ts";
import { version } from "../version.ts";

/** The bundle is not what was written. */
class EvidenceDamaged extends Error {
  override name = "EvidenceDamaged";
}

export const evidenceCommand: Command = {
  name: "evidence",
  summary: "write all that proves a story or an article, to be checked without this ledger",
  words: "<story or article>",
  minWords: 1,
  options: {
    out: {
      type: "string",
      value: "DIRECTORY",
      meaning: "write evidence.ndjson there, with the program that checks it; else to stdout",
    },
    ...ledgerOptions,
  },
  examples: ["newsledger evidence dypovvjwsnvieboujq5m3i5lvh --out evidence"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ pool, db, clock }) => {
      const [id = ""] = args.words;
      const lines = evidence(pool, db, { id, now: clock.now(), version: version() });
      const { out } = args.options;
      if (typeof out !== "string") return writeLines(lines, terminal.stdout);
      // Before the directory: what is not there leaves nothing behind.
      const first = await lines.next();
      await mkdir(out, { recursive: true });
      const file = createWriteStream(join(out, "evidence.ndjson"));
      if (!first.done) file.write(`${first.value}\n`);
      await writeLines(lines, file);
      file.end();
      await finished(file);
      const verifier = import.meta.resolve("@newsledger/readmodels/verify-bundle.ts");
      await copyFile(fileURLToPath(verifier), join(out, "verify-bundle.ts"));
      note(
        terminal,
        `Written to ${out}. Whoever gets it checks it with Node 24 alone: node verify-bundle.ts evidence.ndjson`,
      );
    }),
};

export const evidenceVerifyCommand: Command = {
  name: "evidence verify",
  summary: "check a bundle of evidence; needs no ledger",
  words: "<file>",
  minWords: 1,
  examples: ["newsledger evidence verify evidence/evidence.ndjson"],
  async run(args, terminal) {
    const report = verifyBundle(await readFile(args.words[0] ?? ""));
    print(terminal, bundleVerdict(report));
    if (report.problems.length > 0)
      throw new EvidenceDamaged("This bundle is not what the ledger wrote: ask for it again.");
  },
};

/** Waits for a reader that is slower than the ledger. */
async function writeLines(lines: AsyncIterable<string>, to: Writable): Promise<void> {
  for await (const line of lines)
    if (!to.write(`${line}\n`)) await new Promise<void>((resolve) => to.once("drain", resolve));
}
