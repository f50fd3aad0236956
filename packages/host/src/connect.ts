import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { query } from "./database.ts";
import { AlreadyRunning, type DataLock, lockDataDirectory } from "./lock.ts";
import { openPostgres, type Postgres, startEmbedded } from "./postgres.ts";
import { accessUrl, readAccess } from "./postgres-files.ts";

/**
 * The database for one command: DATABASE_URL, or the built-in server that already runs, or one started for as long
 * as this command lasts. Commands may overlap: the last to leave stops the server.
 */
export async function connectDatabase(
  config: Pick<Config, "dataDir" | "databaseUrl">,
  logger: Logger,
): Promise<Postgres> {
  if (config.databaseUrl !== undefined) return openPostgres(config, logger);
  const until = Date.now() + 15_000;
  for (;;) {
    const guest = await visit(config.dataDir, logger);
    if (guest) return guest;
    const lock = await lockIfFree(config.dataDir);
    if (lock) return own(config.dataDir, lock, logger);
    if (Date.now() >= until)
      throw new Error(
        `Another Newsledger holds ${config.dataDir}, but its database does not answer. Stop it and try again.`,
      );
    await pause(100); // it is starting, or stopping
  }
}

async function lockIfFree(dataDir: string): Promise<DataLock | null> {
  try {
    return await lockDataDirectory(dataDir, { purpose: "command", waitMs: 0 });
  } catch (error) {
    if (error instanceof AlreadyRunning) return null;
    throw error;
  }
}

async function own(dataDir: string, lock: DataLock, logger: Logger): Promise<Postgres> {
  try {
    const postgres = await startEmbedded(dataDir, logger);
    return {
      url: postgres.url,
      async [Symbol.asyncDispose]() {
        await using _lock = lock;
        if (await isIdle(postgres.url)) await postgres[Symbol.asyncDispose]();
        else await postgres.leave();
      },
    };
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}

/** Uses the server that runs, if one does; should its owner have left meanwhile, the last guest stops it. */
async function visit(dataDir: string, logger: Logger): Promise<Postgres | null> {
  const access = await readAccess(dataDir);
  if (!access) return null;
  const url = accessUrl(access);
  // Held open as long as the command lasts: the owner sees by it that somebody is still here.
  const presence = new pg.Client({ connectionString: url, application_name: "newsledger command" });
  presence.on("error", () => {});
  try {
    await presence.connect();
  } catch {
    await presence.end().catch(() => {});
    return null;
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      await presence.end().catch(() => {});
      const lock = await lockIfFree(dataDir);
      if (!lock) return;
      await using _lock = lock;
      if (!(await isIdle(url))) return;
      const postgres = await startEmbedded(dataDir, logger);
      await postgres[Symbol.asyncDispose]();
    },
  };
}

/** Nobody else is connected. A server that does not answer is nobody's. */
async function isIdle(url: string): Promise<boolean> {
  const rows = await query<{ others: number }>(
    url,
    `select count(*)::int as others from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  ).catch(() => []);
  return (rows[0]?.others ?? 0) === 0;
}
