import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type pg from "pg";
import { expect, test } from "vitest";
import { allPositions, note, openTestLog, type TestLog } from "./open.ts";
import { sequence } from "./sequence.ts";

/** Transactions that stay open a while, some rolled back, some in part, some over two streams, some through group commit. */
async function writeWhile(
  t: TestLog,
  writer: number,
  going: (turn: number) => boolean,
): Promise<void> {
  const random = sequence(writer + 1);
  for (let i = 0; going(i); i++) {
    if (random() < 0.2) {
      await t.log.append("shared", [note("grouped")], { key: `${writer}-${i}` });
      continue;
    }
    const trx = await t.db.startTransaction().execute();
    const log = t.log.within(trx);
    await log.append(`own-${writer}`, [note("1"), note("2")]);
    await pause(random() * 10);
    const point = await trx.savepoint("before").execute();
    await t.log.within(point).append("shared", [note("maybe")]);
    if (random() < 0.3) await point.rollbackToSavepoint("before").execute();
    else await point.releaseSavepoint("before").execute();
    await pause(random() * 5);
    await (random() < 0.15 ? trx.rollback() : trx.commit()).execute();
  }
}

/** What not to do: it jumps over the events of slower transactions. */
async function readNaively(pool: pg.Pool, done: () => boolean): Promise<bigint[]> {
  const seen: bigint[] = [];
  for (;;) {
    const finished = done();
    const { rows } = await pool.query<{ global_position: string }>(
      "select global_position from newsledger.events where global_position > $1 order by 1 limit 50",
      [seen.at(-1) ?? 0n],
    );
    seen.push(...rows.map((row) => BigInt(row.global_position)));
    if (finished && rows.length === 0) return seen;
  }
}

test("beside 16 writers, savepoints and rollbacks a subscription misses nothing, repeats nothing and keeps the order", async () => {
  await using t = await openTestLog();
  const seen: { position: bigint; stream: string; version: number }[] = [];
  const subscription = t.log.subscribe({
    name: "tail",
    batchSize: 50,
    handle: async (events) => {
      seen.push(...events);
      return undefined;
    },
  });
  let finished = false;
  const naive = readNaively(t.pool, () => finished);
  const until = performance.now() + 4_000;
  // At least ten turns each, however slow the machine.
  const going = (turn: number) => turn < 10 || performance.now() < until;
  await Promise.all(Array.from({ length: 16 }, (_, writer) => writeWhile(t, writer, going)));
  finished = true;
  await subscription.caughtUp();

  const committed = await allPositions(t.pool);
  expect(committed.length).toBeGreaterThan(200);
  expect(seen.map(({ position }) => position)).toEqual(committed);
  const versions = new Map<string, number>();
  for (const { stream, version } of seen) {
    expect(version).toBe((versions.get(stream) ?? 0) + 1);
    versions.set(stream, version);
  }
  // The planted check: had the load been too tame to lose events, this test would prove nothing.
  expect((await naive).length).toBeLessThan(committed.length);
});

test("a long transaction that does not append holds nobody up", async () => {
  await using t = await openTestLog();
  const other = await t.db.startTransaction().execute();
  await sql`select pg_current_xact_id()`.execute(other);
  await sql`create table unrelated (n int)`.execute(other);
  const seen: bigint[] = [];
  await using subscription = t.log.subscribe({
    name: "tail",
    handle: async (events) => {
      seen.push(...events.map(({ position }) => position));
      return undefined;
    },
  });
  await t.log.append("a", [note("x"), note("y")]);
  await subscription.caughtUp(2n, { timeoutMs: 20_000 });
  expect(seen).toEqual([1n, 2n]);
  await other.rollback().execute();
});

test("an open append holds up readers at its place, and no writer", async () => {
  await using t = await openTestLog();
  await t.log.append("before", [note("1")]);
  const open = await t.db.startTransaction().execute();
  await t.log.within(open).append("open", [note("2")]);
  await t.log.append("after", [note("3")]); // resolves: writers do not wait
  expect(await t.log.safePosition()).toBe(1n);
  expect(await Array.fromAsync(t.log.read())).toHaveLength(1);
  await open.commit().execute();
  expect(await t.log.safePosition()).toBe(3n);
  expect((await Array.fromAsync(t.log.read())).map(({ stream }) => stream)).toEqual([
    "before",
    "open",
    "after",
  ]);
});

test("a rollback leaves a hole and no wait", async () => {
  await using t = await openTestLog();
  const open = await t.db.startTransaction().execute();
  await t.log.within(open).append("open", [note("never")]);
  await open.rollback().execute();
  await t.log.append("after", [note("2")]);
  expect((await Array.fromAsync(t.log.read())).map(({ position }) => position)).toEqual([2n]);
});

test("many appends in one transaction take one lock", async () => {
  await using t = await openTestLog();
  await t.db.transaction().execute(async (trx) => {
    for (let i = 0; i < 10; i++) await t.log.within(trx).append(`s${i}`, [note("x")]);
    const { rows } = await sql<{ locks: number }>`
      select count(*)::int as locks from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`.execute(
      trx,
    );
    expect(rows).toEqual([{ locks: 1 }]);
  });
});
