import { setTimeout as pause } from "node:timers/promises";
import { type Projection, ProjectionOutdated, rebuild } from "@newsledger/eventlog";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { count, type Notes, note, openNotes, openTestLog, type TestLog } from "./open.ts";

/** Sums what was counted; version 2 sums it twice. */
const sum = (version: number): Projection<Notes> => ({
  name: "sum",
  version,
  types: ["counted"],
  reset: async (trx) => {
    await sql`update sums set total = 0`.execute(trx);
  },
  apply: async (events, trx) => {
    for (const event of events)
      if (event.type === "counted")
        await sql`update sums set total = total + ${event.data.n * version}`.execute(trx);
  },
});

async function openSums(): Promise<TestLog> {
  const t = await openTestLog();
  await sql`create table sums (total int)`.execute(t.db);
  await sql`insert into sums values (1000)`.execute(t.db);
  return t;
}

const total = async (t: TestLog) =>
  (await sql<{ total: number }>`select total from sums`.execute(t.db)).rows[0]?.total;

test("a projection starts empty and follows the log", async () => {
  await using t = await openSums();
  await t.log.append("a", [count(1), note("x"), count(2)]);
  const projection = t.log.project(sum(1));
  await projection.caughtUp();
  await t.log.append("a", [count(3)]);
  await projection.caughtUp();
  expect(projection.name).toBe("projection:sum@1");
  expect(await total(t)).toBe(6);
});

test("it goes on where it stopped, without another reset", async () => {
  await using t = await openSums();
  await t.log.append("a", [count(1)]);
  for (const n of [10, 100]) {
    await using projection = t.log.project(sum(1));
    await projection.caughtUp();
    await t.log.append("a", [count(n)]);
    await projection.caughtUp();
  }
  expect(await total(t)).toBe(111);
});

test("a raised version is rebuilt from the start, and an older program then keeps away", async () => {
  await using t = await openSums();
  await t.log.append("a", [count(1), count(2)]);
  const old = t.log.project(sum(1));
  await old.caughtUp();

  await using newer = await openNotes(t.pool);
  const rebuilt = newer.project(sum(2));
  await rebuilt.caughtUp();
  await t.log.append("a", [count(3)]);
  await rebuilt.caughtUp();
  await expect(old.ended).rejects.toThrow(ProjectionOutdated);
  await expect(t.log.project(sum(1)).ended).rejects.toThrow("version 2 is in use");
  expect(await total(t)).toBe(12);
  expect((await t.log.lag()).map(({ name }) => name)).toEqual(["projection:sum@2"]);
});

test("of two programs that start it together one resets it", async () => {
  await using t = await openSums();
  await using other = await openNotes(t.pool);
  await t.log.append("a", [count(1)]);
  const both = [t.log.project(sum(1)), other.project(sum(1))];
  await Promise.all(both.map((projection) => projection.caughtUp()));
  expect(await total(t)).toBe(1);
});

test("a rebuild that is asked for is done by the worker that runs, though nothing new comes", async () => {
  await using t = await openSums();
  await t.log.append("a", [count(1), count(2)]);
  const projection = t.log.project(sum(1));
  await projection.caughtUp();
  await sql`update sums set total = -1`.execute(t.db); // damaged by a mistake
  expect(await rebuild(t.pool, "sum")).toBe(true);
  expect(await rebuild(t.pool, "unheard of")).toBe(false);
  while ((await total(t)) !== 3) await pause(50);
});
