import { createHash } from "node:crypto";
import type pg from "pg";
import { migrations as own } from "./schema.ts";
import type { Migration } from "./types.ts";

/** A migration cannot be run, or was edited after it had been. */
export class MigrationFailed extends Error {
  override name = "MigrationFailed";
  readonly migration: string;

  constructor(migration: string, message: string, options?: ErrorOptions) {
    super(`migrate ${migration}: ${message}`, options);
    this.migration = migration;
  }
}

/**
 * Brings the database to these migrations, the log's own first, each in a transaction of its own.
 * Safe to call from many processes at once and to kill at any moment. Returns the ids that it applied.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  return migrateTo(pool, inOrder([...own, ...migrations]));
}

/** Exactly these, in this order. */
export async function migrateTo(pool: pg.Pool, wanted: readonly Migration[]): Promise<string[]> {
  const client = await pool.connect();
  client.on("error", ignore); // a lost connection also fails the query that is under way, or the next
  let broken = true;
  try {
    await client.query("set statement_timeout = 0");
    await client.query("select pg_advisory_lock(20044, 1)"); // two-key locks are not in the fence's scan
    const applied = await run(client, wanted);
    await client.query("select pg_advisory_unlock(20044, 1)");
    await client.query("reset statement_timeout");
    broken = false;
    return applied;
  } finally {
    client.release(broken); // a closed connection gives the lock back
    if (!broken) client.off("error", ignore);
  }
}

const ignore = () => {};

async function run(client: pg.PoolClient, wanted: readonly Migration[]): Promise<string[]> {
  // Asked first: a role that may not create anything can still find that there is nothing to do.
  const { rows: schema } = await client.query<{ made: boolean }>(
    "select to_regclass('newsledger.migrations') is not null as made",
  );
  if (!schema[0]?.made)
    await client.query(`
      do $$ begin
        if to_regnamespace('newsledger') is null then create schema newsledger; end if;
      end $$;
      create table if not exists newsledger.migrations (
        id text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`);
  const { rows } = await client.query<{ id: string; checksum: string }>(
    "select id, checksum from newsledger.migrations",
  );
  const done = new Map(rows.map((row) => [row.id, row.checksum]));
  const applied: string[] = [];
  for (const migration of wanted) {
    const known = done.get(migration.id);
    if (known === undefined) {
      await apply(client, migration);
      applied.push(migration.id);
    } else if (!isOf(migration, known)) {
      throw new MigrationFailed(
        migration.id,
        "its SQL differs from what was applied to this database; restore it and put the change into a new migration",
      );
    }
  }
  return applied;
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    if (migration.also) await client.query(migration.also);
    await client.query("insert into newsledger.migrations (id, checksum) values ($1, $2)", [
      migration.id,
      checksum(migration),
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {}); // the first error is the one to report
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationFailed(migration.id, reason, { cause: error });
  }
}

/** The log's own and these, in order. */
export const migrationsOf = (migrations: readonly Migration[]): Migration[] =>
  inOrder([...own, ...migrations]);

/** Whether a database that keeps this checksum was made with this step, as it is or in an earlier wording. */
export const isOf = (migration: Migration, kept: string): boolean =>
  kept === checksum(migration) || (migration.formerly ?? []).includes(kept);

/** As given; a migration given twice runs once. */
function inOrder(migrations: readonly Migration[]): Migration[] {
  const byId = new Map<string, Migration>();
  for (const migration of migrations) {
    const earlier = byId.get(migration.id);
    if (earlier && earlier.sql !== migration.sql)
      throw new MigrationFailed(migration.id, "two different migrations carry this id");
    if (!earlier) byId.set(migration.id, migration);
  }
  return [...byId.values()];
}

const checksum = (migration: Migration): string =>
  createHash("sha256").update(migration.sql).digest("hex");
