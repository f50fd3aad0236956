import { setTimeout as pause } from "node:timers/promises";
import { HandlerFailed, type RecordedEvent, UnreadableEvent } from "@newsledger/eventlog";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { count, type Notes, note, openNotes, openTestLog, type TestLog } from "./open.ts";

let t: TestLog;
let start: bigint;
beforeAll(async () => {
  t = await openTestLog();
});
afterAll(() => t[Symbol.asyncDispose]());
beforeEach(async () => {
  start = await t.log.safePosition();
});

const text = (event: RecordedEvent<Notes>) =>
  event.type === "noted" ? event.data.text : `${event.data.n}`;

/** A handler that remembers what it was given, batch by batch. */
function recorder() {
  const batches: string[][] = [];
  return {
    batches,
    handle: async (events: readonly RecordedEvent<Notes>[]) => {
      batches.push(events.map(text));
      return undefined;
    },
  };
}

const stored = async (name: string) => {
  const { rows } = await t.pool.query<{ position: string }>(
    "select position from newsledger.checkpoints where name = $1",
    [name],
  );
  return BigInt(rows[0]?.position ?? -1);
};

test("a subscription gets what is there and what comes, in batches of the size it asked for", async () => {
  await t.log.append("a", ["1", "2", "3"].map(note));
  const { batches, handle } = recorder();
  await using subscription = t.log.subscribe({
    name: "batches",
    from: start,
    batchSize: 2,
    handle,
  });
  await subscription.caughtUp();
  await t.log.append("a", [note("4")]);
  await subscription.caughtUp();
  expect(batches).toEqual([["1", "2"], ["3"], ["4"]]);
});

test("it goes on where it stopped", async () => {
  await t.log.append("b", [note("1")]);
  const first = recorder();
  await using one = t.log.subscribe({ name: "resumed", from: start, handle: first.handle });
  await one.caughtUp();
  await one[Symbol.asyncDispose]();
  await t.log.append("b", [note("2")]);
  const second = recorder();
  await using two = t.log.subscribe({ name: "resumed", from: start, handle: second.handle });
  await two.caughtUp();
  expect([first.batches, second.batches]).toEqual([[["1"]], [["2"]]]);
});

test("from now on means what is appended after subscribing", async () => {
  await t.log.append("c", [note("old")]);
  const { batches, handle } = recorder();
  await using subscription = t.log.subscribe({ name: "now", from: "now", handle });
  await subscription.caughtUp();
  await t.log.append("c", [note("new")]);
  await subscription.caughtUp();
  expect(batches).toEqual([["new"]]);
});

test("the checkpoint passes over types that were not asked for", async () => {
  const { batches, handle } = recorder();
  await using subscription = t.log.subscribe({
    name: "typed",
    types: ["counted"],
    from: start,
    handle,
  });
  await t.log.append("d", [note("a"), count(1), note("b"), note("c")]);
  await subscription.caughtUp();
  await subscription[Symbol.asyncDispose]();
  expect(batches).toEqual([["1"]]);
  expect(await stored("typed")).toBe(await t.log.safePosition());
});

test("a handler's appends and its checkpoint are one commit, and wake the next subscription", async () => {
  const { batches, handle } = recorder();
  await using echo = t.log.subscribe({
    name: "echo",
    types: ["counted"],
    from: start,
    async handle(events, trx) {
      for (const event of events)
        await t.log
          .within(trx)
          .append("echoes", [note(`echo ${event.data.n}`)], { key: `echo-${event.id}` });
      return undefined;
    },
  });
  await using next = t.log.subscribe({ name: "next", types: ["noted"], from: start, handle });
  await t.log.append("e", [count(1)]);
  await echo.caughtUp();
  await next.caughtUp();
  expect(batches).toEqual([["echo 1"]]);
});

test("the hook runs after the commit, and its failure changes nothing", async () => {
  const seen: bigint[] = [];
  await using subscription = t.log.subscribe({
    name: "hooked",
    from: start,
    handle: async () => async () => {
      seen.push(await stored("hooked"));
      throw new Error("the queue is away");
    },
  });
  await t.log.append("f", [note("1")]);
  await subscription.caughtUp();
  await t.log.append("f", [note("2")]);
  await subscription.caughtUp();
  expect(seen).toEqual([start + 1n, start + 2n]);
});

test("a failing handler leaves no trace, and is tried again until it succeeds", async () => {
  await sql`create table effects (text text)`.execute(t.db);
  let failures = 2;
  await using subscription = t.log.subscribe({
    name: "stubborn",
    from: start,
    async handle(events, trx) {
      for (const event of events)
        await sql`insert into effects values (${text(event)})`.execute(trx);
      if (failures-- > 0) throw new Error("not yet");
      return undefined;
    },
  });
  await t.log.append("g", [note("1")]);
  await subscription.caughtUp();
  const { rows } = await sql<{ text: string }>`select text from effects`.execute(t.db);
  expect(rows).toEqual([{ text: "1" }]);
  expect(failures).toBeLessThan(0);
});

test("an event that keeps failing is put aside with its error, and the others are handled once", async () => {
  const handled: string[] = [];
  await using subscription = t.log.subscribe({
    name: "parking",
    from: start,
    onError: "park",
    async handle(events) {
      if (events.some((event) => text(event) === "poison"))
        throw new Error("cannot read\u0000 this");
      handled.push(...events.map(text));
      return undefined;
    },
  });
  const texts = ["1", "2", "poison", "3", "4", "5", "6"];
  await t.log.append("h", texts.map(note));
  await subscription.caughtUp();
  expect(handled).toEqual(["1", "2", "3", "4", "5", "6"]);
  const { rows } = await t.pool.query("select position, error, attempts from newsledger.parked");
  expect(rows).toEqual([
    { position: `${start + 3n}`, error: "cannot read\ufffd this", attempts: 5 },
  ]);
  expect(await t.log.lag()).toContainEqual({
    name: "parking",
    position: start + 7n,
    behind: 0,
    parked: 1,
    updatedAt: expect.any(Date),
  });
});

test("a subscription that shall stop at an error does so at the event, loudly", async () => {
  const handled: string[] = [];
  const subscription = t.log.subscribe({
    name: "stopping",
    from: start,
    onError: "stop",
    async handle(events) {
      if (events.some((event) => text(event) === "bad")) throw new Error("no way on");
      handled.push(...events.map(text));
      return undefined;
    },
  });
  await t.log.append("i", ["1", "2", "bad", "3"].map(note));
  await expect(subscription.ended).rejects.toThrow(HandlerFailed);
  await expect(subscription.caughtUp()).rejects.toThrow("it has ended");
  expect(handled).toEqual(["1", "2"]);
  expect(await stored("stopping")).toBe(start + 2n);
});

test("an event that this program cannot read stops a subscription, unless it did not ask for its type", async () => {
  const { batches, handle } = recorder();
  await t.log.append("j", [
    note("1"),
    { type: "from-the-future", schemaVersion: 1, data: {} },
    note("2"),
  ]);
  const all = t.log.subscribe({ name: "unread", from: start, onError: "park", handle });
  await using some = t.log.subscribe({
    name: "read",
    types: ["noted"],
    from: start,
    handle: recorder().handle,
  });
  await expect(all.ended).rejects.toThrow(UnreadableEvent);
  await expect(all.ended).rejects.toThrow("from-the-future version 1, stream j");
  await some.caughtUp();
  expect(batches).toEqual([["1"]]);
  expect(await stored("unread")).toBe(start + 1n);
});

test("of two workers of one name only one works, whichever process they are in", async () => {
  await using other = await openNotes(t.pool);
  const handled: string[] = [];
  const options = {
    name: "only-one",
    from: start,
    async handle(events: readonly RecordedEvent<Notes>[]) {
      handled.push(...events.map(text));
      return undefined;
    },
  };
  await using one = t.log.subscribe(options);
  await using two = other.subscribe(options);
  for (let i = 1; i <= 20; i++) await t.log.append("k", [note(`${i}`)]);
  await Promise.all([one.caughtUp(), two.caughtUp()]);
  await one[Symbol.asyncDispose](); // whoever of them works: the lease is given back
  await t.log.append("k", [note("21")]);
  await two.caughtUp();
  expect(handled).toEqual(Array.from({ length: 21 }, (_, i) => `${i + 1}`));
});

test("the lease of a worker that is gone is taken over when it runs out, not before", async () => {
  await t.pool.query(
    `insert into newsledger.checkpoints (name, position, holder, lease_until)
     values ('orphan', $1, gen_random_uuid(), now() + interval '1.5 seconds')`,
    [start],
  );
  const { rows } = await t.pool.query<{ until: Date }>(
    "select lease_until as until from newsledger.checkpoints where name = 'orphan'",
  );
  let at: Date | undefined;
  await using subscription = t.log.subscribe({
    name: "orphan",
    async handle(_, trx) {
      at = (await sql<{ now: Date }>`select clock_timestamp() as now`.execute(trx)).rows[0]?.now;
      return undefined;
    },
  });
  await t.log.append("l", [note("1")]);
  await subscription.caughtUp();
  expect(at?.getTime()).toBeGreaterThanOrEqual(rows[0]?.until.getTime() ?? 0);
});

test("a worker that lost its lease while it was at work commits nothing", async () => {
  const handled: string[] = [];
  let robbed = false;
  await using subscription = t.log.subscribe({
    name: "robbed",
    from: start,
    async handle(events, trx) {
      if (!robbed) {
        robbed = true;
        await t.log.within(trx).append("loot", [note("void")]);
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
      }
      handled.push(...events.map(text));
      return undefined;
    },
  });
  await t.log.append("m", [note("1")]);
  await subscription.caughtUp();
  expect(handled).toEqual(["1"]);
  expect(await Array.fromAsync(t.log.readStream("loot"))).toEqual([]);
});

test("an append is heard at once, here and in another process", async () => {
  await using other = await openNotes(t.pool);
  // Without a notification this would end in an hour, and the test with it.
  const heard = [t.log.nextWake(3_600_000), other.nextWake(3_600_000)];
  await t.log.append("n", [note("1")]);
  await Promise.all(heard);
});

test("a lost listening connection is opened again", async () => {
  await using other = await openNotes(t.pool);
  await t.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'",
  );
  for (;;) {
    const { rows } = await t.pool.query(
      "select 1 from pg_stat_activity where query like 'listen %'",
    );
    if (rows.length >= 2) break;
    await pause(20);
  }
  const heard = other.nextWake(3_600_000);
  await t.log.append("o", [note("1")]);
  await heard;
});

test("waiting for too long says where the subscription stands", async () => {
  await using subscription = t.log.subscribe({ name: "waiting", from: start, ...recorder() });
  await expect(subscription.caughtUp(start + 1_000n, { timeoutMs: 50 })).rejects.toThrow(
    `not at ${start + 1_000n} after 50 ms`,
  );
});
