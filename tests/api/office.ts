import { migrations as alertsMigrations, seedRules } from "@newsledger/alerts";
import { migrations as apiMigrations } from "@newsledger/api";
import { administration } from "@newsledger/cli/administration";
import { migrations as digestMigrations, pressOf } from "@newsledger/digest";
import { loadKnowledge } from "@newsledger/extraction";
import { createLogger, createMetrics, loadConfig } from "@newsledger/host";
import { addFeed, migrations as pollerMigrations } from "@newsledger/poller";
import { openMemoryQueue, type Queue, migrations as queueMigrations } from "@newsledger/queue";
import { sql } from "kysely";
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

/** A receiver that answers 500 to all, and five messages to it: four that failed, and a test of it that arrived. */
export async function fillDeliveries({ ledger }: Site): Promise<void> {
  const { db } = ledger.database;
  await sql`
    insert into newsledger.webhooks (webhook_id, url, shown_url, secret)
    values ('w-1', 'https://hooks.example/one', 'https://hooks.example', 'whsec_kept')`.execute(db);
  for (const nth of [0, 1, 2, 3, 4]) {
    const [kind, state] = nth === 4 ? ["webhook.test", "delivered"] : ["alert.raised", "failed"];
    const id = `d-${nth}`;
    await sql`
      insert into newsledger.deliveries (delivery_id, message_id, channel, target, cause, kind, payload, state, attempts,
        created_at, done_at)
      values (${id}, ${id}, 'webhook', 'w-1', ${`alert-${nth}`}, ${kind}, '{}', ${state}, 1,
        '2023-10-01T08:00:00Z', '2023-10-01T08:00:01Z')`.execute(db);
    await sql`
      insert into newsledger.delivery_attempts (delivery_id, attempt, status, error, response, duration_ms)
      values (${id}, 1, ${nth === 4 ? 204 : 500}, null, 'out of order', 12)`.execute(db);
  }
}

/** One that is not followed. */
export const unfollowed = {
  id: "helicoide",
  version: 1,
  title: { en: "El Helicoide", es: "El Helicoide" },
  about: { en: "A prison", es: "Una cárcel" },
  hints: ["helicoide"],
  terms: { place: ["helicoide"] },
  rules: [{ rule: "names it", any: ["place"], strong: true, tier: "digest" }],
};
