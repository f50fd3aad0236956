import type pg from "pg";
import {
  type BackupFooter,
  type BackupHeader,
  BackupRefused,
  endOfRows,
  type TableHeader,
  tally,
} from "./backup-file.ts";
import { copyOut } from "./copy-out.ts";

/** Read models and what is kept for them follow from the ledger: a restored ledger builds them anew. */
const derivedTables = "^(words$|read_models$|rebuilds$|snapshots$)";
/** The places up to which they were built. */
export const derivedCheckpoints = "^(projection|inline|read-model):";

/**
 * Everything of the schema that does not follow from something else, as of one moment, while Newsledger works on. Secrets
 * stay sealed; their key is not in it.
 */
export async function* backupChunks(pool: pg.Pool): AsyncGenerator<Buffer> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query("set local statement_timeout = 0");
    await client.query("set local idle_in_transaction_session_timeout = 0");
    const header = await describe(client);
    yield line(header);
    const tables = await tablesInOrder(client);
    let rows = 0;
    for (const table of tables) {
      yield line(table);
      const counted = tally();
      for await (const batch of copyOut(client, copyStatement(table))) {
        for (const row of batch) counted.add(row);
        yield Buffer.concat(batch);
      }
      const footer = counted.footer();
      rows += footer.rows;
      yield endOfRows;
      yield line(footer);
    }
    yield line({ tables: tables.length, rows } satisfies BackupFooter);
    await client.query("commit");
    broken = false;
  } finally {
    client.release(broken); // whoever stops reading in the middle leaves a connection that nobody can use
  }
}

const line = (value: object): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

async function describe(client: pg.PoolClient): Promise<BackupHeader> {
  const { rows } = await client.query<
    Pick<BackupHeader, "takenAt" | "position" | "migrations" | "months">
  >(`
    select now() as "takenAt",
      (select coalesce(max(global_position), 0)::text from newsledger.events) as position,
      (select json_agg(json_build_array(id, checksum) order by applied_at, id) from newsledger.migrations) as migrations,
      (select coalesce(json_agg(right(c.relname, 6) order by c.relname), '[]')
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'newsledger.events'::regclass and c.relname ~ '^events_\\d{6}$') as months`);
  const [facts] = rows;
  if (!facts) throw new Error("backup: the database does not answer");
  const sequences = await client.query<{ name: string; value: string | null }>(`
    select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'newsledger'`);
  return {
    newsledger: "backup",
    format: 1,
    ...facts,
    sequences: Object.fromEntries(
      sequences.rows.flatMap(({ name, value }) => (value ? [[name, value]] : [])),
    ),
  };
}

/** What a backup holds: a table comes after those that it refers to. */
export async function tablesInOrder(client: pg.PoolClient): Promise<TableHeader[]> {
  const { rows } = await client.query<TableHeader & { refers: string[]; stray: boolean }>(
    `select c.relname as table,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers,
       c.relname ~ '^events_\\d{6}$' as stray
     from pg_class c
     where c.relnamespace = 'newsledger'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> 'migrations' and c.relname !~ $1
     order by c.relname`,
    [derivedTables],
  );
  const stray = rows.find((row) => row.stray);
  if (stray)
    throw new BackupRefused(
      `backup: ${stray.table} was being retired when that was cut short; let newsledger retire come to its end first`,
    );
  const ordered: TableHeader[] = [];
  const waiting = new Map(rows.map((row) => [row.table, row]));
  while (waiting.size > 0) {
    const free = [...waiting.values()].find(
      ({ refers }) => !refers.some((name) => waiting.has(name)),
    );
    if (!free) throw new Error(`backup: ${[...waiting.keys()].join(", ")} refer to each other`);
    waiting.delete(free.table);
    ordered.push({ table: free.table, columns: free.columns });
  }
  return ordered;
}

function copyStatement({ table, columns }: TableHeader): string {
  const chosen = columns.map(quoted).join(", ");
  const some = table === "checkpoints" ? `where name !~ '${derivedCheckpoints}'` : "";
  const order = table === "events" ? "order by global_position" : "";
  return `copy (select ${chosen} from newsledger.${quoted(table)} ${some} ${order}) to stdout`;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
