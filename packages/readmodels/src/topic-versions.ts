import { type RawBuilder, sql } from "kysely";
import type { Rows } from "./decide.ts";
import type { Into } from "./into.ts";

/**
 * Which versions of items and articles concern a topic, whichever was recorded first, the version or the match: a common
 * word in a large topic is then asked of one index, by position. They are put down when a version of the read models gets
 * its keys, and from then on with each batch; while it is built they would only take time.
 */
export async function addTopicVersions(
  { items, item_topics, articles }: Rows,
  { trx, table, schema }: Into,
): Promise<void> {
  const ids = new Set([...items, ...item_topics, ...articles].map(({ item_id }) => item_id));
  if (ids.size === 0 || !(await isKept(trx, schema))) return;
  const of = sql`t.item_id = any(${[...ids]}::text[])`;
  // Of batches that are applied again, and of what was matched again, nothing is new.
  await sql`
    insert into ${table("topic_versions")} as known (${columns})
    ${versions(table, of)}
    on conflict (topic_id, position) do update set recorded_at = excluded.recorded_at
      where excluded.recorded_at < known.recorded_at`.execute(trx);
}

export async function putDownTopicVersions({
  trx,
  table,
}: Pick<Into, "trx" | "table">): Promise<void> {
  await sql`
    insert into ${table("topic_versions")} (${columns})
    ${versions(table, sql`true`)}`.execute(trx);
}

async function isKept(trx: Into["trx"], schema: string): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select to_regclass(${`${schema}.topic_versions_pkey`}) is not null as kept`.execute(trx);
  return rows[0]?.kept ?? false;
}

const columns = sql`topic_id, position, since, recorded_at, public_at`;

/** The ledger knows that a version concerns a topic once it has both. */
function versions(table: Into["table"], of: RawBuilder<unknown>): RawBuilder<unknown> {
  const at = (name: string) =>
    sql`select item_id, position, recorded_at, public_at from ${table(name)}`;
  return sql`
  select said.topic_id, v.position, greatest(v.position, said.position), greatest(v.recorded_at, said.recorded_at), v.public_at
  from (select t.item_id, t.topic_id, min(t.position) as position, min(t.recorded_at) as recorded_at
    from ${table("item_topics")} t where ${of} group by t.item_id, t.topic_id) said
  join (${at("items")} union all ${at("articles")}) v on v.item_id = said.item_id`;
}
