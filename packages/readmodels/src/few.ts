import { type RawBuilder, sql } from "kysely";
import type { Reader } from "./ask.ts";
import { asked, estimated, newest } from "./candidates.ts";
import { type FacetQuestion, facetFor, languageFacet, sourceFacet } from "./facets.ts";
import { day, type Moment, recorded } from "./moment.ts";
import type { Narrowing } from "./narrow.ts";
import { parseQuery } from "./query.ts";
import { lately } from "./windows.ts";

/**
 * Few answers are found by an index and then sorted; many by walking back from the newest, which ends early. The planner
 * cannot tell which is cheaper for several conditions together, so it is counted first, as far as counting pays.
 */
const atMost = 2_000;

type Rarity = Omit<Narrowing, "role"> & FacetQuestion;

/** A condition on the rows of a list, which leaves few of them. */
export type Few = (alias: string) => RawBuilder<unknown>;

/**
 * Of what is asked, something that few articles fulfil, as a condition that names them; null when each condition is common.
 * It only makes the search shorter: every condition is still asked of what it leaves.
 */
export async function fewArticles(db: Reader, wanted: Rarity, moment: Moment): Promise<Few | null> {
  for (const { column, ids, dear } of rarities(wanted, moment)) {
    if (dear && (await saidOften(db, wanted, moment))) continue;
    const { rows } = await sql<{ id: string }>`
      select few.id from (${ids} limit ${atMost + 1}) few`.execute(db);
    if (rows.length <= atMost) return among(column, rows);
  }
  return null;
}

const surelyMany = 5 * atMost;
const often = 60;

/** Where a word is met often lately, walking back from then ends early, and counting all that has it would take long. */
async function saidOften(db: Reader, { q = "", to }: Rarity, moment: Moment): Promise<boolean> {
  const { wanted } = await asked(db, parseQuery(q));
  if ((await estimated(db, wanted)) < surelyMany) return false;
  const query = `(${wanted}) & (${lately(await newest(db, { to, moment }))})`;
  const { rows } = await sql<{ documents: number }>`
    select count(*)::int as documents from (select 1 from newsledger.words w
      where w.words @@ ${query}::tsquery
        and exists (select 1 from coverage.articles a where a.position = w.position offset 0)
      limit ${often}) w`.execute(db);
  return (rows[0]?.documents ?? 0) === often;
}

/** The same of lines of the ledger. */
export async function fewEvents(
  db: Reader,
  wanted: Narrowing,
  moment: Moment,
): Promise<RawBuilder<unknown> | null> {
  const { topic, q, language, source: _, ...ofArticles } = wanted;
  const documents = await fewArticles(db, ofArticles, moment);
  if (documents) return documents("e");
  const found =
    (await fewDays(db, wanted)) ??
    (q === undefined ? null : await fewWords(db, q)) ??
    (topic === undefined ? null : await fewItems(db, topic, moment));
  return found;
}

async function fewDays(db: Reader, { from, to }: Narrowing): Promise<RawBuilder<unknown> | null> {
  if (from === undefined && to === undefined) return null;
  const { rows } = await sql<{ position: string }>`
    select e.position from coverage.events e
    where ${from === undefined ? sql`true` : sql`e.public_at >= ${day(from)}`}
      and ${to === undefined ? sql`true` : sql`e.public_at < ${day(to)}::timestamptz + interval '1 day'`}
    limit ${atMost + 1}`.execute(db);
  if (rows.length > atMost) return null;
  return sql`e.position = any(${rows.map(({ position }) => position)}::bigint[])`;
}

async function fewWords(db: Reader, q: string): Promise<RawBuilder<unknown> | null> {
  const { rows } = await sql<{ item_id: string; document_id: string | null }>`
    select coalesce(i.item_id, a.item_id) as item_id, a.document_id
    from (select position from newsledger.words w
      where w.words @@ newsledger.rm_query(${parseQuery(q).positive}) limit ${atMost + 1}) w
    left join coverage.items i using (position) left join coverage.articles a using (position)`.execute(
    db,
  );
  if (rows.length > atMost) return null;
  const items = rows.map(({ item_id }) => item_id);
  const documents = rows.flatMap(({ document_id }) => document_id ?? []);
  return sql`(e.item_id = any(${items}) or e.document_id = any(${documents}))`;
}

async function fewItems(
  db: Reader,
  topic: string,
  moment: Moment,
): Promise<RawBuilder<unknown> | null> {
  const { rows } = await sql<{ item_id: string }>`
    select t.item_id from coverage.item_topics t
    where t.topic_id = ${topic} and ${recorded("t", moment)} limit ${atMost + 1}`.execute(db);
  if (rows.length > atMost) return null;
  const items = rows.map(({ item_id }) => item_id);
  return sql`(e.item_id = any(${items}) or e.topic_ids @> array[${topic}])`;
}

const among = (column: string, rows: readonly { id: string }[]): Few => {
  const ids = [...new Set(rows.map(({ id }) => id))];
  return (alias) => sql`${sql.ref(`${alias}.${column}`)} = any(${ids})`;
};

interface Rare {
  column: "document_id" | "item_id";
  /** Ids that fulfil one of the conditions, by its index; later versions are not looked at here. */
  ids: RawBuilder<unknown>;
  /** Counting them takes long where there are many. */
  dear?: boolean;
}

function rarities(wanted: Rarity, moment: Moment): Rare[] {
  const { topic, entity, role, occurrence, language, source, q, minSources } = wanted;
  const all: Rare[] = [];
  const documents = (ids: RawBuilder<unknown>, dear = false) =>
    all.push({ column: "document_id", ids, dear });
  const facets = [
    ...(entity !== undefined || occurrence !== undefined
      ? [facetFor({ entity, role, occurrence })]
      : []),
    ...(language === undefined ? [] : [languageFacet(language)]),
    ...(source === undefined ? [] : [sourceFacet(source)]),
  ];
  if (facets.length > 0)
    documents(
      sql`select f.document_id as id from coverage.articles f where f.facets @> ${facets}::text[]`,
    );
  if (topic !== undefined)
    all.push({
      column: "item_id",
      ids: sql`select t.item_id as id from coverage.item_topics t
        where t.topic_id = ${topic} and ${recorded("t", moment)}`,
    });
  if (minSources !== undefined && minSources > 1)
    documents(sql`select f.document_id as id from coverage.story_articles o
      join coverage.story_articles f on f.story_id = o.story_id
      where o.outlets > 1 and o.outlets >= ${minSources}`);
  if (q !== undefined)
    documents(
      sql`select f.document_id as id from newsledger.words w join coverage.articles f using (position)
        where w.words @@ newsledger.rm_query(${parseQuery(q).positive})`,
      true,
    );
  return all;
}

/** Walks along an index: neither sorting nor hashing all there is would ever end sooner. */
export const walk = <T>(db: Reader, query: RawBuilder<T>): Promise<T[]> =>
  without(["enable_sort", "enable_hashjoin", "enable_mergejoin", "enable_bitmapscan"], db, query);

/** Looks up row by row what a few thousand rows refer to: the tables are many times as large. */
export const lookUp = <T>(db: Reader, query: RawBuilder<T>): Promise<T[]> =>
  without(["enable_seqscan", "enable_hashjoin", "enable_mergejoin"], db, query);

async function without<T>(
  settings: readonly string[],
  db: Reader,
  query: RawBuilder<T>,
): Promise<T[]> {
  const set = (setting: "on" | "off") =>
    sql`select set_config(name, ${setting}, true) from unnest(${settings}::text[]) as name`.execute(
      db,
    );
  await set("off");
  const { rows } = await query.execute(db);
  await set("on");
  return rows;
}
