import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { count, note, openTestLog, type TestLog } from "./open.ts";

let t: TestLog;
beforeAll(async () => {
  t = await openTestLog();
});
afterAll(() => t[Symbol.asyncDispose]());

/** Events whose hash does not follow from their content and the event before them, and streams that end elsewhere. */
async function broken(): Promise<unknown[]> {
  const { rows } = await t.pool.query(`
    with linked as (
      select e as event, lag(e.hash) over (partition by e.stream_id order by e.version) as previous
      from newsledger.events e)
    select (event).stream_id, (event).version from linked
    where (event).hash <> newsledger.event_hash(previous, event)
    union all
    select s.stream_id, s.version from newsledger.streams s
    join newsledger.events e on e.stream_id = s.stream_id and e.version = s.version
    where s.last_hash is distinct from e.hash`);
  return rows;
}

test("every event's hash follows from it and the one before, whichever way it was appended", async () => {
  const occurredAt = new Date("1969-07-20T20:17:40.123Z");
  await t.log.append("alone", [{ ...note("ñ 😀"), occurredAt }], { key: "alone" });
  await t.log.append("alone", [note("two"), count(3), note("four")]);
  await t.log.appendMany([
    { stream: "alone", events: [count(5), count(6)], correlationId: crypto.randomUUID() },
    { stream: "beside", events: [note("one"), note("two")], causationId: crypto.randomUUID() },
    { stream: "refused", events: [note("never")], expected: 9 },
    { stream: "third", events: [count(1)], key: "third" },
  ]);
  await t.db.transaction().execute(async (trx) => {
    await t.log.within(trx).append("alone", [note("seven")], { key: "seven" });
    await t.log.within(trx).append("beside", [note("three"), note("four")]);
  });
  await Promise.all(Array.from({ length: 30 }, (_, i) => t.log.append("crowd", [count(i)])));
  const { rows } = await t.pool.query("select count(*)::int as n from newsledger.events");
  expect(rows).toEqual([{ n: 42 }]);
  expect(await broken()).toEqual([]);
});

test("the hash of an event can be computed without Postgres", async () => {
  await t.log.append("by hand", [note("x")], { key: "by hand" });
  const { rows } = await t.pool.query<{ hash: Buffer; event_id: string; us: string }>(
    `select hash, event_id, (extract(epoch from recorded_at - '2000-01-01 00:00Z'::timestamptz) * 1000000)::bigint as us
     from newsledger.events where stream_id = 'by hand'`,
  );
  const [row] = rows;
  const int = (size: number, value: bigint) =>
    Buffer.from(
      BigInt.asUintN(size * 8, value)
        .toString(16)
        .padStart(size * 2, "0"),
      "hex",
    );
  const field = (oid: number, bytes: Buffer | null) =>
    Buffer.concat([int(4, BigInt(oid)), int(4, BigInt(bytes?.length ?? -1)), bytes ?? Buffer.of()]);
  const content = Buffer.concat([
    int(4, 8n),
    field(25, Buffer.from("by hand")),
    field(2950, Buffer.from(row?.event_id.replaceAll("-", "") ?? "", "hex")),
    field(25, Buffer.from("noted")),
    field(21, int(2, 1n)),
    field(2950, null),
    field(2950, null),
    field(1184, null),
    field(3802, Buffer.from('\u0001{"text": "x"}')),
  ]);
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest();
  const link = Buffer.concat([int(8, 1n), int(8, BigInt(row?.us ?? 0)), sha256(content)]);
  expect(row?.hash.toString("hex")).toBe(sha256(link).toString("hex"));
});

test("what is changed behind the triggers no longer fits its hash", async () => {
  await t.log.append("forged", [note("true"), note("also true")]);
  await t.pool.query(
    `begin; set local session_replication_role = replica;
     update newsledger.events set data = '{"text":"false"}' where stream_id = 'forged' and version = 1; commit`,
  );
  expect(await broken()).toEqual([{ stream_id: "forged", version: "1" }]);
});
