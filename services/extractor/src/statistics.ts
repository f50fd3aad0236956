import { type Kysely, sql } from "kysely";

const first = 100;

/**
 * What the next article is compared with is found by names or by days, whichever of them picks fewer: Postgres knows by its
 * statistics. It brings those up to date once a minute at most, and until then plans for a table that grew from nothing as
 * if a name were rare. Called with how many articles were placed: each time they have doubled, they are counted.
 */
// biome-ignore lint/suspicious/noExplicitAny: whatever tables there are
export function countAsTheyDouble(db: Kysely<any>): (placed: number) => Promise<void> {
  let placed = 0;
  let next = first;
  return async (more) => {
    placed += more;
    if (placed < next) return;
    next = placed * 2;
    const { rows } = await sql<{ counted: number }>`select reltuples as counted from pg_class
      where oid = 'newsledger.story_articles'::regclass`.execute(db);
    // Many more were there before this process: a table that large has its statistics.
    if ((rows[0]?.counted ?? 0) >= placed) return;
    await sql`analyze newsledger.story_articles (at, entities)`.execute(db);
  };
}
