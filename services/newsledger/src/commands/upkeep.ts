import { createWriteStream } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { streams, textRedacted } from "@newsledger/core";
import { type KeepMonth, redactText, retire } from "@newsledger/eventlog";
import { forgetText, keepReadModels, rebuildReadModels } from "@newsledger/readmodels";
import { type Args, type Command, UsageError } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { startProgress } from "../progress.ts";
import { note, print, type Terminal } from "../terminal.ts";

const reason = { type: "string", value: "TEXT", meaning: "why; it is kept" } as const;

export const replayCommand: Command = {
  name: "replay",
  summary: "have the events that a reader put aside handled again, once the fault is mended",
  words: "<reader>",
  minWords: 1,
  options: { ...ledgerOptions },
  examples: ["newsledger doctor", "newsledger replay alerts"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log }) => {
      const [name = ""] = args.words;
      const asked = await log.replayParked(name);
      print(
        terminal,
        asked === 0
          ? `${name} has put nothing aside.`
          : `${asked === 1 ? "1 event" : `${asked} events`} will be handled again as soon as ${name} runs. See: newsledger doctor`,
      );
    }),
};

export const redactCommand: Command = {
  name: "redact",
  summary: "remove the words of a text for ever; its hash and what was learnt from it stay",
  words: "<text hash>",
  minWords: 1,
  options: { reason, ...ledgerOptions },
  examples: ['newsledger redact 9f2c… --reason "a court ordered it"'],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, log }) => {
      const [textHash = ""] = args.words;
      if (!/^[0-9a-f]{64}$/.test(textHash))
        throw new UsageError("newsledger redact takes the 64 hex digits of a text's hash");
      const event = textRedacted.create({ textHash, reason: reasonOf(args, "redact") });
      const found = await db.transaction().execute(async (trx) => {
        if (!(await redactText(trx, textHash))) return false;
        await log.within(trx).append(streams.text(textHash), [event]);
        await forgetText(trx, textHash); // what is searched must forget the words too
        return true;
      });
      if (!found) throw new Error(`redact ${textHash}: no such text, or it was redacted before`);
      print(terminal, "The words are gone, and nothing finds them any more.");
      note(
        terminal,
        "Quotations in events, exports and backups from before still hold what they held.",
      );
    }),
};

export const rebuildCommand: Command = {
  name: "rebuild",
  summary: "build the read models anew from the ledger, beside the ones that answer meanwhile",
  options: { ...ledgerOptions },
  examples: ["newsledger rebuild"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, log, logger }) => {
      const began = performance.now();
      const version = await rebuildReadModels(db);
      await using keeper = keepReadModels({ log, db, logger });
      await whileWatched(log, version, terminal, () => keeper.caughtUp());
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      print(terminal, `The read models are new: built beside the old ones in ${seconds} s.`);
    }),
};

/** Says how many events the new version holds, while it is built. */
async function whileWatched(
  log: Pick<Ledger["log"], "lag">,
  version: number,
  terminal: Terminal,
  work: () => Promise<void>,
): Promise<void> {
  const progress = startProgress(terminal, "events read");
  const look = async () => {
    const built = (await log.lag()).find(({ name }) => name.endsWith(`@${version}`));
    if (built) progress.reached(Number(built.position));
  };
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs); // only a number on a screen
  try {
    await work();
  } finally {
    clearInterval(timer);
    progress.end();
  }
}

const lookEveryMs = 500;

export const eraseCommand: Command = {
  name: "erase",
  summary: "destroy the key of a person's data: nobody can read it any more, in any copy",
  words: "<subject>",
  minWords: 1,
  options: { reason, ...ledgerOptions },
  examples: ['newsledger erase subscriber-12 --reason "asked for it"'],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log }) => {
      const [subject = ""] = args.words;
      const erased = await log.eraseSubject(subject, reasonOf(args, "erase"));
      print(terminal, erased ? "The key is destroyed." : "The key had been destroyed before.");
      note(terminal, "Backups of the database from before still hold the key: let them expire.");
    }),
};

export const retireCommand: Command = {
  name: "retire",
  summary: "export whole months from before a date to files and take them out of the ledger",
  options: {
    before: { type: "string", value: "YYYY-MM", meaning: "the first month that stays" },
    to: { type: "string", value: "DIRECTORY", meaning: "where the files go" },
    ...ledgerOptions,
  },
  examples: ["newsledger retire --before 2020-01 --to archive"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ pool }) => {
      const { before, to } = args.options;
      if (typeof before !== "string" || !/^\d{4}-(0[1-9]|1[0-2])$/.test(before))
        throw new UsageError(
          "newsledger retire takes --before YYYY-MM, the first month that stays",
        );
      if (typeof to !== "string") throw new UsageError("newsledger retire takes --to DIRECTORY");
      const directory = resolve(terminal.cwd, to);
      await mkdir(directory, { recursive: true });
      const retired = await retire(pool, new Date(`${before}-01T00:00:00Z`), keepIn(directory));
      for (const { month, events, sha256 } of retired)
        print(terminal, `${month}  ${events} events  ${sha256}  ${fileOf(directory, month)}`);
      if (retired.length === 0) print(terminal, `There is nothing from before ${before}.`);
    }),
};

const fileOf = (directory: string, month: string): string =>
  join(directory, `newsledger-${month}.ndjson`);

/** Under its name only once it is whole and on the disk. */
const keepIn =
  (directory: string): KeepMonth =>
  async (month, lines) => {
    const file = fileOf(directory, month);
    await pipeline(
      Readable.from(lines),
      async function* (source: AsyncIterable<string>) {
        for await (const line of source) yield `${line}\n`;
      },
      createWriteStream(`${file}.part`, { flush: true }),
    );
    await rename(`${file}.part`, file);
  };

function reasonOf(args: Args, command: string): string {
  const given = args.options.reason;
  if (typeof given !== "string" || given.trim() === "")
    throw new UsageError(`newsledger ${command} takes --reason: it is kept with what was done`);
  return given;
}
