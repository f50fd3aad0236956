import { setTimeout as pause } from "node:timers/promises";
import { type EventLog, migrations, type RecordedEvent } from "@newsledger/eventlog";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";
import { count, type Notes, note, openNotes, openTestLog } from "./open.ts";
import { sequence } from "./sequence.ts";

const writers = 36;
const wanted = 100_000;

/** What a subscriber got: how much, and every breach of the order of the log and of the streams. */
class Witness {
  readonly positions: bigint[] = [];
  readonly breaches: string[] = [];
  readonly #versions = new Map<string, number>();

  handle = async (events: readonly RecordedEvent<Notes>[]): Promise<undefined> => {
    for (const { position, stream, version } of events) {
      const before = this.positions.at(-1) ?? 0n;
      if (position <= before) this.breaches.push(`${position} after ${before}`);
      if (version !== (this.#versions.get(stream) ?? 0) + 1)
        this.breaches.push(`${stream} ${version} after ${this.#versions.get(stream) ?? 0}`);
      this.#versions.set(stream, version);
      this.positions.push(position);
    }
    return undefined;
  };
}

const notes = (amount: number) => Array.from({ length: amount }, (_, i) => note(`${i}`));

/** Transactions over several streams, held open a moment, some rolled back to a savepoint, some wholly. */
async function write(
  log: EventLog<Notes>,
  db: Kysely<unknown>,
  writer: number,
  written: { events: number },
): Promise<void> {
  const random = sequence(writer + 1);
  while (written.events < wanted) {
    if (random() < 0.2) {
      await log.append(`group-${writer % 4}`, [count(writer)]);
      written.events += 1;
      continue;
    }
    const trx = await db.startTransaction().execute();
    const inside = log.within(trx);
    await inside.append(`own-${writer}`, notes(40));
    if (random() < 0.3) await pause(random() * 10);
    const point = await trx.savepoint("before").execute();
    await log.within(point).append(`shared-${Math.floor(random() * 8)}`, notes(20));
    const undone = random() < 0.3;
    if (undone) await point.rollbackToSavepoint("before").execute();
    else await point.releaseSavepoint("before").execute();
    const aborted = random() < 0.1;
    await (aborted ? trx.rollback() : trx.commit()).execute();
    if (!aborted) written.events += undone ? 40 : 60;
  }
}

test("100,000 events of 36 writers with aborts and savepoints reach two subscribers once each, in order", async () => {
  await using database = await createTestDatabase(migrations);
  const pool = new pg.Pool({ connectionString: database.url, max: writers + 8 });
  pool.on("error", () => {}); // the database may go before the last connection has said goodbye
  await using _pool = { [Symbol.asyncDispose]: () => pool.end() };
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await using log = await openNotes(pool);
  const small = new Witness();
  const large = new Witness();
  const subscriptions = [
    log.subscribe({ name: "small", batchSize: 97, handle: small.handle }),
    log.subscribe({ name: "large", batchSize: 1_000, handle: large.handle }),
  ];
  const written = { events: 0 };
  await Promise.all(Array.from({ length: writers }, (_, w) => write(log, db, w, written)));
  await Promise.all(subscriptions.map((one) => one.caughtUp()));

  const { rows } = await pool.query<{ all: string[] }>(
    "select array_agg(global_position order by global_position) as all from newsledger.events",
  );
  const committed = rows[0]?.all.join();
  expect(rows[0]?.all.length).toBe(written.events);
  for (const { breaches, positions } of [small, large]) {
    expect(breaches).toEqual([]);
    expect(positions.join() === committed).toBe(true); // a difference of 100,000 lines helps nobody
  }
}, 180_000);

/** From append to handler, in milliseconds, one event at a time. */
async function delays(
  log: EventLog<Notes>,
  heard: Map<string, () => void>,
  amount: number,
): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < amount; i++) {
    const text = `${performance.now()}`;
    const handled = new Promise<void>((resolve) => heard.set(text, resolve));
    const start = performance.now();
    await log.append("delays", [note(text)]);
    await handled;
    taken.push(performance.now() - start);
    await pause(15);
  }
  return taken.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

test("beside an unrelated transaction of three seconds events arrive as fast as without it", async () => {
  await using t = await openTestLog();
  const heard = new Map<string, () => void>();
  t.log.subscribe({
    name: "delays",
    types: ["noted"],
    async handle(events) {
      for (const { data } of events) heard.get(data.text)?.();
      return undefined;
    },
  });
  await delays(t.log, heard, 20); // connections and plans
  const alone = await delays(t.log, heard, 60);
  const other = await t.db.startTransaction().execute();
  await sql`select pg_current_xact_id()`.execute(other);
  await sql`create table unrelated (n int)`.execute(other);
  const ended = pause(3_000).then(() => other.commit().execute());
  const beside = await delays(t.log, heard, 120);
  await ended;
  console.info(
    `append to handler, p50/p90/max ms: alone ${[0.5, 0.9, 1].map((q) => quantile(alone, q).toFixed(1)).join("/")}, ` +
      `beside a 3 s transaction ${[0.5, 0.9, 1].map((q) => quantile(beside, q).toFixed(1)).join("/")}`,
  );
  // A reader that waited for the transaction would see seconds; the busiest machine does not shift the median by 50 ms.
  expect(quantile(beside, 0.5) - quantile(alone, 0.5)).toBeLessThan(50);
  expect(quantile(beside, 0.9)).toBeLessThan(1_000);
});

test("while one appender stays open for three seconds the others keep appending", async () => {
  await using t = await openTestLog();
  const open = await t.db.startTransaction().execute();
  await t.log.within(open).append("open", [note("1")]);
  let closed = false;
  const ended = pause(3_000).then(async () => {
    closed = true;
    await open.commit().execute();
  });
  let appended = 0;
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      while (!closed) {
        await t.log.append(`beside-${writer}`, [note("x")]);
        if (!closed) appended += 1;
      }
    }),
  );
  await ended;
  // A writer that waited would have finished none.
  expect(appended).toBeGreaterThan(100);
});
