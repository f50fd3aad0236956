import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { main } from "@newsledger/cli";
import { migrations } from "@newsledger/cli/migrations";
import { feedAdded, feedRemoved } from "@newsledger/core";
import { getText, openEventLog, putText, seal } from "@newsledger/eventlog";
import { expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

/** One call of the command line over a database of ours. */
async function call(
  database: TestDatabase,
  argv: readonly string[],
  input: readonly string[] = [],
) {
  const out = { stdout: "", stderr: "" };
  const into = (name: keyof typeof out) =>
    new Writable({
      write(chunk, _, done) {
        out[name] += String(chunk);
        done();
      },
    });
  const code = await main(argv, {
    stdin: Readable.from(input),
    stdout: into("stdout"),
    stderr: into("stderr"),
    env: { DATABASE_URL: database.url, NEWSLEDGER_DATA_DIR: "/nowhere", LOG_LEVEL: "error" },
    cwd: "/",
    signal: new AbortController().signal,
  });
  return { code, ...out };
}

const data = { feedId: "f", url: "https://news.example/rss", title: "News", language: null };

/** Written anew as if in January 2020, with the hashes that go with it. */
const inThePast = `begin; set local session_replication_role = replica;
  create table newsledger.events_202001 (like newsledger.events including defaults including constraints);
  alter table newsledger.events attach partition newsledger.events_202001 for values from ('2020-01-01Z') to ('2020-02-01Z');
  update newsledger.events set recorded_at = '2020-01-02 03:04:05Z';
  update newsledger.events e set hash = newsledger.event_hash(null, e) where version = 1;
  update newsledger.events e set hash = newsledger.event_hash(f.hash, e) from newsledger.events f
    where e.version = 2 and f.version = 1;
  update newsledger.streams set last_hash = (select hash from newsledger.events where version = 2);
  commit`;

async function openLedger({ past = false } = {}): Promise<TestDatabase> {
  const database = await createTestDatabase(migrations);
  await using log = await openEventLog({
    pool: database.pool,
    codec: { decode: (_type, _version, stored) => stored },
  });
  await log.append("feed-f", [feedAdded.create(data)], { key: "f" });
  await log.append("feed-f", [feedRemoved.create({ feedId: "f", reason: "gone" })]);
  if (past) await database.pool.query(inThePast);
  await seal(database.pool);
  return database;
}

test("verify says that the ledger is whole, and gives a head to keep; later it proves the ledger against it", async () => {
  await using ledger = await openLedger();
  const { code, stdout } = await call(ledger, ["verify"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Whole: 2 events\./);
  const head = /^Head: (\d+:[0-9a-f]{64})$/m.exec(stdout)?.[1] ?? "none";
  expect((await call(ledger, ["verify", "--head", head])).code).toBe(0);
  const other = await call(ledger, ["verify", "--head", `2:${"0".repeat(64)}`]);
  expect(other.code).toBe(1);
  expect(other.stdout).toContain("the seal kept for position 2 is not in this ledger's chain");
  expect((await call(ledger, ["verify", "--head", "nonsense"])).code).toBe(2);
});

test("verify names the event that was changed, and ends with 1", async () => {
  await using ledger = await openLedger();
  await ledger.pool.query(`begin; set local session_replication_role = replica;
    update newsledger.events set data = data || '{"reason": "forged"}' where global_position = 2; commit`);
  const { code, stdout, stderr } = await call(ledger, ["verify"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^NOT whole \(2 events\):\n {2}stream feed-f, event 2 \(position 2\): does not fit its hash/,
  );
  expect(stderr).toContain("changed outside of Newsledger");
});

test("what export writes, import reads into an empty ledger, and only there", async () => {
  await using ledger = await openLedger();
  await using empty = await createTestDatabase(migrations);
  const { stdout } = await call(ledger, ["export", "--texts"]);
  const lines = stdout.split(/(?<=\n)/);
  const first = await call(empty, ["import"], lines);
  expect(first).toMatchObject({
    code: 0,
    stdout: "2 events and 0 texts imported; every hash fits.\n",
  });
  expect((await call(empty, ["export", "--texts"])).stdout).toBe(stdout);
  expect((await call(empty, ["verify"])).code).toBe(0);
  const again = await call(empty, ["import"], lines);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("into an empty one") });
});

test("a text that is redacted is gone, an event says so with its reason, and the ledger stays whole", async () => {
  await using ledger = await openLedger();
  const hash = await ledger.db.transaction().execute((trx) => putText(trx, "to be removed"));
  expect(await call(ledger, ["redact", hash])).toMatchObject({ code: 2 });
  expect(await call(ledger, ["redact", hash, "--reason", "a court ordered it"])).toMatchObject({
    code: 0,
  });
  expect(await call(ledger, ["redact", hash, "--reason", "again"])).toMatchObject({ code: 1 });
  expect(await getText(ledger.db, hash)).toBeNull();
  const { stdout } = await call(ledger, ["export", "--texts"]);
  expect(stdout).toContain('"reason": "a court ordered it"');
  expect(stdout).not.toContain("to be removed");
  expect(await call(ledger, ["verify"])).toMatchObject({ code: 0 });
});

test("months are retired into files", async () => {
  await using ledger = await openLedger({ past: true });
  const directory = await mkdtemp(join(tmpdir(), "newsledger-retired-"));
  try {
    const nothing = await call(ledger, ["retire", "--before", "2001-01", "--to", directory]);
    expect(nothing).toMatchObject({ code: 0, stdout: "There is nothing from before 2001-01.\n" });
    expect(await call(ledger, ["retire", "--before", "soon", "--to", directory])).toMatchObject({
      code: 2,
    });
    const { stdout } = await call(ledger, ["export"]);
    const retired = await call(ledger, ["retire", "--before", "2020-02", "--to", directory]);
    expect(retired.stderr).toBe("");
    expect(retired.stdout).toMatch(/^202001 {2}2 events {2}[0-9a-f]{64} {2}/);
    expect(await readFile(join(directory, "newsledger-202001.ndjson"), "utf8")).toBe(stdout);
    expect(await call(ledger, ["verify"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Whole: 0 events, 2 more exported and removed on purpose."),
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test("a reader that has put nothing aside has nothing to handle again", async () => {
  await using ledger = await openLedger();
  const replay = await call(ledger, ["replay", "matcher"]);
  expect(replay).toMatchObject({ code: 0, stdout: "matcher has put nothing aside.\n" });
});

test("a subject's key is destroyed with a reason", async () => {
  await using ledger = await openLedger();
  const erase = () => call(ledger, ["erase", "ana", "--reason", "asked for it"]);
  expect(await erase()).toMatchObject({ code: 0, stdout: "The key is destroyed.\n" });
  expect(await erase()).toMatchObject({ code: 0, stdout: "The key had been destroyed before.\n" });
});

test("doctor tells what was put aside, why, and what to do", async () => {
  await using ledger = await openLedger();
  await ledger.pool.query(
    `insert into newsledger.checkpoints (name, position) values ('alerts', 2);
     insert into newsledger.parked (subscription, position, error, attempts) values ('alerts', 2, 'no such rule', 5)`,
  );
  const { stdout } = await call(ledger, ["doctor"]);
  expect(stdout).toMatch(/alerts +up to date, 1 put aside: .*newsledger replay alerts/);
  expect(stdout).toContain("alerts put event 2 aside: no such rule");
  expect(await call(ledger, ["replay", "alerts"])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("1 event will be handled again"),
  });
});
