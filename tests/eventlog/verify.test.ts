import { seal, verify } from "@newsledger/eventlog";
import { afterAll, expect, test } from "vitest";
import { note, openTestLog, type TestLog } from "./open.ts";

/** Two seals: over two events, and over two more. */
async function openSealed(): Promise<TestLog> {
  const t = await openTestLog();
  const occurredAt = new Date("2020-01-01T00:00:00Z");
  await t.log.append("a", [{ ...note("1"), occurredAt }, note("2")]);
  await seal(t.pool);
  await t.log.append("b", [note("3")]);
  await t.log.append("a", [note("4")]);
  await seal(t.pool);
  return t;
}

/** What somebody with the keys to the database can do: get the triggers out of the way first. */
async function tamper(t: TestLog, statement: string): Promise<void> {
  await t.pool.query(`begin; set local session_replication_role = replica; ${statement}; commit`);
}

test("a ledger that nobody touched is whole, and says how far it is sealed", async () => {
  await using t = await openSealed();
  await t.log.append("a", [note("5")]);
  const before = await verify(t.pool);
  expect(before).toMatchObject({ problems: [], sealed: 4, unsealed: 1, head: { position: 4n } });
  expect(await seal(t.pool)).toBe(1);
  expect(await seal(t.pool)).toBe(0);
  expect(await verify(t.pool, before.head ?? undefined)).toMatchObject({
    problems: [],
    sealed: 5,
    unsealed: 0,
  });
});

test("an empty ledger is whole", async () => {
  await using t = await openTestLog();
  expect(await seal(t.pool)).toBe(0);
  expect(await verify(t.pool)).toEqual({
    problems: [],
    firstBroken: null,
    head: null,
    sealed: 0,
    unsealed: 0,
    retired: 0,
  });
});

const shared = openSealed();
afterAll(async () => (await shared)[Symbol.asyncDispose]());

test.each([
  [
    "a changed word",
    `update newsledger.events set data = '{"text":"forged"}' where global_position = 1`,
    { stream: "a", version: 1, position: 1n },
    /^stream a, event 1 \(position 1\): does not fit its hash: it was changed, or put in$/,
  ],
  [
    "another date",
    "update newsledger.events set occurred_at = now() where global_position = 1",
    { stream: "a", version: 1, position: 1n },
    /^stream a, event 1 \(position 1\): does not fit its hash/,
  ],
  [
    "a word changed together with its hash",
    `update newsledger.events e set data = '{"text":"forged"}' where global_position = 1;
     update newsledger.events e set hash = newsledger.event_hash(null, e) where global_position = 1`,
    { stream: "a", version: 2, position: 2n },
    /^stream a, event 2 \(position 2\): does not fit its hash/,
  ],
  [
    "one flipped bit of a hash",
    "update newsledger.events set hash = set_bit(hash, 100, 1 - get_bit(hash, 100)) where global_position = 4",
    { stream: "a", version: 3, position: 4n },
    /^stream a, event 3 \(position 4\): does not fit its hash/,
  ],
  [
    "an event moved to another stream",
    "update newsledger.events set stream_id = 'c' where global_position = 1",
    { stream: "c", version: 1, position: 1n },
    /^stream c, event 1 \(position 1\): was put in; nothing was ever appended to this stream$/,
  ],
  [
    "a removed event in the middle",
    "delete from newsledger.events where global_position = 2",
    { stream: "a", version: 2, position: 4n },
    /^stream a, event 2: is missing$/,
  ],
  [
    "a removed tail",
    "delete from newsledger.events where global_position in (2, 4)",
    { stream: "a", version: 2, position: 1n },
    /^stream a, event 2: is missing, and with it everything up to event 3, with which the stream should end$/,
  ],
  [
    "a whole stream removed",
    "delete from newsledger.events where stream_id = 'b'",
    { stream: "b", version: 1, position: null },
    /^stream b, event 1: is missing, and with it everything up to event 1/,
  ],
  [
    "an added event",
    `insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version, hash, data)
     select 2, recorded_at + interval '1 ms', 'x', 1, event_id, type, 1, hash, '{}'
     from newsledger.events where global_position = 1`,
    { stream: "x", version: 1, position: 2n },
    /^stream x, event 1 \(position 2\): was put in/,
  ],
  [
    "an event put at the end of a stream",
    `insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version, hash, data)
     select 5, recorded_at, 'b', 2, gen_random_uuid(), type, 1, hash, '{}' from newsledger.events where stream_id = 'b';
     update newsledger.events e set hash = newsledger.event_hash(
       (select hash from newsledger.events where stream_id = 'b' and version = 1), e) where global_position = 5`,
    { stream: "b", version: 3, position: 5n },
    /^stream b: goes on after event 1, with which it should end$/,
  ],
])("%s is found, and told where", async (_, statement, broken, sentence) => {
  const t = await shared;
  await t.pool.query("create table kept as select * from newsledger.events");
  await tamper(t, statement);
  const { problems, firstBroken } = await verify(t.pool);
  await tamper(
    t,
    "delete from newsledger.events; insert into newsledger.events select * from kept",
  );
  await t.pool.query("drop table kept");
  expect(problems[0]).toMatch(sentence);
  expect(firstBroken).toMatchObject(broken);
  expect((await verify(t.pool)).problems).toEqual([]);
});

test("what a seal covers is found though the whole chain of its stream was computed anew", async () => {
  const t = await shared;
  await t.pool.query(
    "create table kept as select * from newsledger.events; create table kept_streams as select * from newsledger.streams",
  );
  await tamper(
    t,
    `update newsledger.events set data = '{"text":"forged"}' where stream_id = 'b';
     update newsledger.events e set hash = newsledger.event_hash(null, e) where stream_id = 'b';
     update newsledger.streams s set last_hash = e.hash from newsledger.events e
       where s.stream_id = 'b' and e.stream_id = 'b'`,
  );
  const { problems } = await verify(t.pool);
  expect(problems).toEqual([
    expect.stringMatching(/^events 3 to 4: changed since they were sealed on 2/),
  ]);
  await tamper(
    t,
    `delete from newsledger.events; insert into newsledger.events select * from kept;
     delete from newsledger.streams; insert into newsledger.streams select * from kept_streams`,
  );
  expect((await verify(t.pool)).problems).toEqual([]);
});

test("a removed event is found even where nothing is sealed yet", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [note("1"), note("2")]);
  await tamper(t, "delete from newsledger.events where version = 1");
  expect((await verify(t.pool)).problems).toEqual(["stream a, event 1: is missing"]);
});

test("a stream removed with every trace but its append key is missed by name", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [note("1")], { key: "the key" });
  await tamper(t, "delete from newsledger.events; delete from newsledger.streams");
  expect((await verify(t.pool)).problems).toEqual([
    "stream a, event 1: is missing, though it was appended under the key the key",
  ]);
});

test("a ledger in use verifies as whole", async () => {
  await using t = await openTestLog();
  let writing = true;
  const writers = [1, 2, 3].map(async (writer) => {
    while (writing) await t.log.append(`s${writer}`, [note("x"), note("y")]);
  });
  for (let i = 0; i < 10; i++) {
    await seal(t.pool);
    expect((await verify(t.pool)).problems).toEqual([]);
  }
  writing = false;
  await Promise.all(writers);
});

test("a tail cut off with its seal shows by the head that was kept elsewhere", async () => {
  await using t = await openSealed();
  const { head } = await verify(t.pool);
  await tamper(
    t,
    `delete from newsledger.events where global_position > 2; delete from newsledger.seals where to_position > 2;
     delete from newsledger.streams where stream_id = 'b'; update newsledger.streams set version = 2, last_hash = (select hash from newsledger.events where global_position = 2)
       where stream_id = 'a'`,
  );
  expect((await verify(t.pool)).problems).toEqual([]); // nothing inside betrays it
  expect((await verify(t.pool, head ?? undefined)).problems).toEqual([
    "the seal kept for position 4 is not in this ledger's chain",
  ]);
});

test("a seal cannot be changed in passing, and a missing one is noticed", async () => {
  await using t = await openSealed();
  await expect(t.pool.query("delete from newsledger.seals")).rejects.toThrow("append-only");
  await tamper(t, "delete from newsledger.seals where to_position = 2");
  expect((await verify(t.pool)).problems).toEqual(["events 3 to 4: the seal before it is missing"]);
});

test("nothing is sealed beyond an open append", async () => {
  await using t = await openTestLog();
  const open = await t.db.startTransaction().execute();
  await t.log.within(open).append("open", [note("1")]);
  await t.log.append("after", [note("2")]);
  expect(await seal(t.pool)).toBe(0);
  await open.commit().execute();
  expect(await seal(t.pool)).toBe(2);
});
