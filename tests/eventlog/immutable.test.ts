import { migrate, seal } from "@newsledger/eventlog";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { note, openNotes } from "./open.ts";

const database = `immutable_${process.pid}`;
const owner = `owner_${process.pid}`;
const application = `application_${process.pid}`;

const open = (user?: string) => {
  const url = new URL(inject("postgresUrl"));
  url.pathname = user ? `/${database}` : "/postgres";
  if (user) Object.assign(url, { username: user, password: "test" });
  const pool = new pg.Pool({ connectionString: url.href, max: 8 });
  pool.on("error", () => {});
  return pool;
};

let admin: pg.Pool;
const pools = new Map<string, pg.Pool>();
beforeAll(async () => {
  admin = open();
  for (const role of [owner, application])
    await admin.query(`create role ${role} login password 'test'`);
  await admin.query(`create database ${database} owner ${owner}`);
  for (const role of [owner, application]) pools.set(role, open(role));
  const owning = pools.get(owner) ?? admin;
  await migrate(owning, []);
  // As freely as anybody might grant it.
  await owning.query(`grant usage on schema newsledger to ${application};
    grant all on all tables in schema newsledger to ${application};
    grant all on all sequences in schema newsledger to ${application}`);
  await using log = await openNotes(owning);
  await log.append("a", [note("1"), note("2")]);
  await seal(owning);
});
afterAll(async () => {
  for (const pool of pools.values()) await pool.end();
  await admin.query(`drop database ${database} with (force)`);
  for (const role of [owner, application]) await admin.query(`drop role ${role}`);
  await admin.end();
});

describe.each([
  ["the role that owns the ledger", owner],
  ["a role to which everything was granted", application],
])("%s", (_, role) => {
  const month = new Date().toISOString().slice(0, 7).replace("-", "");

  test("can append", async () => {
    await using log = await openNotes(pools.get(role) ?? admin);
    expect(await log.append(`by-${role}`, [note("x")], { key: role })).toMatchObject({
      status: "appended",
    });
  });

  test.each([
    "update newsledger.events set data = '{}'",
    "delete from newsledger.events",
    "truncate newsledger.events",
    `update newsledger.events_${month} set type = 'x'`,
    `delete from newsledger.events_${month} where version = 1`,
    `truncate newsledger.events_${month}`,
    "truncate newsledger.events_default",
    "truncate newsledger.events cascade",
    "update newsledger.seals set root = ''",
    "delete from newsledger.seals",
    "truncate newsledger.seals",
  ])("cannot %s", async (statement) => {
    await expect((pools.get(role) ?? admin).query(statement)).rejects.toThrow("append-only");
  });

  test("cannot put the guard to sleep for its session", async () => {
    await expect(
      (pools.get(role) ?? admin).query("set session_replication_role = replica"),
    ).rejects.toThrow("permission denied");
  });
});
