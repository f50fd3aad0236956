import { createService } from "@newsledger/alerts";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { openEventLog } from "@newsledger/eventlog";
import { createFetcher } from "@newsledger/feeds";
import { createLogger, loadConfig, openDatabase, openPool, openVault } from "@newsledger/host";
import { openMemoryQueue } from "@newsledger/queue";

/** The alerts service on the database of DATABASE_URL, until it is killed. Says "ready" when it works. */
const config = loadConfig({ env: process.env, cwd: import.meta.dirname });
const pool = openPool(config.databaseUrl ?? "");
const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
await createService({
  post: createFetcher({ allowHosts: config.allowHosts, userAgent: "Newsledger/test" }).post,
  vault: openVault(() => ["a key for tests"]),
  guardHolds: async () => ({ holds: true }),
  leaseSeconds: 1,
  groups: new Map(),
}).start({
  ...{ config, pool, log, db: openDatabase(pool), queue: openMemoryQueue() },
  ...{ logger: createLogger(config), clock: { now: () => new Date() } },
});
process.stdout.write("ready\n");
