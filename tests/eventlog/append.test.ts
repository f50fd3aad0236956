import { setTimeout as pause } from "node:timers/promises";
import { eventId, InvalidText } from "@newsledger/eventlog";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { note, openNotes, openTestLog, type TestLog } from "./open.ts";

let t: TestLog;
beforeAll(async () => {
  t = await openTestLog();
});
afterAll(() => t[Symbol.asyncDispose]());

const texts = async (stream: string) =>
  (await Array.fromAsync(t.log.readStream(stream))).map(({ data }) => "text" in data && data.text);

test("an event comes back as it was appended, with its place in stream and log", async () => {
  const occurredAt = new Date("2024-02-29T12:00:00.123Z");
  const correlationId = eventId("some", 0);
  const causationId = eventId("some", 1);
  const result = await t.log.append("whole", [{ ...note("ñ 😀"), occurredAt }, note("two")], {
    key: "whole",
    correlationId,
    causationId,
  });
  const [first, second] = await Array.fromAsync(t.log.readStream("whole"));
  expect(first).toMatchObject({
    stream: "whole",
    version: 1,
    id: eventId("whole", 0),
    type: "noted",
    schemaVersion: 1,
    data: { text: "ñ 😀" },
    correlationId,
    causationId,
    occurredAt,
  });
  expect(second).toMatchObject({ version: 2, id: eventId("whole", 1), occurredAt: null });
  expect(result).toEqual({
    status: "appended",
    version: 2,
    firstPosition: first?.position,
    lastPosition: second?.position,
  });
});

test.each([
  ["any", null, "appended"],
  ["any", 2, "appended"],
  ["none", null, "appended"],
  ["none", 2, "conflict"],
  ["exists", null, "conflict"],
  ["exists", 2, "appended"],
  [0, null, "appended"],
  [0, 2, "conflict"],
  [2, 2, "appended"],
  [1, 2, "conflict"],
  [3, 2, "conflict"],
  [1, null, "conflict"],
] as const)("expecting %s of a stream at version %s: %s", async (expected, existing, status) => {
  const stream = `expect-${expected}-${existing}`;
  if (existing) await t.log.append(stream, [note("1"), note("2")]);
  const result = await t.log.append(stream, [note("new")], { expected });
  const before = existing ?? 0;
  const answer = { status, version: status === "appended" ? before + 1 : before };
  expect(result).toMatchObject(answer);
  expect(await texts(stream)).toHaveLength(result.version);

  // Several appends in one call take another road; the rules are the same.
  const beside = `beside-${expected}-${existing}`;
  if (existing) await t.log.append(beside, [note("1"), note("2")]);
  const results = await t.log.appendMany([
    { stream: `${beside}-other`, events: [note("new")] },
    { stream: beside, events: [note("new")], expected },
  ]);
  expect(results[1]).toMatchObject(answer);

  // And those that name versions another again.
  const named = `named-${expected}-${existing}`;
  if (existing) await t.log.append(named, [note("1"), note("2")]);
  const [ahead, middle, behind] = await t.log.appendMany([
    { stream: `${named}-before`, events: [note("new")], expected: "none" },
    { stream: named, events: [note("new")], expected },
    { stream: `${named}-after`, events: [note("new")], expected: 0 },
  ]);
  expect(middle).toMatchObject(answer);
  expect([ahead, behind]).toMatchObject(Array(2).fill({ status: "appended", version: 1 }));
});

test("of 20 racers for the same version one wins, and the others are told the version", async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, () => t.log.append("race", [note("x")], { expected: "none" })),
  );
  expect(results.filter(({ status }) => status === "appended")).toHaveLength(1);
  expect(results.every(({ version }) => version === 1)).toBe(true);
});

test("20 racers that expect nothing are all taken, in the order they came", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => t.log.append("crowd", [note(`${i}`)])));
  expect(await texts("crowd")).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
});

test("the same key again changes nothing and answers what the first append did", async () => {
  const first = await t.log.append("keyed", [note("a"), note("b")], { key: "keyed-1" });
  await t.log.append("keyed", [note("c")]);
  const again = await t.log.append("keyed", [note("other words")], { key: "keyed-1" });
  expect(again).toEqual({ ...first, status: "duplicate" });
  expect(
    await t.log.append("elsewhere", [note("x")], { key: "keyed-1", expected: "exists" }),
  ).toEqual(again);
  expect(await texts("keyed")).toEqual(["a", "b", "c"]);
  expect(await texts("elsewhere")).toEqual([]);
});

test("a conflict leaves its key free", async () => {
  const options = { key: "free-1", expected: "exists" } as const;
  expect(await t.log.append("free", [note("a")], options)).toEqual({
    status: "conflict",
    version: 0,
  });
  await t.log.append("free", [note("a")]);
  expect(await t.log.append("free", [note("b")], options)).toMatchObject({ status: "appended" });
});

test("in one call too a conflict leaves its key free and a duplicate answers what the first did", async () => {
  const requests = [
    { stream: "both-a", events: [note("a")], key: "both-a", expected: "exists" as const },
    { stream: "both-b", events: [note("b")], key: "both-b" },
  ];
  const [conflict, first] = await t.log.appendMany(requests);
  expect(conflict).toEqual({ status: "conflict", version: 0 });
  await t.log.append("both-a", [note("there")]);
  const [appended, duplicate] = await t.log.appendMany(requests);
  expect(appended).toMatchObject({ status: "appended", version: 2 });
  expect(duplicate).toEqual({ ...first, status: "duplicate" });
});

test.each([1, 2])(
  "appends of %i event each made in one transaction stand in the log in the order in which they were given",
  async (size) => {
    const streams = ["m", "z", "a", "k", "b"].map((name) => `ordered-${size}-${name}`);
    const events = Array.from({ length: size }, () => note("x"));
    await t.db
      .transaction()
      .execute((trx) =>
        t.log.within(trx).appendMany(streams.map((stream) => ({ stream, events, key: stream }))),
      );
    const found = await Array.fromAsync(t.log.read({ streamPrefix: `ordered-${size}-` }));
    expect(found.map(({ stream }) => stream)).toEqual(
      streams.flatMap((stream) => Array.from({ length: size }, () => stream)),
    );
  },
);

test("of racers for a key one appends and the others get its answer, twenty times over", async () => {
  for (let round = 0; round < 20; round++) {
    const key = `race-key-${round}`;
    const outside = Array.from({ length: 4 }, () => t.log.append(key, [note("x")], { key }));
    const inside = Array.from({ length: 4 }, () =>
      t.db.transaction().execute((trx) => t.log.within(trx).append(key, [note("x")], { key })),
    );
    const results = await Promise.all([...outside, ...inside]);
    const appended = results.filter(({ status }) => status === "appended");
    expect(appended).toHaveLength(1);
    for (const result of results) expect({ ...result, status: "appended" }).toEqual(appended[0]);
    expect(await texts(key)).toEqual(["x"]);
  }
});

test("a duplicate inside a caller's transaction does not abort it", async () => {
  await t.log.append("inside", [note("first")], { key: "inside-1" });
  const results = await t.db.transaction().execute(async (trx) => {
    const log = t.log.within(trx);
    return [
      await log.append("inside", [note("first")], { key: "inside-1" }),
      await log.append("inside", [note("second")], { key: "inside-2" }),
      await log.append("inside", [note("second")], { key: "inside-2" }),
    ];
  });
  expect(results.map(({ status }) => status)).toEqual(["duplicate", "appended", "duplicate"]);
  expect(await texts("inside")).toEqual(["first", "second"]);
});

test("a racer waits for the key of an open transaction, and takes it when that is rolled back", async () => {
  const trx = await t.db.startTransaction().execute();
  await t.log.within(trx).append("waiting", [note("rolled back")], { key: "waiting-1" });
  const racer = t.log.append("waiting", [note("kept")], { key: "waiting-1" });
  await trx.rollback().execute();
  expect(await racer).toMatchObject({ status: "appended", version: 1 });
  expect(await texts("waiting")).toEqual(["kept"]);
});

test("what a caller's transaction appended goes away with it", async () => {
  const failing = t.db.transaction().execute(async (trx) => {
    await t.log.within(trx).append("gone", [note("x")], { key: "gone-1" });
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await texts("gone")).toEqual([]);
  expect(await t.log.append("gone", [note("y")], { key: "gone-1" })).toMatchObject({
    status: "appended",
  });
});

test.each(["outside", "inside"])(
  "many appends %s a transaction are answered one by one, in order",
  async (where) => {
    const [a, b] = [`many-a-${where}`, `many-b-${where}`];
    const requests = [
      { stream: b, events: [note("b1")], key: `${b}-1` },
      { stream: a, events: [note("a1"), note("a2")] },
      { stream: b, events: [note("never")], expected: 7 },
      { stream: b, events: [note("b1 again")], key: `${b}-1` },
      { stream: b, events: [note("b2")], expected: 1 },
    ];
    const results =
      where === "outside"
        ? await t.log.appendMany(requests)
        : await t.db.transaction().execute((trx) => t.log.within(trx).appendMany(requests));
    expect(results.map(({ status, version }) => [status, version])).toEqual([
      ["appended", 1],
      ["appended", 2],
      ["conflict", 1],
      ["duplicate", 1],
      ["appended", 2],
    ]);
    expect(await texts(b)).toEqual(["b1", "b2"]);
    expect(await texts(a)).toEqual(["a1", "a2"]);
  },
);

test("text that Postgres cannot keep fails its own append, not the ones beside it", async () => {
  const results = await Promise.allSettled([
    t.log.append("poison-1", [note("fine")]),
    t.log.append("poison-2", [note("a\u0000")]),
    t.log.append("poison-3", [{ ...note("fine"), schemaVersion: 1e6 }]),
    t.log.append("poison-4", [note("fine")]),
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  expect(results[1]).toHaveProperty("reason", expect.any(InvalidText));
});

test("an isolation level under which the fence does not hold is refused", async () => {
  for (const level of ["repeatable read", "serializable"] as const) {
    const attempt = t.db
      .transaction()
      .setIsolationLevel(level)
      .execute((trx) => t.log.within(trx).append("isolated", [note("x")]));
    await expect(attempt).rejects.toThrow("needs READ COMMITTED");
  }
  await expect(
    t.pool.query("begin isolation level repeatable read; select newsledger.safe_position()"),
  ).rejects.toThrow("needs READ COMMITTED");
});

test("appends are durable even where the server's default is not", async () => {
  const setting = await t.db.transaction().execute(async (trx) => {
    const { sql } = await import("kysely");
    await sql`set local synchronous_commit = off`.execute(trx);
    await t.log.within(trx).append("durable", [note("x")]);
    return (
      await sql<{ value: string }>`select current_setting('synchronous_commit') as value`.execute(
        trx,
      )
    ).rows;
  });
  expect(setting).toEqual([{ value: "on" }]);
});

test("expecting a version of a stream that is not there makes no stream", async () => {
  expect(await t.log.append("nowhere", [note("x")], { expected: 3 })).toEqual({
    status: "conflict",
    version: 0,
  });
  const { rows } = await t.pool.query("select 1 from newsledger.streams where stream_id = $1", [
    "nowhere",
  ]);
  expect(rows).toEqual([]);
  expect(await t.log.append("nowhere", [note("x")], { expected: 0 })).toMatchObject({ version: 1 });
});

test("of appends made together each is answered for itself, and the log keeps their order", async () => {
  const names = Array.from({ length: 30 }, (_, i) => `together-${(i * 7) % 30}`);
  await Promise.all(
    names.flatMap((stream, i) =>
      i % 3 > 0 ? [t.log.append(stream, [note("first")], { expected: 0 })] : [],
    ),
  );
  const results = await Promise.all(
    names.map((stream) => t.log.append(stream, [note("second")], { expected: 1 })),
  );
  expect(results.map(({ status, version }) => [status, version])).toEqual(
    names.map((_, i) => (i % 3 > 0 ? ["appended", 2] : ["conflict", 0])),
  );
  // Two batches of fifteen, and who waits with others in one is numbered as he came.
  for (const half of [results.slice(0, 15), results.slice(15)]) {
    const positions = half.flatMap((one) => ("lastPosition" in one ? [one.lastPosition] : []));
    expect(positions).toEqual(positions.toSorted((a, b) => Number(a - b)));
  }
  for (const [i, stream] of names.entries())
    expect(await texts(stream)).toEqual(i % 3 > 0 ? ["first", "second"] : []);
  const { rows } = await t.pool.query(
    "select stream_id from newsledger.streams where stream_id like 'together-%' and version < 1",
  );
  expect(rows).toEqual([]);
});

test("single appends at a version are committed to disk before they are answered, whatever the default", async () => {
  const pool = new pg.Pool({ ...t.pool.options, max: 1, options: "-c synchronous_commit=off" });
  try {
    await using log = await openNotes(pool);
    for (let expected = 0; expected < 20; expected++) {
      const { rows } = await pool.query<{ at: string }>("select pg_current_wal_insert_lsn() as at");
      const streams = ["on-disk", "beside"].slice(0, 1 + (expected % 2));
      await Promise.all(
        streams.map((stream) => {
          const at = stream === "beside" ? (expected - 1) / 2 : expected;
          return log.append(stream, [note("x")], { expected: at });
        }),
      );
      const { rows: flushed } = await pool.query<{ beyond: boolean }>(
        "select pg_current_wal_flush_lsn() > $1::pg_lsn as beyond",
        [rows[0]?.at],
      );
      expect(flushed).toEqual([{ beyond: true }]);
    }
  } finally {
    await pool.end();
  }
});

test("an append that the database refuses leaves its connection fit for the next", async () => {
  const pool = new pg.Pool({ ...t.pool.options, max: 1 });
  try {
    await using log = await openNotes(pool);
    const pid = async () => (await pool.query("select pg_backend_pid() as pid")).rows;
    const before = await pid();
    const endless = { ...note("x"), occurredAt: new Date(8.64e15) }; // the last a Date can hold: its text has a sign
    await expect(log.append("refused", [endless], { expected: 0 })).rejects.toThrow(
      pg.DatabaseError,
    );
    expect(await log.append("refused", [note("y")], { expected: 0 })).toMatchObject({ version: 1 });
    expect(await pid()).toEqual(before);
  } finally {
    await pool.end();
  }
});

test("an append that takes longer than the client waits is refused, and its connection is not used again", async () => {
  const pool = new pg.Pool({ ...t.pool.options, max: 1, query_timeout: 200 });
  pool.on("error", () => {});
  const holder = await t.pool.connect();
  try {
    await using log = await openNotes(pool);
    await log.append("late", [note("1")], { expected: 0 });
    await holder.query(
      "begin; select 1 from newsledger.streams where stream_id = 'late' for update",
    );
    await expect(log.append("late", [note("2")], { expected: 1 })).rejects.toThrow("timeout");
    await holder.query("rollback");
    await pause(100); // for an answer that nobody waits for any more
    expect(await log.append("late", [note("3")], { expected: "any" })).toMatchObject({
      status: "appended",
    });
  } finally {
    holder.release();
    await pool.end();
  }
});

test("an append whose connection is lost is refused, and the next goes over another", async () => {
  const pool = new pg.Pool({ ...t.pool.options, max: 2 });
  pool.on("error", () => {});
  try {
    await using log = await openNotes(pool);
    await log.append("cut", [note("1")], { expected: 0 });
    const holder = await t.pool.connect();
    await holder.query(
      "begin; select 1 from newsledger.streams where stream_id = 'cut' for update",
    );
    const waiting = log.append("cut", [note("2")], { expected: 1 });
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where wait_event_type = 'Lock' and query like '%newsledger.streams%' and datname = current_database()`;
    const lost = expect(waiting).rejects.toThrow();
    while (((await t.pool.query(cut)).rowCount ?? 0) === 0) await pause(5);
    await lost;
    await holder.query("rollback");
    holder.release();
    expect(await log.append("cut", [note("3")], { expected: 1 })).toMatchObject({ version: 2 });
    expect(await texts("cut")).toEqual(["1", "3"]);
  } finally {
    await pool.end();
  }
});
