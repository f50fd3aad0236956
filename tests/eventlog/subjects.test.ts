import { getText, putText, redactText, SubjectErased, seal, verify } from "@newsledger/eventlog";
import { expect, test } from "vitest";
import { note, openNotes, openTestLog, type TestLog } from "./open.ts";

const ofAna = (text: string) => ({ ...note(text), subject: { id: "ana", fields: ["text"] } });

const texts = async (t: TestLog, stream: string) =>
  (await Array.fromAsync(t.log.readStream(stream))).map(({ data, erased }) => [data, erased]);

/** Everything the database holds, as somebody with its files would find it. */
const everything = async (t: TestLog) =>
  (await t.pool.query("select data::text from newsledger.events")).rows
    .map(({ data }) => data)
    .join();

test("what belongs to a subject reads as it was appended and is kept encrypted", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [ofAna("her address"), note("open")], { key: "a" });
  await t.log.appendMany([{ stream: "a", events: [ofAna("her number")] }]);
  await t.db.transaction().execute((trx) => t.log.within(trx).append("a", [ofAna("her name")]));
  expect(await texts(t, "a")).toEqual(
    ["her address", "open", "her number", "her name"].map((text) => [{ text }, undefined]),
  );
  const stored = await everything(t);
  expect(stored).toContain("open");
  expect(stored).not.toContain("her ");
  expect(await t.log.append("a", [ofAna("again")], { key: "a" })).toMatchObject({
    status: "duplicate",
  });
  await using subscription = t.log.subscribe({
    name: "reader",
    types: ["noted"],
    handle: async (events) => {
      expect(events[0]?.data).toEqual({ text: "her address" });
      return undefined;
    },
    onError: "stop",
  });
  await subscription.caughtUp();
});

test("erasing a subject makes its data unreadable for every reader, in every process, and leaves the ledger whole", async () => {
  await using t = await openTestLog();
  await using other = await openNotes(t.pool);
  await t.log.append("a", [ofAna("hers"), note("open")]);
  await t.log.append("a", [{ ...note("his"), subject: { id: "ben", fields: ["text"] } }]);
  await seal(t.pool);
  const before = await verify(t.pool);
  expect(await t.log.eraseSubject("ana", "she asked for it")).toBe(true);
  expect(await t.log.eraseSubject("ana", "twice")).toBe(false);
  const read = await Array.fromAsync(other.read());
  expect(read.map(({ data, erased }) => [data, erased])).toEqual([
    [{ text: null }, ["text"]],
    [{ text: "open" }, undefined],
    [{ text: "his" }, undefined],
  ]);
  const after = await verify(t.pool, before.head ?? undefined);
  expect(after.problems).toEqual([]);
  const { rows } = await t.pool.query(
    "select key, reason from newsledger.subject_keys where subject_id = 'ana'",
  );
  expect(rows).toEqual([{ key: null, reason: "she asked for it" }]);
  await expect(t.log.append("a", [ofAna("more")])).rejects.toThrow(SubjectErased);
  // Somebody nobody has heard of can be erased too: nothing will ever be kept of them.
  expect(await t.log.eraseSubject("cleo", "in advance")).toBe(true);
});

test("what was sealed for one place does not open in another", async () => {
  await using t = await openTestLog();
  await t.log.append("a", [ofAna("hers")]);
  await t.pool.query(
    `begin; set local session_replication_role = replica;
     update newsledger.events set stream_id = 'b'; commit`,
  );
  expect(await texts(t, "b")).toEqual([[{ text: null }, ["text"]]]);
});

test("data that pretends to be sealed is refused", async () => {
  await using t = await openTestLog();
  const forged = { type: "noted", schemaVersion: 1, data: { $sealed: { subject: "ana" } } };
  await expect(t.log.append("a", [forged])).rejects.toThrow("$sealed is reserved");
});

test("a key made in a transaction that is rolled back does no harm", async () => {
  await using t = await openTestLog();
  const undone = t.db.transaction().execute(async (trx) => {
    await t.log.within(trx).append("a", [ofAna("never")]);
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  await Promise.all(["1", "2", "3"].map((text) => t.log.append(text, [ofAna(text)])));
  expect((await Array.fromAsync(t.log.read())).map(({ erased }) => erased)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a redacted text is gone for good, and what refers to it stays", async () => {
  await using t = await openTestLog();
  const hash = await t.db.transaction().execute((trx) => putText(trx, "to be removed"));
  const redact = () => t.db.transaction().execute((trx) => redactText(trx, hash));
  expect([await redact(), await redact()]).toEqual([true, false]);
  expect(await getText(t.db, hash)).toBeNull();
  expect(await t.db.transaction().execute((trx) => putText(trx, "to be removed"))).toBe(hash);
  expect(await getText(t.db, hash)).toBeNull();
  const { rows } = await t.pool.query("select hash, body from newsledger.texts");
  expect(rows).toEqual([{ hash, body: "" }]);
});
