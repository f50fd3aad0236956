import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { migrate, seal, verify } from "@newsledger/eventlog";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { expect, inject, test } from "vitest";
import {
  dump,
  type NativeCluster,
  pgDumpMissing,
  restore,
  startNativeCluster,
} from "./native-cluster.ts";
import { allPositions, createTally, note, openNotes, record, tally } from "./open.ts";

function openPool(url: string): pg.Pool & AsyncDisposable {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on("error", () => {});
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end() });
}

/** Transaction ids far beyond those of a new cluster: what compared them would see nothing any more. */
async function spendTransactions(pool: pg.Pool): Promise<void> {
  await pool.query(`do $$ begin
    for i in 1..5000 loop begin perform pg_current_xact_id(); insert into spent values (i); exception when others then null; end; end loop;
  end $$`);
}

/** Dumps a ledger while it is written and read: what a nightly backup does. */
async function dumpInUse(source: NativeCluster, file: string): Promise<void> {
  await using pool = openPool(source.url);
  await migrate(pool, []);
  await pool.query("create table spent (n int)");
  await spendTransactions(pool);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await createTally(db);
  await using log = await openNotes(pool);
  log.subscribe({
    name: "tally",
    batchSize: 20,
    handle: async (events, trx) => {
      await record(events, trx);
      return undefined;
    },
  });
  let writing = true;
  const write = async (writer: number) => {
    for (let i = 0; writing; i++) {
      const trx = await db.startTransaction().execute();
      await log
        .within(trx)
        .append(`s${(writer + i) % 5}`, [note(`${i}`), note(`${i}`)], { key: `${writer}-${i}` });
      await pause(i % 4);
      await (i % 7 === 0 ? trx.rollback() : trx.commit()).execute();
    }
  };
  const writers = [1, 2, 3, 4].map(write);
  while ((await allPositions(pool)).length < 200 || (await tally(db)).length === 0) await pause(50);
  await seal(pool);
  await dump(source.url, file);
  writing = false;
  await Promise.all(writers);
}

async function expectWhole(url: string): Promise<void> {
  await using pool = openPool(url);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const restored = await allPositions(pool);
  const handled = (await tally(db)).length;
  expect(restored.length).toBeGreaterThan(100);
  expect(handled).toBeGreaterThan(0);
  expect(await migrate(pool, [])).toEqual([]);

  await using log = await openNotes(pool);
  expect((await Array.fromAsync(log.read())).map(({ position }) => position)).toEqual(restored);
  expect(await log.append("s0", [note("again")], { key: "1-1" })).toMatchObject({
    status: "duplicate",
  });
  // The worker that held the lease stayed behind; its lease runs out.
  await using subscription = log.subscribe({
    name: "tally",
    handle: async (events, trx) => {
      await record(events, trx);
      return undefined;
    },
  });
  const appended = await log.append("s0", [note("new")]);
  await subscription.caughtUp(undefined, { timeoutMs: 40_000 });
  const all = await allPositions(pool);
  expect(all).toHaveLength(restored.length + 1);
  expect(await tally(db)).toEqual(all);
  expect(appended).toMatchObject({ status: "appended", lastPosition: all.at(-1) });
  expect((await verify(pool)).problems).toEqual([]);
}

test.skipIf(pgDumpMissing)(
  "dumped in use and restored into a new cluster, also of a newer Postgres, nothing is lost and every subscription goes on",
  async () => {
    const file = join(tmpdir(), `newsledger-dump-${process.pid}.sql`);
    await using source = await startNativeCluster();
    try {
      await dumpInUse(source, file);
      await using fresh = await startNativeCluster();
      await restore(file, fresh.url);
      const xid = async (url: string) => {
        await using pool = openPool(url);
        const { rows } = await pool.query<{ xid: string }>("select pg_current_xact_id() as xid");
        return Number(rows[0]?.xid);
      };
      expect(await xid(fresh.url)).toBeLessThan(await xid(source.url));
      await expectWhole(fresh.url);

      const newer = new URL(inject("postgresUrl"));
      await using admin = openPool(newer.href);
      const name = `restored_${process.pid}`;
      await admin.query(`create database ${name}`);
      newer.pathname = `/${name}`;
      await restore(file, newer.href);
      await expectWhole(newer.href);
      await admin.query(`drop database ${name} with (force)`);
    } finally {
      await rm(file, { force: true });
    }
  },
);
