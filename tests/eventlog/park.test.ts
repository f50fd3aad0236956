import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createTally, note, openNotes, openTestLog, record, type TestLog, tally } from "./open.ts";

const parked = async (t: TestLog, name: string) => {
  const { rows } = await t.pool.query<{ position: string; error: string; attempts: number }>(
    "select position, error, attempts from newsledger.parked where subscription = $1 order by position",
    [name],
  );
  return rows;
};

test("once the fault is mended, the parked events are handled again, once, and leave the list", async () => {
  await using t = await openTestLog();
  await createTally(t.db);
  let broken = true;
  await using subscription = t.log.subscribe({
    name: "fragile",
    onError: "park",
    async handle(events, trx) {
      await record(events, trx);
      if (broken && events.some(({ version }) => version % 2 === 0)) throw new Error("even");
      return undefined;
    },
  });
  await t.log.append("a", ["1", "2", "3", "4"].map(note));
  await subscription.caughtUp();
  expect(await tally(t.db)).toEqual([1n, 3n]);

  expect(await t.log.replayParked("fragile")).toBe(2);
  while ((await parked(t, "fragile")).some(({ attempts }) => attempts < 6)) await pause(20);
  expect(await tally(t.db)).toEqual([1n, 3n]); // still broken: nothing done, nothing lost

  broken = false;
  await using operator = await openNotes(t.pool); // whoever asks need not be the process that handles
  expect(await operator.replayParked("fragile")).toBe(2);
  while ((await parked(t, "fragile")).length > 0) await pause(20);
  expect(await tally(t.db)).toEqual([1n, 3n, 2n, 4n]);
  expect(await operator.replayParked("fragile")).toBe(0);
});

test("an event whose replay fails again stays parked with its new error", async () => {
  await using t = await openTestLog();
  let reason = "first";
  await using subscription = t.log.subscribe({
    name: "hopeless",
    onError: "park",
    handle: async () => {
      throw new Error(reason);
    },
  });
  await t.log.append("a", [note("1")]);
  await subscription.caughtUp();
  reason = "second";
  await t.log.replayParked("hopeless");
  while ((await parked(t, "hopeless"))[0]?.error === "first") await pause(20);
  expect(await parked(t, "hopeless")).toEqual([{ position: "1", error: "second", attempts: 6 }]);
});

test("a replay that nobody is there to do waits until somebody is", async () => {
  await using t = await openTestLog();
  await createTally(t.db);
  await t.log.append("a", [note("1")]);
  await sql`insert into newsledger.checkpoints (name, position) values ('later', 1)`.execute(t.db);
  await sql`insert into newsledger.parked (subscription, position, error, attempts) values ('later', 1, 'x', 5)`.execute(
    t.db,
  );
  expect(await t.log.replayParked("later")).toBe(1);
  await using _ = t.log.subscribe({
    name: "later",
    onError: "park",
    async handle(events, trx) {
      await record(events, trx);
      return undefined;
    },
  });
  while ((await parked(t, "later")).length > 0) await pause(20);
  expect(await tally(t.db)).toEqual([1n]);
});
