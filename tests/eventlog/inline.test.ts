import { type Projection, ProjectionOutdated, rebuild } from "@newsledger/eventlog";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { count, type Notes, note, openNotes, openTestLog, type TestLog } from "./open.ts";

/** A balance for each stream; version 2 counts double. */
const balances = (version: number): Projection<Notes> => ({
  name: "balances",
  version,
  types: ["counted"],
  reset: async (trx) => {
    await sql`delete from balances`.execute(trx);
  },
  apply: async (events, trx) => {
    for (const event of events) {
      if (event.type !== "counted") continue;
      if (event.data.n === 13) throw new Error("thirteen is refused");
      await sql`insert into balances as b values (${event.stream}, ${event.data.n * version})
        on conflict (stream) do update set total = b.total + excluded.total`.execute(trx);
    }
  },
});

async function openBalances(): Promise<TestLog> {
  const t = await openTestLog();
  await sql`create table balances (stream text primary key, total int)`.execute(t.db);
  return t;
}

const all = async (t: TestLog) =>
  Object.fromEntries(
    (
      await sql<{ stream: string; total: number }>`select * from balances order by 1`.execute(t.db)
    ).rows.map(({ stream, total }) => [stream, total]),
  );

test("an append and what it means for an inline projection are one commit", async () => {
  await using t = await openBalances();
  await t.log.append("a", [count(1), note("x"), count(2)]);
  using _ = await t.log.projectInline(balances(1));
  expect(await all(t)).toEqual({ a: 3 }); // what was there before
  await t.log.append("a", [count(10)]);
  expect(await all(t)).toEqual({ a: 13 }); // no waiting
  await t.log.appendMany([
    { stream: "a", events: [count(100), note("y")] },
    { stream: "b", events: [count(5), count(6)] },
    { stream: "c", events: [count(1)], expected: "exists" },
  ]);
  expect(await all(t)).toEqual({ a: 113, b: 11 });
  const undone = t.db.transaction().execute(async (trx) => {
    await t.log.within(trx).append("b", [count(1000)]);
    throw new Error("changed my mind");
  });
  await expect(undone).rejects.toThrow("changed my mind");
  expect(await all(t)).toEqual({ a: 113, b: 11 });
});

test("what the projection refuses is not appended", async () => {
  await using t = await openBalances();
  using _ = await t.log.projectInline(balances(1));
  await expect(t.log.append("a", [count(13)])).rejects.toThrow("thirteen is refused");
  expect(await Array.fromAsync(t.log.read())).toEqual([]);
});

test("a repeated append changes the projection once", async () => {
  await using t = await openBalances();
  using _ = await t.log.projectInline(balances(1));
  for (let i = 0; i < 3; i++) await t.log.append("a", [count(7)], { key: "seven" });
  expect(await all(t)).toEqual({ a: 7 });
});

test("begun in the middle of eight writers it misses nothing and counts nothing twice", async () => {
  await using t = await openBalances();
  let writing = true;
  const written = [0, 0, 0, 0, 0, 0, 0, 0];
  const writers = written.map(async (_, writer) => {
    while (writing) {
      if (writer % 2) await t.log.append(`w${writer}`, [count(1), count(1)]);
      else
        await t.db
          .transaction()
          .execute((trx) => t.log.within(trx).append(`w${writer}`, [count(1), count(1)]));
      written[writer] = (written[writer] ?? 0) + 2;
    }
  });
  await t.log.append("before", [count(1)]);
  using _ = await t.log.projectInline(balances(1));
  await new Promise((resolve) => setTimeout(resolve, 200));
  writing = false;
  await Promise.all(writers);
  expect(await all(t)).toEqual({
    before: 1,
    ...Object.fromEntries(written.map((amount, writer) => [`w${writer}`, amount])),
  });
});

test("a raised version is rebuilt, an older one is refused, and a rebuild can be asked for", async () => {
  await using t = await openBalances();
  await t.log.append("a", [count(1)]);
  (await t.log.projectInline(balances(1)))[Symbol.dispose]();
  await using other = await openNotes(t.pool);
  using _ = await other.projectInline(balances(2));
  expect(await all(t)).toEqual({ a: 2 });
  await expect(t.log.projectInline(balances(1))).rejects.toThrow(ProjectionOutdated);

  await sql`update balances set total = -1`.execute(t.db);
  expect(await rebuild(t.pool, "balances")).toBe(true);
  await using next = await openNotes(t.pool);
  using __ = await next.projectInline(balances(2));
  expect(await all(t)).toEqual({ a: 2 });
});
