import { type EventLog, migrations, openEventLog } from "@newsledger/eventlog";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

const note = (text: string) => ({ type: "noted", schemaVersion: 1, data: { text } });
let database: TestDatabase;
let log: EventLog<{ noted: { text: string } }>;

beforeAll(async () => {
  database = await createTestDatabase(migrations);
  log = await openEventLog({ pool: database.pool, codec: { decode: (_t, _v, data) => data } });
});
afterAll(async () => {
  await log[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

test("an event comes back as it was appended", async () => {
  const result = await log.append("a", [note("one"), note("two")], { key: "k" });
  expect(result).toMatchObject({ status: "appended", version: 2 });
  expect(await log.append("a", [note("one")], { key: "k" })).toEqual({
    ...result,
    status: "duplicate",
  });
  expect(await log.append("a", [note("x")], { expected: "none" })).toEqual({
    status: "conflict",
    version: 2,
  });
  expect(await log.append("a", [note("x")], { expected: 2 })).toMatchObject({
    status: "appended",
    version: 3,
  });
  const events = await Array.fromAsync(log.readStream("a"));
  expect(events.map((e) => e.data.text)).toEqual(["one", "two", "x"]);
  const seen: string[] = [];
  await using subscription = log.subscribe({
    name: "s",
    handle: async (events) => {
      for (const e of events) seen.push(e.data.text);
      return undefined;
    },
  });
  await subscription.caughtUp();
  expect(seen).toEqual(["one", "two", "x"]);
  await database.db.transaction().execute(async (trx) => {
    await log.within(trx).append("b", [note("inside")], { key: "k2" });
    expect(await log.within(trx).append("b", [note("inside")], { key: "k2" })).toMatchObject({
      status: "duplicate",
    });
  });
  await subscription.caughtUp();
  expect(seen).toEqual(["one", "two", "x", "inside"]);
});
