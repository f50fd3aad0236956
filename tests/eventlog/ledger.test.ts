import { createHash } from "node:crypto";
import { getText, InvalidText, openEventLog, putText } from "@newsledger/eventlog";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { note, openTestLog, type TestLog } from "./open.ts";

let t: TestLog;
beforeAll(async () => {
  t = await openTestLog();
  await t.log.append("feed-1", [note("1"), note("2")], { correlationId: chain });
  await t.log.append("item-1", [note("3")], { correlationId: chain });
  await t.log.append("item-2", [note("4")]);
});
afterAll(() => t[Symbol.asyncDispose]());

const chain = "00000000-0000-4000-8000-000000000001";

test.each([
  ["everything", {}, [1, 2, 3, 4]],
  ["after a position", { after: 2n }, [3, 4]],
  ["up to a position", { upTo: 2n }, [1, 2]],
  ["beyond the end", { upTo: 1000n }, [1, 2, 3, 4]],
  ["backward", { direction: "backward" }, [4, 3, 2, 1]],
  ["backward between two positions", { direction: "backward", after: 1n, upTo: 3n }, [3, 2]],
  ["the last one", { direction: "backward", limit: 1 }, [4]],
  ["a few", { limit: 2 }, [1, 2]],
  ["by the beginning of the stream's name", { streamPrefix: "item-" }, [3, 4]],
  ["by what led to what", { correlationId: chain }, [1, 2, 3]],
  ["by type", { types: ["noted"], after: 3n }, [4]],
  ["by a type that is not there", { types: ["counted"] }, []],
] as const)("the log is read: %s", async (_, options, positions) => {
  const events = await Array.fromAsync(t.log.read(options));
  expect(events.map(({ position }) => Number(position))).toEqual(positions);
});

test("a past moment shows the log as it stood then", async () => {
  const [last] = await Array.fromAsync(t.log.read({ direction: "backward", limit: 1 }));
  const then = last?.recordedAt ?? new Date(0);
  await t.pool.query("select pg_sleep(0.005)");
  await t.log.append("later", [note("5")]);
  const events = await Array.fromAsync(t.log.read({ recordedUntil: then }));
  expect(events.map(({ position }) => position)).toEqual([1n, 2n, 3n, 4n]);
});

test("a stream is read as it stood at a position, or at a moment, from either end", async () => {
  const name = "stood";
  const first = await t.log.append(name, [note("one"), note("two")]);
  const [second] = await Array.fromAsync(t.log.readStream(name, { from: 2 }));
  const then = second?.recordedAt ?? new Date(0);
  await t.pool.query("select pg_sleep(0.005)");
  await t.log.append(name, [note("three")]);
  const upTo = first.status === "appended" ? first.firstPosition : 0n;
  const versions = async (options: Parameters<typeof t.log.readStream>[1]) =>
    (await Array.fromAsync(t.log.readStream(name, options))).map(({ version }) => version);
  expect(await versions({ upTo })).toEqual([1]);
  expect(await versions({ recordedUntil: then })).toEqual([1, 2]);
  expect(await versions({ recordedUntil: then, direction: "backward" })).toEqual([2, 1]);
  expect(await versions({ from: 2 })).toEqual([2, 3]);
});

test("more than a page is read to the end, either way", async () => {
  const many = Array.from({ length: 1_203 }, (_, i) => note(`${i}`));
  await t.log.append("long", many);
  const versions = Array.from({ length: 1_203 }, (_, i) => i + 1);
  const forward = await Array.fromAsync(t.log.readStream("long"));
  const backward = await Array.fromAsync(t.log.readStream("long", { direction: "backward" }));
  expect(forward.map(({ version }) => version)).toEqual(versions);
  expect(backward.map(({ version }) => version)).toEqual(versions.toReversed());
  expect(await Array.fromAsync(t.log.read({ streamPrefix: "long" }))).toHaveLength(1_203);
  expect(await Array.fromAsync(t.log.readStream("long", { from: 1_000, limit: 501 }))).toHaveLength(
    204,
  );
});

test.each([
  "update newsledger.events set type = 'forged' where global_position = 1",
  "delete from newsledger.events where global_position = 1",
  "truncate newsledger.events",
  "truncate newsledger.events_default",
])("the ledger refuses: %s", async (statement) => {
  await expect(t.pool.query(statement)).rejects.toThrow("append-only");
});

test("a month's partition cannot be emptied either", async () => {
  const { rows } = await t.pool.query<{ name: string }>(
    "select distinct tableoid::regclass::text as name from newsledger.events",
  );
  expect(rows[0]?.name).toMatch(/^newsledger\.events_\d{6}$/);
  await expect(t.pool.query(`truncate ${rows[0]?.name}`)).rejects.toThrow("append-only");
});

test("the partitions of the months ahead are made once, and what has none is kept all the same", async () => {
  expect((await t.pool.query("select newsledger.maintain()")).rows).toEqual([{ maintain: 0 }]);
  expect((await t.pool.query("select newsledger.maintain(4)")).rows).toEqual([{ maintain: 2 }]);
  await t.pool.query(
    `insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version, hash, data)
     select nextval('newsledger.position_seq'), now() + interval '6 months', 'far', 1, gen_random_uuid(), 'noted', 1, '', '{}'`,
  );
  expect(
    (await t.pool.query("select count(*)::int as n from newsledger.events_default")).rows,
  ).toEqual([{ n: 1 }]);
  // Months of which the default partition has events stay there; the others are still made.
  expect((await t.pool.query("select newsledger.maintain(8)")).rows).toEqual([{ maintain: 3 }]);
  expect(await Array.fromAsync(t.log.readStream("far"))).toHaveLength(1);
});

test("a text is kept once, under its own hash", async () => {
  const text = "ñ 😀\n".repeat(1000);
  const hash = await t.db.transaction().execute((trx) => putText(trx, text));
  expect(hash).toBe(createHash("sha256").update(text).digest("hex"));
  expect(await t.db.transaction().execute((trx) => putText(trx, text))).toBe(hash);
  expect(await getText(t.db, hash)).toBe(text);
  expect(await getText(t.db, "0".repeat(64))).toBeNull();
  await expect(t.db.transaction().execute((trx) => putText(trx, "a\u0000"))).rejects.toThrow(
    InvalidText,
  );
});

test("a database without the log's tables is told from one with them", async () => {
  const pool = new pg.Pool({ connectionString: inject("postgresUrl") });
  await expect(openEventLog({ pool, codec: { decode: () => null } })).rejects.toThrow(
    "run migrate() first",
  );
  await pool.end();
});
