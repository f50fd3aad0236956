import { setTimeout as pause } from "node:timers/promises";
import { ProjectionOutdated, type SchemaProjection } from "@newsledger/eventlog";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { count, type Notes, note, openNotes, openTestLog, type TestLog } from "./open.ts";

/** The sum of what was counted; version 2 keeps each number, and can be held up. */
const sums = (version: number, gate?: Promise<void>): SchemaProjection<Notes> => ({
  name: "sums",
  version,
  types: ["counted"],
  async create(trx, schema) {
    const columns = version === 1 ? sql`total int` : sql`n int, note text`;
    await sql`create table ${sql.id(schema, "counted")} (${columns})`.execute(trx);
    if (version === 1) await sql`insert into ${sql.id(schema, "counted")} values (0)`.execute(trx);
  },
  async apply(events, trx, schema) {
    await gate;
    const table = sql.id(schema, "counted");
    for (const event of events) {
      if (event.type !== "counted") continue;
      const { n } = event.data;
      if (version === 1) await sql`update ${table} set total = total + ${n}`.execute(trx);
      else await sql`insert into ${table} values (${n}, 'v2')`.execute(trx);
    }
  },
});

/** One event after the other, with pauses; what it answers ends it. */
function keepAppending(t: TestLog, everyMs: number): () => Promise<void> {
  let writing = true;
  const writer = (async () => {
    while (writing) {
      await t.log.append("a", [count(1)]);
      if (everyMs > 0) await pause(everyMs);
    }
  })();
  return async () => {
    writing = false;
    await writer;
  };
}

const seen = async (t: TestLog) => (await t.pool.query("select * from sums.counted")).rows;
const schemas = async (t: TestLog) =>
  (
    await t.pool.query("select nspname from pg_namespace where nspname ^@ 'sums' order by 1")
  ).rows.map(({ nspname }) => nspname);

test("readers see the old version, up to date, until the new one has caught up; then only the new", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [count(1), note("x"), count(2)]);
  const old = t.log.projectBeside(sums(1));
  await old.live;
  expect(await seen(t)).toEqual([{ total: 3 }]);

  const gate = Promise.withResolvers<void>();
  await using newer = await openNotes(t.pool);
  const next = newer.projectBeside(sums(2, gate.promise));
  await t.log.append("a", [count(4)]);
  await old.caughtUp();
  expect(await seen(t)).toEqual([{ total: 7 }]);
  gate.resolve();
  await next.live;
  expect(await seen(t)).toEqual([1, 2, 4].map((n) => ({ n, note: "v2" })));
  expect(await schemas(t)).toEqual(["sums", "sums_v2"]);
  await t.log.append("a", [count(8)]);
  await next.caughtUp();
  expect(await seen(t)).toHaveLength(4);
  await expect(old.ended).rejects.toThrow(ProjectionOutdated);
  await expect(t.log.projectBeside(sums(1)).ended).rejects.toThrow("version 2 is in use");
});

test("a build that was cut off goes on where it was, and then takes its place", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [count(1)]);
  const never = Promise.withResolvers<void>();
  never.promise.catch(() => {}); // the handler may be gone by then
  const first = await openNotes(t.pool);
  const begun = first.projectBeside(sums(2, never.promise));
  while (!(await schemas(t)).includes("sums_v2")) await new Promise((r) => setTimeout(r, 10));
  never.reject(new Error("cut off"));
  await begun[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
  await expect(begun.live).rejects.toThrow("ended");
  await using again = t.log.projectBeside(sums(2));
  await again.live;
  expect(await seen(t)).toEqual([{ n: 1, note: "v2" }]);
});

test("two processes build one version together, each event once", async () => {
  await using t = await openTestLog();
  await using other = await openNotes(t.pool);
  await t.log.append("a", [count(1), count(2)]);
  const both = [t.log.projectBeside(sums(2)), other.projectBeside(sums(2))];
  await Promise.all(both.map(({ live }) => live));
  expect(await seen(t)).toHaveLength(2);
});

test("a version that was finished by a process which died then takes its place all the same", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [count(1)]);
  const indexed: SchemaProjection<Notes> = {
    ...sums(2),
    async finish(trx, schema) {
      await sql`create index counted_n on ${sql.id(schema, "counted")} (n)`.execute(trx);
    },
  };
  // Nothing can take its place as long as this one holds the table that says so.
  const holder = await t.pool.connect();
  await holder.query("begin");
  await holder.query("lock table newsledger.read_models in exclusive mode");
  const doomed = await openNotes(t.pool);
  const first = doomed.projectBeside(indexed);
  const made = async () =>
    (await t.pool.query("select 1 from pg_indexes where indexname = 'counted_n'")).rowCount;
  while ((await made()) === 0) await new Promise((r) => setTimeout(r, 10));
  await using other = await openNotes(t.pool);
  const second = other.projectBeside(indexed);
  await new Promise((r) => setTimeout(r, 500)); // it comes to the same point, and waits too
  await holder.query("rollback");
  holder.release();
  await second.live;
  await first.live;
  expect(await seen(t)).toEqual([{ n: 1, note: "v2" }]);
  await first[Symbol.asyncDispose]();
  await doomed[Symbol.asyncDispose]();
});

test("a new version takes its place though appends never pause", async () => {
  await using t = await openTestLog();
  const stop = keepAppending(t, 0);
  const next = t.log.projectBeside(sums(2));
  await next.live;
  await stop();
  await next.caughtUp();
  expect(await seen(t)).toHaveLength((await Array.fromAsync(t.log.read())).length);
});

test("a new version that is always a little slower than the old one takes its place all the same", async () => {
  await using t = await openTestLog();
  const old = t.log.projectBeside(sums(1));
  await old.live;
  const stop = keepAppending(t, 20);
  const next = t.log.projectBeside({
    ...sums(2),
    async apply(events, trx, schema) {
      await pause(100);
      await sums(2).apply(events, trx, schema);
    },
  });
  await next.live;
  await stop();
  await next.caughtUp();
  expect(await seen(t)).toHaveLength((await Array.fromAsync(t.log.read())).length);
});

test("a new version that is slow until it is finished is finished though appends never pause", async () => {
  await using t = await openTestLog();
  const stop = keepAppending(t, 20);
  const finished = Promise.withResolvers<void>();
  let isFinished = false;
  const next = t.log.projectBeside({
    ...sums(2),
    async apply(events, trx, schema) {
      if (!isFinished) await pause(1_200);
      await sums(2).apply(events, trx, schema);
    },
    async finish() {
      isFinished = true;
      finished.resolve();
    },
  });
  await finished.promise;
  await next.live;
  await stop();
});

test("finishing and a batch never wait for each other's tables", async () => {
  await using t = await openTestLog();
  const stop = keepAppending(t, 10);
  const complaints: string[] = [];
  const complain = (_: object, said: string) => void (/fsync/.test(said) || complaints.push(said));
  const logger = { info: () => {}, warn: complain, error: complain };
  await using log = await openNotes(t.pool, logger);
  const next = log.projectBeside({
    ...sums(2),
    async create(trx, schema) {
      await sums(2).create(trx, schema);
      await sql`create table ${sql.id(schema, "last")} (n int)`.execute(trx);
    },
    async apply(events, trx, schema) {
      await sql`insert into ${sql.id(schema, "last")} values (1)`.execute(trx);
      await pause(60);
      await sums(2).apply(events, trx, schema);
    },
    async finish(trx, schema) {
      for (const table of ["counted", "last"]) {
        await sql`create index on ${sql.id(schema, table)} (n)`.execute(trx);
        await pause(100);
      }
    },
  });
  await next.live;
  await stop();
  expect(complaints).toEqual([]);
});

test("a name that cannot be a schema's is refused", async () => {
  await using t = await openTestLog();
  expect(() => t.log.projectBeside({ ...sums(1), name: 'x"; drop' })).toThrow("must match");
});
