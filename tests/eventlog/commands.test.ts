import { Readable, Writable } from "node:stream";
import { main } from "@newsledger/cli";
import { migrations } from "@newsledger/cli/migrations";
import { feedAdded, feedRemoved } from "@newsledger/core";
import { openEventLog, seal } from "@newsledger/eventlog";
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

async function openLedger(): Promise<TestDatabase> {
  const database = await createTestDatabase(migrations);
  await using log = await openEventLog({
    pool: database.pool,
    codec: { decode: (_type, _version, stored) => stored },
  });
  await log.append("feed-f", [feedAdded.create(data)], { key: "f" });
  await log.append("feed-f", [feedRemoved.create({ feedId: "f", reason: "gone" })]);
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
