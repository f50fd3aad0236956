import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { open, rename, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import {
  BackupRefused,
  backupChunks,
  restoreChunks,
  type Verification,
  verify,
} from "@newsledger/eventlog";
import type { Config } from "@newsledger/host";
import { withDatabase } from "../bare.ts";
import { type Command, UsageError } from "../command.ts";
import { migrations } from "../migrations.ts";
import { note, print } from "../terminal.ts";
import { LedgerDamaged, report } from "./verify.ts";

export const backupCommand: Command = {
  name: "backup",
  summary:
    "write everything into one file while Newsledger runs: ledger, readers, rules, feeds, state",
  words: "<file>",
  minWords: 1,
  examples: ["newsledger backup newsledger-$(date +%F).backup"],
  run: (args, terminal) =>
    withDatabase(terminal, async ({ config, pool }) => {
      const file = resolve(terminal.cwd, args.words[0] ?? "");
      if (existsSync(file)) throw new UsageError(`newsledger backup: ${file} exists already`);
      if (!(await holdsLedger(pool))) throw new Error("backup: there is no ledger here yet");
      const part = `${file}.part`;
      await pipeline(
        backupChunks(pool),
        createGzip(),
        // It holds readers' addresses: nobody but the owner may read it.
        createWriteStream(part, { flush: true, mode: 0o600 }),
        { signal: terminal.signal },
      );
      await rename(part, file);
      await keepName(dirname(file));
      print(terminal, `${file}: ${(await stat(file)).size} bytes`);
      for (const line of keyNotes(config)) note(terminal, line);
    }),
};

export const restoreCommand: Command = {
  name: "restore",
  summary: "read a backup into an empty database, checking every table and every hash",
  words: "<file>",
  minWords: 1,
  examples: [
    "NEWSLEDGER_DATA_DIR=/srv/newsledger newsledger restore newsledger-2026-11-24.backup",
    "DATABASE_URL=postgres://… newsledger restore newsledger-2026-11-24.backup",
  ],
  async run(args, terminal) {
    const file = resolve(terminal.cwd, args.words[0] ?? "");
    if (!existsSync(file)) throw new UsageError(`newsledger restore: there is no ${file}`);
    await withDatabase(terminal, async ({ config, pool }) => {
      const source = createReadStream(file);
      const chunks = source.pipe(createGunzip());
      source.once("error", (error) => chunks.destroy(error));
      const restored = await restoreChunks(pool, chunks, migrations).catch((cause) => {
        throw damagedFile(file, cause) ?? cause;
      });
      print(
        terminal,
        `${restored.rows} rows of ${restored.tables} tables, as they were at ${restored.takenAt}.`,
      );
      const found: Verification = await verify(pool);
      for (const line of report(found)) print(terminal, line);
      if (found.problems.length > 0)
        throw new LedgerDamaged(
          "The backup holds a ledger that was changed outside of Newsledger.",
        );
      for (const line of nextSteps(config)) note(terminal, line);
    });
  },
};

async function holdsLedger(pool: Parameters<typeof backupChunks>[0]): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select to_regclass('newsledger.events') is not null as there",
  );
  return rows[0]?.there === true;
}

/** The rename is on the disk only once the directory is. */
async function keepName(directory: string): Promise<void> {
  const handle = await open(directory);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What zlib says of a file that was cut off or is none of ours. */
function damagedFile(file: string, cause: unknown): BackupRefused | null {
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code !== "string" || !code.startsWith("Z_")) return null;
  return new BackupRefused(`restore ${file}: it is damaged, cut off, or no backup (${code})`, {
    cause,
  });
}

const keyNotes = ({ dataDir, secretKey }: Config): string[] =>
  secretKey === undefined
    ? [
        `Stored secrets are sealed. Keep ${join(dataDir, "secret.key")} too, in another place than the backup: without it webhook secrets cannot be opened.`,
      ]
    : ["Stored secrets are sealed with NEWSLEDGER_SECRET_KEY: keep it too, in another place."];

const nextSteps = ({ dataDir, secretKey }: Config): string[] => [
  ...(secretKey === undefined
    ? [`Put the secret.key that belongs to the backup into ${dataDir} before the first start.`]
    : []),
  "Start with: newsledger up. Mails and webhook messages that were waiting stay held, for they may have been sent since the backup:",
  "  newsledger digest release --help, newsledger webhooks release --help",
];
