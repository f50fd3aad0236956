import { setTimeout as pause } from "node:timers/promises";
import { type AnyTransaction, PartitionsChanged, type RecordedEvent } from "@newsledger/eventlog";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  allPositions,
  createTally,
  type Notes,
  note,
  openNotes,
  openTestLog,
  record,
  type TestLog,
  tally,
} from "./open.ts";

let t: TestLog;
beforeAll(async () => {
  t = await openTestLog();
});
afterAll(() => t[Symbol.asyncDispose]());

const ignore = async () => undefined;
const names = async (prefix: string) =>
  (await t.log.lag()).map(({ name }) => name).filter((name) => name.startsWith(prefix));

test("four workers share a subscription: every event once, each stream in order and with one of them", async () => {
  await createTally(t.db);
  const seen: RecordedEvent<Notes>[] = [];
  const together: Set<string>[] = [];
  await using subscription = t.log.subscribe({
    name: "shared",
    partitions: 4,
    batchSize: 7,
    async handle(events, trx) {
      await record(events, trx);
      seen.push(...events);
      together.push(new Set(events.map(({ stream }) => stream)));
      return undefined;
    },
  });
  for (let i = 0; i < 20; i++)
    await t.log.appendMany(
      Array.from({ length: 16 }, (_, s) => ({ stream: `s${s}`, events: [note(`${i}`)] })),
    );
  await subscription.caughtUp();

  const handled = (await tally(t.db)).sort((a, b) => Number(a - b));
  expect(handled).toEqual(await allPositions(t.pool));
  const versions = new Map<string, number>();
  for (const { stream, version } of seen) {
    expect(version).toBe((versions.get(stream) ?? 0) + 1);
    versions.set(stream, version);
  }
  // Streams that were ever in one batch belong to one worker; there are several workers with streams.
  const owners: Set<string>[] = [];
  for (const batch of together) {
    // Small batches may show a worker's streams apart, until a later one has them together.
    const [owner = new Set<string>(), ...same] = owners.filter((one) =>
      [...batch].some((stream) => one.has(stream)),
    );
    if (!owners.includes(owner)) owners.push(owner);
    for (const stream of [batch, ...same].flatMap((streams) => [...streams])) owner.add(stream);
    for (const one of same) owners.splice(owners.indexOf(one), 1);
  }
  expect(owners.length).toBeGreaterThan(1);
  expect(await names("shared")).toEqual(["shared#0/4", "shared#1/4", "shared#2/4", "shared#3/4"]);
});

test("another process takes over the partitions of one that ends", async () => {
  const other = await openNotes(t.pool);
  const handled: string[] = [];
  const options = {
    name: "moving",
    partitions: 2,
    from: "now" as const,
    async handle(events: readonly RecordedEvent<Notes>[]) {
      handled.push(...events.map(({ stream }) => stream));
      return undefined;
    },
  };
  const first = other.subscribe(options);
  await first.caughtUp();
  await using second = t.log.subscribe(options);
  await other[Symbol.asyncDispose]();
  for (let i = 0; i < 8; i++) await t.log.append(`m${i}`, [note("x")]);
  await second.caughtUp();
  expect(handled.sort()).toEqual(Array.from({ length: 8 }, (_, i) => `m${i}`));
});

test.each([
  [2, 3],
  [2, undefined],
  [undefined, 2],
])("a subscription begun with %s partitions is refused with %s", async (before, after) => {
  const name = `fixed-${before}-${after}`;
  const begin = (partitions: number | undefined) =>
    t.log.subscribe({ name, handle: ignore, ...(partitions && { partitions }) });
  await using old = begin(before);
  await old.caughtUp();
  await expect(begin(after).ended).rejects.toThrow(PartitionsChanged);
});

test("a number of partitions that makes no sense is refused", () => {
  for (const partitions of [0, -1, 1.5])
    expect(() => t.log.subscribe({ name: "odd", partitions, handle: ignore })).toThrow(
      "partitions; 1 or more",
    );
});

test("however often connections are cut and handlers fail, partitions handle every event once, in its stream's order", async () => {
  await using u = await openTestLog();
  await using other = await openNotes(u.pool);
  await sql`create table seen (nth bigint generated always as identity, stream text, version int)`.execute(
    u.db,
  );
  let calls = 0;
  const options = {
    name: "cut",
    partitions: 3,
    batchSize: 5,
    async handle(events: readonly RecordedEvent<Notes>[], trx: AnyTransaction) {
      for (const { stream, version } of events)
        await sql`insert into seen (stream, version) values (${stream}, ${version})`.execute(trx);
      if (++calls % 7 === 0) throw new Error("now and then");
      return undefined;
    },
  };
  const subscriptions = [u.log.subscribe(options), other.subscribe(options)];
  const until = performance.now() + 2_500;
  const cut = async () => {
    while (performance.now() < until) {
      await u.pool
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
        )
        .catch(() => {}); // may be cut by itself
      await pause(90);
    }
  };
  const write = async (writer: number) => {
    for (let i = 0; performance.now() < until; i++) {
      const key = `${writer}-${i}`;
      const append = () => u.log.append(`s${i % 8}`, [note(key), note(key)], { key });
      while ((await append().catch(() => null)) === null) await pause(5);
    }
  };
  await Promise.all([cut(), write(1), write(2)]);
  await Promise.all(subscriptions.map((one) => one.caughtUp()));

  const { rows } = await sql<{ stream: string; versions: number[] }>`
    select stream, array_agg(version order by nth) as versions from seen group by stream`.execute(
    u.db,
  );
  const streams = await sql<{ stream_id: string; version: string }>`
    select stream_id, version from newsledger.streams`.execute(u.db);
  expect(rows).toHaveLength(streams.rows.length);
  for (const { stream_id, version } of streams.rows)
    expect(rows.find(({ stream }) => stream === stream_id)?.versions).toEqual(
      Array.from({ length: Number(version) }, (_, i) => i + 1),
    );
});
