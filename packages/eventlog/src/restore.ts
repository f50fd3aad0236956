import type pg from "pg";
import { derivedCheckpoints, quoted, tablesInOrder } from "./backup.ts";
import {
  type BackupFooter,
  type BackupHeader,
  BackupReader,
  BackupRefused,
  type TableFooter,
  type TableHeader,
  tally,
} from "./backup-file.ts";
import { copyIn } from "./copy-in.ts";
import { isOf, migrate, migrateTo, migrationsOf } from "./migrate.ts";
import type { Migration } from "./types.ts";

export interface Restored {
  readonly takenAt: string;
  readonly position: bigint;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Takes a backup into an empty database: first the schema as it was then, then every row in one transaction, each table
 * checked against its hash, then the migrations that came later.
 */
export async function restoreChunks(
  pool: pg.Pool,
  chunks: AsyncIterable<Buffer>,
  migrations: readonly Migration[],
): Promise<Restored> {
  const reader = new BackupReader(chunks);
  const header = await reader.json<BackupHeader>("newsledger", "format", "migrations", "sequences");
  if (header.newsledger !== "backup" || header.format !== 1)
    throw new BackupRefused(
      `restore: format ${header.format} is not known here; use the Newsledger that wrote this backup, or a newer one`,
    );
  const then = schemaOf(header, migrations);
  await assertUnused(pool, then);
  await migrateTo(pool, then);
  const restored = await load(pool, reader, header);
  await migrate(pool, migrations);
  return restored;
}

/** The migrations that the backup's schema was made with. Throws when this program does not know one of them. */
function schemaOf({ migrations: made }: BackupHeader, known: readonly Migration[]): Migration[] {
  const all = new Map(migrationsOf(known).map((one) => [one.id, one]));
  return made.map(([id, checksum]) => {
    const mine = all.get(id);
    if (!mine || !isOf(mine, checksum))
      throw new BackupRefused(
        `restore: the backup was made with the migration ${id}, which this program does not know; use the version that made it, or a newer one`,
      );
    return mine;
  });
}

async function assertUnused(pool: pg.Pool, then: readonly Migration[]): Promise<void> {
  const { rows } = await pool.query<{ made: boolean }>(
    "select to_regclass('newsledger.migrations') is not null as made",
  );
  if (!rows[0]?.made) return;
  const used = new BackupRefused(
    "restore: this database holds a ledger already; restore into an empty one",
  );
  // An earlier restore that was cut short leaves a schema without content: that may be taken up again.
  const ids = then.map(({ id }) => id);
  const { rows: others } = await pool.query(
    "select from newsledger.migrations where id <> all ($1)",
    [ids],
  );
  if (others.length > 0) throw used;
  const { rows: content } = await pool
    .query<{ used: boolean }>(
      `select exists (select from newsledger.streams) or exists (select from newsledger.seals)
         or exists (select from newsledger.checkpoints where position > 0) as used`,
    )
    .catch(() => ({ rows: [] }));
  if (content[0]?.used) throw used;
}

async function load(pool: pg.Pool, reader: BackupReader, header: BackupHeader): Promise<Restored> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin isolation level read committed");
    await client.query("set local statement_timeout = 0");
    await client.query("set local idle_in_transaction_session_timeout = 0");
    await client.query("lock table newsledger.streams in exclusive mode");
    await clear(client);
    for (const month of header.months)
      await client.query("select newsledger.make_partition(to_date($1, 'YYYYMM')::timestamp)", [
        month,
      ]);
    const counted = await loadTables(client, reader);
    for (const [name, value] of Object.entries(header.sequences))
      await client.query("select setval(format('newsledger.%I', $1::text)::regclass, $2::bigint)", [
        name,
        value,
      ]);
    await client.query("commit");
    broken = false;
    return { takenAt: header.takenAt, position: BigInt(header.position), ...counted };
  } catch (error) {
    await client.query("rollback").then(
      () => {
        broken = false;
      },
      () => {}, // the first error is the one to report
    );
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Some migrations write rows; the backup has them too. */
async function clear(client: pg.PoolClient): Promise<void> {
  const tables = await tablesInOrder(client);
  for (const { table } of tables.toReversed()) {
    if (table === "events" || table === "seals") continue; // empty, and nothing may be deleted there
    const some = table === "checkpoints" ? `where name !~ '${derivedCheckpoints}'` : "";
    await client.query(`delete from newsledger.${quoted(table)} ${some}`);
  }
}

async function loadTables(client: pg.PoolClient, reader: BackupReader): Promise<BackupFooter> {
  const known = new Set((await tablesInOrder(client)).map(({ table }) => table));
  let rows = 0;
  for (let tables = 0; ; tables++) {
    const next = await reader.json<TableHeader | BackupFooter>();
    if (!("table" in next)) {
      if (next.tables !== tables || next.rows !== rows)
        throw reader.refuse(
          `${next.tables} tables with ${next.rows} rows were written, ${tables} with ${rows} are here`,
        );
      return next;
    }
    if (!known.has(next.table)) throw reader.refuse(`there is no table ${next.table}`);
    rows += await loadTable(client, reader, next);
  }
}

async function loadTable(
  client: pg.PoolClient,
  reader: BackupReader,
  { table, columns }: TableHeader,
): Promise<number> {
  const counted = tally();
  const statement = `copy newsledger.${quoted(table)} (${columns.map(quoted).join(", ")}) from stdin`;
  try {
    await copyIn(client, statement, reader.rows(counted.add));
  } catch (cause) {
    if (cause instanceof BackupRefused) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BackupRefused(`restore ${table}: ${reason}`, { cause });
  }
  const found = counted.footer();
  const written = await reader.json<TableFooter>("rows", "sha256");
  if (found.rows !== written.rows || found.sha256 !== written.sha256)
    throw new BackupRefused(
      `restore ${table}: its rows are not those that were written (${written.rows} rows, hash ${written.sha256}): the file was changed or damaged`,
    );
  return found.rows;
}
