import { openQueue } from "@newsledger/queue";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";
import { anyName, quiet, recorder, until } from "./backends.ts";

test("a queue in Postgres goes on after all its connections were cut, again and again", async () => {
  await using database = await createTestDatabase([]);
  await using queue = await openQueue({ databaseUrl: database.url, logger: quiet });
  const job = anyName();
  const done = new Set<string>();
  await using _ = queue.work(
    job,
    async ({ key }) => {
      done.add(key);
    },
    { concurrency: 2 },
  );
  for (let round = 0; round < 3; round++) {
    const key = `k${round}`;
    await queue.enqueue([{ job, key, data: {} }]);
    await until(`${key} is done`, () => done.has(key));
    const { rowCount } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()
         and (application_name = 'newsledger-queue' or application_name = $1)`,
      [job],
    );
    expect(rowCount).toBeGreaterThan(1); // the pools and the one that listens
  }
  await queue.enqueue([{ job, key: "last", data: {} }]);
  await until("the last is done", () => done.has("last"));
});

test("a worker that starts while Postgres refuses connections works as soon as it can", async () => {
  await using database = await createTestDatabase([]);
  const allow = (yes: boolean) => allowConnections(new URL(database.url).pathname.slice(1), yes);
  const logger = recorder();
  await using queue = await openQueue({ databaseUrl: database.url, logger });
  const job = anyName();
  const done: string[] = [];
  await allow(false);
  await using _ = queue.work(
    job,
    async ({ key }) => {
      done.push(key);
    },
    { concurrency: 1 },
  );
  await until("it was refused", () => logger.lines.some(({ level }) => level === "warn"));
  await expect(queue.enqueue([{ job, key: "a", data: {} }])).rejects.toThrow(
    /enqueue 1 × job-.*postgres:.*not currently accepting connections/,
  );
  await allow(true);
  await queue.enqueue([{ job, key: "b", data: {} }]);
  await until("it works", () => done.length === 1);
  expect(done).toEqual(["b"]);
});

test("a Postgres that may forget what it said was stored is refused", async () => {
  await using database = await createTestDatabase([]);
  const { pathname } = new URL(database.url);
  await database.pool.query(`alter database ${pathname.slice(1)} set synchronous_commit = off`);
  await expect(openQueue({ databaseUrl: database.url, logger: quiet })).rejects.toThrow(
    /synchronous_commit = off.*Set it to on/,
  );
});

test("a Postgres that does not answer is named, its password is not", async () => {
  const opening = openQueue({
    databaseUrl: "postgres://me:secret@127.0.0.1:1/ledger",
    logger: quiet,
  });
  await expect(opening).rejects.toThrow(/postgres:\/\/127\.0\.0\.1:1\/ledger.*ECONNREFUSED/);
  await expect(opening).rejects.not.toThrow(/secret/);
});

async function allowConnections(database: string, allowed: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  await client.query(`alter database ${database} allow_connections ${allowed}`);
  await client.end();
}
