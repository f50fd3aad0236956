// A process that takes work, says so, and never ends it: tests kill it.
import { openQueue, startWorker } from "@newsledger/queue";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { quiet } from "./backends.ts";
import { anyJob } from "./jobs.ts";

const [databaseUrl = "", redisUrl = "", name = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl });
const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
const queue = await openQueue({ databaseUrl, redisUrl, logger: quiet });
startWorker({ queue, db, logger: quiet }, anyJob(5, name), {
  concurrency: 5,
  handle({ id }) {
    process.stdout.write(`${id}\n`);
    return new Promise(() => {});
  },
});
