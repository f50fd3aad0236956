import { sql } from "kysely";
import type { Reader } from "./ask.ts";
import { coverageName } from "./coverage.ts";

/**
 * Read models of an earlier meaning lack tables that questions are asked of now. Until newer ones are built beside them, views
 * of what they have stand in: slowly, but with the same answers. They belong to whoever keeps the read models, as the schema
 * does, and go with the version that they look at.
 */
export async function standIn(db: Reader): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(20046, hashtext('read models: stand-ins'))`.execute(trx);
    const { rows } = await sql<{ schema: string }>`
      select schema from (select 'coverage_v' || coalesce(
        (select version from newsledger.read_models where name = ${coverageName}), 0) as schema) live
      where to_regclass('coverage.topic_versions') is null
        and to_regclass(schema || '.item_topics') is not null`.execute(trx);
    const [live] = rows;
    if (!live) return;
    const at = (table: string) => sql.table(`${live.schema}.${table}`);
    await sql`create view coverage.later_articles as
      select position, document_id, public_at, recorded_at from ${at("articles")}`.execute(trx);
    // Searches in a topic begin with the newest of all: looking for the newest of the topic would take long here.
    await sql`create view coverage.topic_versions as
      select said.topic_id, v.position, greatest(v.position, said.position) as since,
        greatest(v.recorded_at, said.recorded_at) as recorded_at, timestamptz '9998-12-31' as public_at
      from (select position, item_id, recorded_at from ${at("items")}
        union all select position, item_id, recorded_at from ${at("articles")}) v
      cross join lateral (select t.topic_id, min(t.position) as position, min(t.recorded_at) as recorded_at
        from ${at("item_topics")} t where t.item_id = v.item_id group by t.topic_id) said`.execute(
      trx,
    );
  });
}
