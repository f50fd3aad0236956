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
  expect(await verify(t.pool)).toEqual({ problems: [], head: null, sealed: 0, unsealed: 0 });
});

const shared = openSealed();
afterAll(async () => (await shared)[Symbol.asyncDispose]());

test.each([
  [
    "a changed word",
    `update newsledger.events set data = '{"text":"forged"}' where global_position = 1`,
  ],
  ["another date", "update newsledger.events set occurred_at = now() where global_position = 1"],
  [
    "an event moved to another stream",
    "update newsledger.events set stream_id = 'c' where global_position = 1",
  ],
  ["a removed event", "delete from newsledger.events where global_position = 2"],
  [
    "an added event",
    `insert into newsledger.events
     select 2, recorded_at + interval '1 ms', 'x', 1, event_id, type, 1, null, null, null, '{}', ''
     from newsledger.events where global_position = 1`,
  ],
])("%s is found, and told where", async (_, statement) => {
  const t = await shared;
  await t.pool.query("create table kept as select * from newsledger.events");
  await tamper(t, statement);
  const { problems } = await verify(t.pool);
  await tamper(
    t,
    "delete from newsledger.events; insert into newsledger.events select * from kept",
  );
  await t.pool.query("drop table kept");
  expect(problems[0]).toMatch(/^events 1 to 2: changed since they were sealed on 2/);
  expect((await verify(t.pool)).problems).toEqual([]);
});

test("a removed event is found even where nothing is sealed yet", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [note("1"), note("2")]);
  await tamper(t, "delete from newsledger.events where version = 1");
  expect((await verify(t.pool)).problems).toEqual([
    "stream a: has 1 of the 2 events it should have",
  ]);
});

test("a tail cut off with its seal shows by the head that was kept elsewhere", async () => {
  await using t = await openSealed();
  const { head } = await verify(t.pool);
  await tamper(
    t,
    `delete from newsledger.events where global_position > 2; delete from newsledger.seals where to_position > 2;
     delete from newsledger.streams where stream_id = 'b'; update newsledger.streams set version = 2 where stream_id = 'a'`,
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
