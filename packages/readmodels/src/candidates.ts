import { type RawBuilder, sql } from "kysely";
import { day, type Moment, recorded, standing } from "./moment.ts";
import type { Query } from "./query.ts";
import type { AsOf } from "./view.ts";

export interface SearchQuestion extends AsOf {
  q: string;
  topic?: string | undefined;
  language?: string | undefined;
  /** Days of publication, both included. */
  from?: string | undefined;
  to?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

type Versioned = "items" | "articles";

/** So many of each are ranked: items by the feed's words, articles by their own. */
const mostRanked = 1_000;
/** Below so many matches, sorting all of them is cheap. */
const fewMatches = 5_000;

/** Items of which either version, the feed's or the article's, matches; each once, under its better rank. */
export function candidates(
  query: Query,
  question: SearchQuestion,
  moment: Moment,
  cut: string,
): RawBuilder<unknown> {
  const wanted = sql`newsledger.rm_query(${query.positive})`;
  const unwanted = query.negative.map((term) => sql`newsledger.rm_query(${term})`);
  const newest = (of: Versioned) =>
    matching(of, wanted, [
      sql`v.position <= ${cut}::bigint`,
      standing(of, "v", moment),
      ...narrowed(question, moment),
    ]);
  const clean = unwanted.map(
    (term) => sql`not i.words @@ ${term} and not exists (select 1 from newsledger.rm_articles v
      where v.item_id = i.item_id and v.words @@ ${term} and ${standing("articles", "v", moment)})`,
  );
  return sql`
    select i.position, found.rank from (
      select item_id, max(rank)::real as rank from (${newest("items")} union all ${newest("articles")}) either
      group by item_id) found
    join newsledger.rm_items i on i.item_id = found.item_id and ${standing("items", "i", moment)}
    where ${sql.join([sql`true`, ...clean], sql` and `)}`;
}

/**
 * The newest matches. A rare word is found by its index and then sorted; a common one by walking back from today, which
 * ends early. The planner cannot tell which is cheaper, so the first matches, in any order, are counted first.
 */
function matching(
  of: Versioned,
  wanted: RawBuilder<unknown>,
  also: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const table = sql.table(`newsledger.rm_${of}`);
  const rank = sql`ts_rank(v.words, ${wanted}, 1) as rank`;
  const conditions = sql.join(also, sql` and `);
  return sql`(
    with first as materialized (
      select w.position from ${table} w where w.words @@ ${wanted} limit ${fewMatches})
    (select v.item_id, ${rank} from first join ${table} v using (position)
      where (select count(*) from first) < ${fewMatches} and ${conditions}
      order by v.public_at desc limit ${mostRanked})
    union all
    (select v.item_id, ${rank} from ${table} v
      where (select count(*) from first) = ${fewMatches} and v.words @@ ${wanted} and ${conditions}
      order by v.public_at desc limit ${mostRanked}))`;
}

function narrowed(
  { topic, language, from, to }: SearchQuestion,
  moment: Moment,
): RawBuilder<unknown>[] {
  const all: RawBuilder<unknown>[] = [];
  if (topic !== undefined)
    all.push(sql`exists (select 1 from newsledger.rm_item_topics t
      where t.topic_id = ${topic} and t.item_id = v.item_id and ${recorded("t", moment)})`);
  if (language !== undefined)
    all.push(sql`v.language like ${language.slice(0, 2).toLowerCase()} || '%'`);
  if (from !== undefined) all.push(sql`v.public_at >= ${day(from)}`);
  if (to !== undefined) all.push(sql`v.public_at < ${day(to)}::timestamptz + interval '1 day'`);
  return all;
}
