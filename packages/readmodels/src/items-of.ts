import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { webLink } from "./link.ts";
import { storyOf } from "./list-articles.ts";
import { momentOf } from "./moment.ts";
import type { ItemLine } from "./view.ts";

/** These items as they were last worded, in the order asked for; what the read models have not reached yet is left out. */
export async function itemsOf(db: Reader, itemIds: readonly string[]): Promise<ItemLine[]> {
  const { rows } = await ask(db, (reader) =>
    sql<ItemLine>`
      select i.item_id as "itemId", i.title, i.source, i.url, i.language,
        i.published_at as "publishedAt", i.found_at as "foundAt", i.backfill,
        (select ${storyOf("a", momentOf({}))} from coverage.articles as a
          where a.item_id = i.item_id order by a.position desc limit 1) as "storyId"
      from unnest(${itemIds}::text[]) with ordinality as asked (item_id, nth)
      cross join lateral (select * from coverage.items as v
        where v.item_id = asked.item_id order by v.position desc limit 1) as i
      order by asked.nth`.execute(reader),
  );
  return rows.map((row) => ({ ...row, url: webLink(row.url) }));
}
