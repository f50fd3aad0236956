import { type Migration, MigrationFailed, migrate, migrations } from "@newsledger/eventlog";
import pg from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";

// A bare database, not one of the harness: that comes migrated.
let admin: pg.Pool;
let pool: pg.Pool;
let name: string;
beforeEach(async () => {
  admin = new pg.Pool({ connectionString: inject("postgresUrl"), max: 1 });
  name = `migrate_${process.pid}_${Date.now()}`;
  await admin.query(`create database ${name}`);
  pool = openPool();
});
afterEach(async () => {
  await pool.end();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

function openPool(): pg.Pool {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  const opened = new pg.Pool({ connectionString: url.href, max: 4 });
  opened.on("error", () => {});
  return opened;
}

const pets: Migration = {
  id: "pets-001",
  sql: "create table newsledger.pets (name text); insert into newsledger.pets values ('cat')",
};
const applied = async () => {
  const { rows } = await pool.query<{ id: string }>(
    "select id from newsledger.migrations order by applied_at, id",
  );
  return rows.map(({ id }) => id);
};
const own = migrations.map(({ id }) => id);

test("the log's own steps come first, and each step runs once", async () => {
  expect(await migrate(pool, [pets])).toEqual([...own, "pets-001"]);
  expect(await migrate(pool, [...migrations, pets])).toEqual([]);
  expect(await applied()).toEqual([...own, "pets-001"]);
  expect((await pool.query("select * from newsledger.pets")).rows).toHaveLength(1);
});

test("eight processes that start together run each step once between them", async () => {
  const pools = Array.from({ length: 8 }, openPool);
  const results = await Promise.all(pools.map((one) => migrate(one, [pets])));
  expect(results.flat().sort()).toEqual([...own, "pets-001"].sort());
  await Promise.all(pools.map((one) => one.end()));
});

test("a step that was edited after it ran is refused by name", async () => {
  await migrate(pool, [pets]);
  const attempt = migrate(pool, [{ ...pets, sql: `${pets.sql} -- better` }]);
  await expect(attempt).rejects.toThrow(MigrationFailed);
  await expect(attempt).rejects.toThrow("migrate pets-001: its SQL differs");
});

test("a step that was worded otherwise and came to the same runs no second time; what it makes beside is not compared", async () => {
  const { rows } = await pool.query<{ checksum: string }>(
    "select encode(sha256($1::bytea), 'hex') as checksum",
    [Buffer.from(pets.sql)],
  );
  await migrate(pool, [{ ...pets, also: "create table newsledger.stays (n int)" }]);
  expect((await pool.query("select * from newsledger.stays")).rows).toEqual([]);

  expect(await migrate(pool, [{ ...pets, also: "select nonsense" }])).toEqual([]);
  const folded = { ...pets, sql: "create table newsledger.pets (name text default 'cat')" };
  await expect(migrate(pool, [{ ...folded, formerly: ["another"] }])).rejects.toThrow(
    "its SQL differs",
  );
  expect(await migrate(pool, [{ ...folded, formerly: [rows[0]?.checksum ?? ""] }])).toEqual([]);
});

test("two steps with one id are refused", async () => {
  await expect(migrate(pool, [pets, { ...pets, sql: "select 1" }])).rejects.toThrow(
    "carry this id",
  );
});

test("a failing step leaves no trace, keeps what came before, and is resumed once it is mended", async () => {
  const broken = { id: "pets-002", sql: "create table newsledger.toys (n int); select nonsense" };
  await expect(migrate(pool, [pets, broken])).rejects.toThrow(
    'migrate pets-002: column "nonsense"',
  );
  expect(await applied()).toEqual([...own, "pets-001"]);
  const mended = { ...broken, sql: "create table newsledger.toys (n int)" };
  expect(await migrate(pool, [pets, mended])).toEqual(["pets-002"]);
});

test("a run whose connection is cut in the middle of a step is resumed by the next, which need not wait", async () => {
  const slow = {
    id: "pets-002",
    sql: "create table newsledger.toys (n int); select pg_sleep(3600)",
  };
  const cut = migrate(pool, [pets, slow]);
  cut.catch(() => {}); // asserted below
  for (let killed = 0; killed === 0; ) {
    const { rowCount } = await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'",
      [name],
    );
    killed = rowCount ?? 0;
  }
  await expect(cut).rejects.toThrow("migrate pets-002");
  expect(await migrate(pool, [pets, { ...slow, sql: "select 1" }])).toEqual(["pets-002"]);
  expect((await pool.query("select to_regclass('newsledger.toys') as toys")).rows).toEqual([
    { toys: null },
  ]);
});
