import { Queue as Bull, createPostgresBackend, Worker } from "bullmq";
import pg from "pg";
import { BullQueue } from "./bull.ts";
import { placeOf } from "./place.ts";
import { jobOptions, type Store, streams, workerOptions } from "./store.ts";
import type { Logger, Queue } from "./types.ts";

/** The queue's own schema: losing it, or emptying it, costs time and no data. */
const schema = "newsledger_queue";

/** The queue in Postgres through BullMQ: the default, which needs no other server. */
export async function openPostgresQueue(options: {
  databaseUrl: string;
  logger: Logger;
  graceSeconds: number;
}): Promise<Queue> {
  const { databaseUrl, logger, graceSeconds } = options;
  const queue = new BullQueue(postgresStore(databaseUrl), logger, graceSeconds);
  await queue.check();
  return queue;
}

function postgresStore(databaseUrl: string): Store {
  /** `migrate` is needed: without it BullMQ loops on "schema not initialized". Every queue has a pool of its own. */
  const connection = (max: number) => ({
    connectionString: databaseUrl,
    schema,
    migrate: true,
    max,
    application_name: "newsledger-queue",
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    keepAlive: true,
  });
  const once = <T>(work: (client: pg.Client) => Promise<T>) => withClient(databaseUrl, work);
  return {
    kind: "postgres",
    place: placeOf(databaseUrl),
    producer: (job) =>
      new Bull(
        job,
        { connection: connection(2), defaultJobOptions: jobOptions, streams },
        createPostgresBackend,
      ),
    consumer: (job, run, concurrency) =>
      new Worker(
        job,
        run,
        { connection: connection(Math.min(concurrency + 1, 4)), ...workerOptions, concurrency },
        createPostgresBackend,
      ),
    assertThere() {},
    ping: () => once((client) => client.query("select 1")),
    check: () => once(checkPostgres),
    wipe: () => once(wipePostgres),
    async close() {},
  };
}

async function checkPostgres(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ synchronous_commit: string }>("show synchronous_commit");
  if (rows[0]?.synchronous_commit === "off") {
    throw new Error(
      "this Postgres has synchronous_commit = off: a crash would lose what it said was stored. " +
        "Set it to on (ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf();)",
    );
  }
}

async function wipePostgres(client: pg.Client): Promise<void> {
  // `migration` says which shape the schema has: without it BullMQ would refuse the schema.
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = $1 and tablename <> 'migration' order by tablename <> 'job'`,
    [schema],
  );
  // Not TRUNCATE: it would wait for busy workers, and they for it.
  for (const { name } of rows) await client.query(`delete from ${name}`);
}

async function withClient<T>(
  connectionString: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {}); // the query in hand fails with it
  try {
    await client.connect();
    return await work(client);
  } catch (cause) {
    throw new Error(`use Postgres at ${placeOf(connectionString)} as the queue: ${String(cause)}`, {
      cause,
    });
  } finally {
    await client.end().catch(() => {});
  }
}
