import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { Installation, until } from "../harness/newsledger.ts";
import { Newspaper } from "../harness/press.ts";
import { Sink } from "../harness/sink.ts";
import { envoyVisit } from "../pipeline/envoy-visit.ts";

const script = readFileSync(join(import.meta.dirname, "../../infra/postgres/roles.sql"), "utf8");
const password = "a-password-of-the-test";

let database: TestDatabase;
let paper: Newspaper;
let sink: Sink;
let newsledger: Installation;

beforeAll(async () => {
  database = await createTestDatabase([]);
  paper = await Newspaper.open("The Harbour Gazette");
  sink = await Sink.open();
  paper.publish(envoyVisit.headline, envoyVisit.paragraphs);
  // The template of the test database holds the log's tables, made by a superuser: as on a server that ran before.
  await database.pool.query(script);
  for (const role of ["newsledger_owner", "newsledger_app", "newsledger_reader"])
    await database.pool.query(`alter role ${role} password '${password}'`);
  const allowed = { NEWSLEDGER_ALLOW_HOSTS: `${paper.host},${sink.host}` };
  await using owner = await Installation.create({ DATABASE_URL: urlOf("newsledger_owner") });
  await owner.ask("migrate");
  await database.pool.query(script);
  newsledger = await Installation.create({ ...allowed, DATABASE_URL: urlOf("newsledger_app") });
}, 400_000);

afterAll(async () => {
  await newsledger?.[Symbol.asyncDispose]();
  await sink?.[Symbol.asyncDispose]();
  await paper?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

function urlOf(role: string): string {
  const url = new URL(database.url);
  url.username = role;
  url.password = password;
  return url.href;
}

/** What Postgres says to a statement of this role; null when it did it. */
async function refusal(role: string, statement: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: urlOf(role) });
  await client.connect();
  try {
    await client.query(statement);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end();
  }
}

test("as the application's role everything works: from the feed to the webhook, the mail, the answers and the backup", async () => {
  await newsledger.up();
  await newsledger.ask("webhooks", "add", `${sink.origin}/hook`);
  await newsledger.ask("subscribers", "add", "family@example.org", "--topic", "citgo-6");
  await newsledger.ask("feeds", "add", paper.feedUrl);
  await until(
    async () => sink.received.length,
    (count) => count === 1,
    { seconds: 90 },
  );
  await newsledger.ask("digest", "send", "family@example.org");
  await until(
    () => newsledger.rows<{ state: string }>("digest", "list"),
    (rows) => rows.some(({ state }) => state === "sent"),
    { seconds: 60 },
  );
  await until(
    () => newsledger.rows("search", "helicoide"),
    (rows) => rows.length === 1,
    { seconds: 60 },
  );
  expect(await newsledger.ask("verify")).toMatch(/^Whole: /);
  await newsledger.ask("backup", join(newsledger.directory, "app.backup"));
  await newsledger.ask("status", "--system");
  expect(newsledger.notes).not.toMatch(/permission denied|must be owner/);
}, 400_000);

test("months are made ahead, with the owner's rights", async () => {
  expect(await refusal("newsledger_app", "select newsledger.maintain(5)")).toBeNull();
  expect(await refusal("newsledger_reader", "select newsledger.maintain(6)")).toMatch(
    /permission denied/,
  );
});

const thisMonth = `events_${new Date().toISOString().slice(0, 7).replace("-", "")}`;

test.each([
  "update newsledger.events set data = '{}'",
  "delete from newsledger.events",
  "truncate newsledger.events",
  `update newsledger.${thisMonth} set data = '{}'`,
  `delete from newsledger.${thisMonth}`,
  `truncate newsledger.${thisMonth}`,
  `drop table newsledger.${thisMonth}`,
  "drop table newsledger.events",
  "drop trigger events_immutable on newsledger.events",
  "alter table newsledger.events disable trigger all",
  "alter table newsledger.seals disable trigger all",
  "update newsledger.seals set root = ''",
  "delete from newsledger.seals",
  "create or replace function newsledger.refuse_change() returns trigger language plpgsql as 'begin return null; end'",
  "set session_replication_role = replica",
  "drop schema newsledger cascade",
  "insert into newsledger.migrations (id, checksum) values ('x', 'x')",
  "create role another superuser",
])("the application's role cannot: %s", async (statement) => {
  expect(await refusal("newsledger_app", statement)).toMatch(
    /permission denied|must be owner|the ledger is append-only/,
  );
});

test.each([
  "select count(*) from newsledger.events",
  "select count(*) from newsledger.texts",
  "select count(*) from newsledger.feeds",
  "select count(*) from coverage.items",
])("an analyst can: %s", async (statement) => {
  expect(await refusal("newsledger_reader", statement)).toBeNull();
});

test.each([
  "select * from newsledger.subscribers",
  "select * from newsledger.subscriptions",
  "select * from newsledger.confirmations",
  "select * from newsledger.webhooks",
  "select * from newsledger.api_keys",
  "select * from newsledger.subject_keys",
  "delete from coverage.items",
  "set default_transaction_read_only = off; insert into newsledger.texts (hash, body) values ('x', 'x')",
])("an analyst cannot: %s", async (statement) => {
  expect(await refusal("newsledger_reader", statement)).toMatch(
    /permission denied|read-only transaction/,
  );
});
