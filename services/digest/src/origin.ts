import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * A backup that is restored remembers too little: what was sent after it was made would be sent again. A database that is
 * not the one that sent before therefore holds its mail until a person decides.
 */

/** Recognises the database: restoring a dump makes a new table, a new cluster another number, recovery a new timeline. */
async function fingerprint(db: Database): Promise<string> {
  const { rows } = await sql<{ place: string; controls: boolean }>`
    select concat_ws(':', (select oid from pg_database where datname = current_database()),
        'newsledger.mail_origin'::regclass::oid) as place,
      has_function_privilege('pg_control_system()', 'execute')
        and has_function_privilege('pg_control_checkpoint()', 'execute') as controls`.execute(db);
  const [row] = rows;
  if (!row?.controls) return row?.place ?? "";
  const { rows: cluster } = await sql<{ name: string }>`
    select concat_ws(':', system_identifier, timeline_id) as name
    from pg_control_system(), pg_control_checkpoint()`.execute(db);
  return `${cluster[0]?.name}:${row.place}`;
}

/** Looks whether this database has sent before, and holds the mail when it was another one. Answers since when it is held. */
export async function checkOrigin(db: Database): Promise<Date | null> {
  const mark = await fingerprint(db);
  const { rows } = await sql<{ held: Date | null }>`
    insert into newsledger.mail_origin as o (fingerprint) values (${mark})
    on conflict (only_one) do update set
      fingerprint = excluded.fingerprint,
      held_since = case when o.fingerprint = excluded.fingerprint then o.held_since else now() end
    returning held_since as held`.execute(db);
  return rows[0]?.held ?? null;
}

export async function mailHeld(db: Database): Promise<boolean> {
  const { rows } = await sql`
    select from newsledger.mail_origin where held_since is not null`.execute(db);
  return rows.length > 0;
}

/**
 * Lets mail out again. Without `tell`, what waits is dropped and every reader starts from `position`: nothing that may
 * have been sent before is sent again. With it, readers are told everything since the backup.
 */
export async function releaseMail(
  db: Database,
  { tell, position }: { tell: boolean; position: bigint },
): Promise<{ dropped: number }> {
  return db.transaction().execute(async (trx) => {
    await sql`update newsledger.mail_origin set held_since = null`.execute(trx);
    if (tell) return { dropped: 0 };
    const { rows } = await sql`
      update newsledger.issues
      set state = 'skipped', reason = 'waited when the ledger was restored from a backup'
      where state in ('planned', 'unknown') returning issue_id`.execute(trx);
    await sql`
      update newsledger.subscriptions set cursor = greatest(cursor, ${position}::bigint)`.execute(
      trx,
    );
    return { dropped: rows.length };
  });
}
