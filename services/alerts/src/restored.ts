import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import type { Database } from "./rules.ts";

/** What tells one life of a database from another. */
export interface Identity {
  /** The database's own: another one after it was restored from a dump or to an earlier point. */
  readonly database: string;
  /** The data directory's, where the database lives in it: another one after its files were put back. */
  readonly directory: string | null;
}

/** Messages older than any schedule of tries are not sent without being asked for: they come from a restored backup. */
const oldestDays = 7;

const markFile = "deliveries.mark";

/**
 * Whether this database, which has sent before, is a copy of that one: a restored backup would send again what was sent
 * after it was made. The first start of a ledger is none.
 */
export const isCopy = (known: Identity | null, now: Identity): boolean =>
  known !== null &&
  (known.database !== now.database ||
    (known.directory !== null && now.directory !== null && known.directory !== now.directory));

/** Who this database is. `dataDir` is given where the database lives in it. */
export async function identityOf(db: Database, dataDir: string | null): Promise<Identity> {
  const directory = dataDir === null ? null : await markOf(dataDir);
  return { database: await databaseOf(db), directory };
}

/** Restoring a dump makes another table, another cluster has another number, and recovery another timeline. */
async function databaseOf(db: Database): Promise<string> {
  const { rows } = await sql<{ place: string; tells: boolean }>`
    select concat_ws('/', d.oid, 'newsledger.delivery_instance'::regclass::oid) as place,
      has_function_privilege('pg_control_system()', 'execute')
        and has_function_privilege('pg_control_checkpoint()', 'execute') as tells
    from pg_database d where d.datname = current_database()`.execute(db);
  const [own] = rows;
  if (!own?.tells) return own?.place ?? "";
  const { rows: clusters } = await sql<{ cluster: string }>`
    select concat_ws('/', system_identifier, timeline_id) as cluster
    from pg_control_system(), pg_control_checkpoint()`.execute(db);
  return `${clusters[0]?.cluster}/${own.place}`;
}

/** A file that is put back from a backup is another file, whatever it holds: the directory's mark is its inode's. */
async function markOf(dataDir: string): Promise<string> {
  const path = join(dataDir, markFile);
  await mkdir(dataDir, { recursive: true });
  const token = await readFile(path, "utf8").catch(async () => {
    const made = randomUUID();
    await writeFile(path, made, { flag: "wx" }).catch(() => {}); // another start was faster
    return readFile(path, "utf8");
  });
  const { ino } = await stat(path, { bigint: true });
  return createHash("sha256").update(`${token} ${ino}`).digest("hex").slice(0, 16);
}

/**
 * Asked before anything is sent: in a restored copy, whatever is planned is suspended until somebody asks for it
 * ("newsledger webhooks release"). Returns how many were.
 */
export async function suspendIfRestored(db: Database, now: Identity): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ identity: Identity }>`
      select identity from newsledger.delivery_instance for update`.execute(trx);
    const known = rows[0]?.identity ?? null;
    await sql`
      insert into newsledger.delivery_instance (one, identity)
      values (true, ${JSON.stringify(now)}::jsonb)
      on conflict (one) do update set identity = excluded.identity, since = now()
      where delivery_instance.identity <> excluded.identity`.execute(trx);
    const copy = isCopy(known, now);
    const note = copy
      ? "this database is a restored copy: it may have been sent already"
      : "older than any schedule of tries";
    const { numAffectedRows } = await sql`
      update newsledger.deliveries set state = 'suspended', lease_until = null, note = ${note}
      where state in ('planned', 'held')
        and (${copy} or next_attempt_at < now() - make_interval(days => ${oldestDays}))`.execute(
      trx,
    );
    return Number(numAffectedRows ?? 0);
  });
}

/** Sends what was suspended after all. */
export async function releaseSuspended(db: Database, webhookId: string | null): Promise<number> {
  const { numAffectedRows } = await sql`
    update newsledger.deliveries
    set state = 'planned', next_attempt_at = now(), note = null
    where state = 'suspended' and (${webhookId}::text is null or target = ${webhookId})`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}
