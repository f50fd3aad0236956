import {
  exportLines,
  ImportRefused,
  importLines,
  migrations,
  putText,
  redactText,
  seal,
  verify,
} from "@newsledger/eventlog";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { count, note, openNotes, openTestLog, type TestLog } from "./open.ts";

let t: TestLog;
let lines: string[];
beforeAll(async () => {
  t = await openTestLog();
  const occurredAt = new Date("1999-12-31T23:59:59.999Z");
  await t.log.append("a", [{ ...note('ñ 😀 "quoted"\n'), occurredAt }, count(1)], {
    key: "a",
    correlationId: crypto.randomUUID(),
  });
  await t.log.append("b", [{ ...note("hers"), subject: { id: "ana", fields: ["text"] } }]);
  const gone = t.db.transaction().execute(async (trx) => {
    await t.log.within(trx).append("gone", [note("never")]);
    throw new Error("rolled back"); // leaves a hole in the positions
  });
  await expect(gone).rejects.toThrow("rolled back");
  await Promise.all(
    Array.from({ length: 1_200 }, (_, i) =>
      t.log.append(`s${i % 7}`, [count(i)], { key: `k${i}` }),
    ),
  );
  await t.log.append("a", [note("last")], { causationId: crypto.randomUUID() });
  await t.db.transaction().execute(async (trx) => {
    await putText(trx, "a long text");
    await redactText(trx, await putText(trx, "a text to forget"));
  });
  await seal(t.pool);
  lines = await Array.fromAsync(exportLines(t.pool, { texts: true }));
});
afterAll(() => t[Symbol.asyncDispose]());

const stored = async ({ pool }: TestDatabase) => ({
  events: (await pool.query("select * from newsledger.events order by global_position")).rows,
  streams: (
    await pool.query("select stream_id, version, last_hash from newsledger.streams order by 1")
  ).rows,
  keys: (
    await pool.query(
      "select key, stream_id, last_version, first_position, last_position from newsledger.append_keys order by 1",
    )
  ).rows,
  texts: (await pool.query("select hash, body, redacted_at from newsledger.texts order by 1")).rows,
});

test("an export read into an empty ledger gives the same events, hashes, keys and texts, and the same seals", async () => {
  await using copy = await createTestDatabase(migrations);
  expect(await importLines(copy.pool, lines)).toEqual({ events: 1_204, texts: 2 });
  expect(await stored(copy)).toEqual(await stored(t));
  await seal(copy.pool);
  const { head, problems } = await verify(copy.pool);
  expect(problems).toEqual([]);
  expect(head?.root).toBe((await verify(t.pool)).head?.root);
  expect(await Array.fromAsync(exportLines(copy.pool, { texts: true }))).toEqual(lines);

  await using log = await openNotes(copy.pool);
  expect(await log.append("a", [note("again")], { key: "a" })).toMatchObject({
    status: "duplicate",
    version: 2,
  });
  const next = await log.append("a", [note("next")]);
  expect(next).toMatchObject({ status: "appended", version: 4 });
  const read = await Array.fromAsync(log.read());
  expect(read.at(-1)?.version).toBe(4);
  // The keys of subjects stay behind: what they lock reads as erased.
  expect(read.find(({ stream }) => stream === "b")?.data).toEqual({ text: null });
});

test("an export holds nothing of an erased subject, nor what a subject's key still locks", () => {
  expect(lines.join("\n")).not.toContain("hers");
  expect(lines.join("\n")).not.toContain("to forget");
});

test("a subscription that waits beside an import misses nothing of it", async () => {
  await using copy = await createTestDatabase(migrations);
  await using log = await openNotes(copy.pool);
  const seen: bigint[] = [];
  await using subscription = log.subscribe({
    name: "waiting",
    handle: async (events) => {
      seen.push(...events.map(({ position }) => position));
      return undefined;
    },
  });
  await importLines(copy.pool, lines);
  await subscription.caughtUp();
  expect(seen).toHaveLength(1_204);
});

test.each<[string, (lines: string[]) => string[], RegExp]>([
  [
    "a changed word",
    (l) => l.map((line) => line.replace("quoted", "forged")),
    /stream a, event 1 .*does not fit/,
  ],
  ["a line left out", (l) => l.toSpliced(1, 1), /stream a, event 2: is missing/],
  ["a line twice", (l) => [...l, l[0] ?? ""], /lines \d+ to \d+: duplicate key/],
  ["a line cut short", (l) => l.with(3, (l[3] ?? "").slice(0, 40)), /line 4: is not JSON/],
  ["something else", (l) => ["{}", ...l], /line 1: is not an event as newsledger export writes it/],
  ["a list", (l) => ["[1]", ...l], /line 1: is not an event/],
  ["a number", (l) => ["7", ...l], /line 1: is neither/],
  [
    "a date that is none",
    (l) => l.map((line) => line.replace(/-\d\dT/, "-99T")),
    /date\/time field value out of range/,
  ],
  [
    "a text that was changed",
    (l) => l.map((line) => line.replace("a long text", "another")),
    /the text does not fit its hash/,
  ],
])("%s is refused, and nothing is kept", async (_, change, message) => {
  await using copy = await createTestDatabase(migrations);
  const attempt = importLines(copy.pool, change(lines));
  await expect(attempt).rejects.toThrow(ImportRefused);
  await expect(attempt).rejects.toThrow(message);
  expect(await importLines(copy.pool, [])).toEqual({ events: 0, texts: 0 }); // still empty, still usable
  expect(await importLines(copy.pool, lines)).toEqual({ events: 1_204, texts: 2 });
});

test("a ledger that holds anything takes no import", async () => {
  await expect(importLines(t.pool, lines)).rejects.toThrow("import into an empty one");
});

test("months long past come to lie in partitions of their own", async () => {
  await using copy = await createTestDatabase(migrations);
  await using old = await createTestDatabase(migrations);
  await using log = await openNotes(old.pool);
  await log.append("old", [note("1"), note("2")]);
  await old.pool.query(`begin; set local session_replication_role = replica;
    update newsledger.events set recorded_at = '2001-02-03 04:05:06.789Z';
    update newsledger.events e set hash = newsledger.event_hash(null, e) where version = 1;
    update newsledger.events e set hash = newsledger.event_hash(f.hash, e) from newsledger.events f
      where e.version = 2 and f.version = 1;
    update newsledger.streams set last_hash = (select hash from newsledger.events where version = 2); commit`);
  await importLines(copy.pool, exportLines(old.pool));
  const { rows } = await copy.pool.query(
    "select distinct tableoid::regclass::text as part from newsledger.events",
  );
  expect(rows).toEqual([{ part: "newsledger.events_200102" }]);
  expect((await verify(copy.pool)).problems).toEqual([]);
});
