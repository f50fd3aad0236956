import { type RawBuilder, sql } from "kysely";
import type { Reader } from "./ask.ts";
import { facetFor } from "./facets.ts";
import { walk } from "./few.ts";
import { type Moment, standing } from "./moment.ts";
import type { EntityView } from "./view.ts";

const shown = 24;
/** So many of the newest articles that name someone tell whom else they name: counting all of them takes long, and says no more. */
export const mostCounted = 1_000;
/** So many articles are sorted sooner than the first of all is walked to. */
export const fewArticles = 2_000;

/** Who is named in the same articles, most often first; `articles` tells how many there are. */
export async function company(
  db: Reader,
  id: string,
  moment: Moment,
  articles: number,
): Promise<EntityView["together"]> {
  const positions = await newestNaming(db, id, moment, articles);
  const { rows } = await sql<{ id: string; name: string; type: string; articles: string }>`
    select other.entity_id as id, mode() within group (order by other.name) as name,
      mode() within group (order by other.type) as type, count(distinct other.position) as articles
    from coverage.mentions other
    where other.position = any(${positions}::bigint[]) and other.entity_id <> ${id}
    group by other.entity_id order by articles desc, other.entity_id limit ${shown}`.execute(db);
  return rows.map((row) => ({ ...row, articles: Number(row.articles) }));
}

async function newestNaming(
  db: Reader,
  id: string,
  moment: Moment,
  articles: number,
): Promise<string[]> {
  const names = sql`a.facets @> array[${facetFor({ entity: id })}]`;
  const newest = (named: RawBuilder<unknown>) => sql<{ position: string }>`
    select a.position from coverage.articles a
    where ${named} and ${standing("articles", "a", moment)}
    order by a.public_at desc, a.position desc limit ${mostCounted}`;
  // Walking, the index of names would be in the way.
  const rows =
    articles > fewArticles
      ? await walk(db, newest(sql`(${names}) is true`))
      : (await newest(names).execute(db)).rows;
  return rows.map(({ position }) => position);
}
