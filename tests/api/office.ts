import { migrations as alertsMigrations, seedRules } from "@newsledger/alerts";
import { migrations as apiMigrations } from "@newsledger/api";
import { administration } from "@newsledger/cli/administration";
import { migrations as digestMigrations, pressOf } from "@newsledger/digest";
import { loadKnowledge } from "@newsledger/extraction";
import { createLogger, createMetrics, loadConfig } from "@newsledger/host";
import { addFeed, migrations as pollerMigrations } from "@newsledger/poller";
import { openMemoryQueue, type Queue, migrations as queueMigrations } from "@newsledger/queue";
import { openLedger, six, tellTheCase } from "../readmodels/coverage.ts";
import { type Site, serve } from "./site.ts";

/** The site over a told case, with the administration as an installation has it: real rules, deliveries, digests, feeds. */
export async function openOffice({
  openQueue = async () => openMemoryQueue(),
  ...options
}: Parameters<typeof serve>[1] & {
  /** A queue for the database of the site, where the one in memory will not do. */
  openQueue?: (databaseUrl: string) => Promise<Queue>;
} = {}): Promise<Site> {
  const ledger = await openLedger([
    ...apiMigrations,
    ...queueMigrations,
    ...pollerMigrations,
    ...alertsMigrations,
    ...digestMigrations,
  ]);
  await tellTheCase(ledger);
  const { pool, db } = ledger.database;
  await seedRules(db);
  await addFeed(db, ledger.log, { url: "https://uno.example/rss", title: "Diario Uno" });
  const queue = await openQueue(ledger.database.url);
  const config = loadConfig({ env: { LOG_LEVEL: "fatal" }, cwd: import.meta.dirname });
  const clock = { now: () => new Date("2023-10-01T09:00:00Z") };
  const resources = {
    ...{ config, pool, db, log: ledger.log, queue, clock },
    ...{ logger: createLogger(config), metrics: createMetrics() },
  };
  const press = pressOf(resources, { topics: [six], feeds: async () => [] });
  const served = await serve(ledger, {
    administration: administration(resources, { knowledge: loadKnowledge(), press }),
    ...options,
  });
  return {
    ledger,
    ...served,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await ledger[Symbol.asyncDispose]();
    },
  };
}
