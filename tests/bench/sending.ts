import {
  addWebhook,
  migrations as alerts,
  createService,
  exampleOf,
  planDeliveries,
} from "@newsledger/alerts";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { migrate, openEventLog } from "@newsledger/eventlog";
import { createFetcher } from "@newsledger/feeds";
import { createLogger, loadConfig, openDatabase, openPool, openVault } from "@newsledger/host";
import { openMemoryQueue, migrations as queueMigrations } from "@newsledger/queue";
import { sql } from "kysely";
import type { Processor } from "./processor.ts";
import type { Receivers } from "./receivers.ts";

/** The alerts service on a database of its own, with messages planned by hand. */
export interface Sending extends AsyncDisposable {
  addReceivers(receivers: Receivers, names: readonly string[]): Promise<{ secret: string }[]>;
  /** Plans this many messages for every receiver. */
  plan(messages: number): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when nothing is left to send; `hurried`: waits between attempts are ended at once. */
  sent(options?: { hurried?: boolean }): Promise<void>;
  forget(): Promise<void>;
  processorMs(): number;
}

export async function startSending(url: string, processor: Processor | null): Promise<Sending> {
  const pool = openPool(url, { max: 20 });
  await migrate(pool, [...queueMigrations, ...alerts]);
  const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  const db = openDatabase(pool);
  const env = { DATABASE_URL: url, NEWSLEDGER_ALLOW_HOSTS: "127.0.0.1", LOG_LEVEL: "fatal" };
  const config = loadConfig({ env, cwd: import.meta.dirname });
  const vault = openVault(() => ["bench"]);
  const { post } = createFetcher({ allowHosts: config.allowHosts, userAgent: "Newsledger/bench" });
  const logger = createLogger(config);
  const queue = openMemoryQueue();
  const clock = { now: () => new Date() };
  const resources = { config, pool, db, log, queue, logger, clock };
  let running: AsyncDisposable | null = null;
  let planned = 0;

  const left = async (): Promise<number> => {
    const { rows } = await sql<{ left: number }>`
      select count(*)::int as left from newsledger.deliveries where state = 'planned'`.execute(db);
    return rows[0]?.left ?? 0;
  };
  return {
    async addReceivers({ origin }, names) {
      const added = [];
      for (const name of names)
        added.push(
          await addWebhook(db, { url: `${origin}/${name}` }, { checkUrl: async () => {}, vault }),
        );
      return added.map(({ secret }) => ({ secret: secret ?? "" }));
    },
    async plan(messages) {
      const message = exampleOf("alert.raised");
      if (message.type !== "alert.raised") return;
      for (let done = 0; done < messages; done += 100)
        await db.transaction().execute(async (trx) => {
          for (let nth = done; nth < Math.min(messages, done + 100); nth += 1)
            await planDeliveries(trx, {
              cause: `bench-${planned++}`,
              ruleIds: ["bench"],
              caseId: "bench",
              compose: (sequence) => ({ ...message, data: { ...message.data, sequence } }),
            });
        });
    },
    async start() {
      running = await createService({ post, vault, groups: new Map() }).start(resources);
    },
    async stop() {
      await running?.[Symbol.asyncDispose]();
      running = null;
    },
    async sent({ hurried = false } = {}) {
      while ((await left()) > 0) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (hurried)
          await sql`
            update newsledger.deliveries set next_attempt_at = now()
            where state = 'planned' and next_attempt_at > now()`.execute(db);
      }
    },
    async forget() {
      await sql`
        update newsledger.deliveries set state = 'cancelled' where state = 'planned'`.execute(db);
      await sql`
        update newsledger.webhooks set enabled = true, failing_since = null`.execute(db);
    },
    processorMs: () => processor?.() ?? 0,
    async [Symbol.asyncDispose]() {
      await running?.[Symbol.asyncDispose]();
      await log[Symbol.asyncDispose]();
      await pool.end();
    },
  };
}
