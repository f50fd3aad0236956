import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { fewArticles, lookUp } from "./few.ts";
import { loadStories } from "./load-stories.ts";
import { holds, momentOf } from "./moment.ts";
import { every, type Narrowing, narrowed } from "./narrow.ts";
import { limitOf } from "./page.ts";
import type { FeedStory } from "./view.ts";

/** The stories that changed last: opened, told by another outlet, or reworded by their source. Copies change nothing. */
export async function storyFeed(
  db: Reader,
  question: Narrowing & { limit?: number | undefined },
): Promise<FeedStory[]> {
  const moment = momentOf({});
  const limit = limitOf(question.limit);
  const { topic } = question;
  return ask(db, async (reader) => {
    const few = await fewArticles(reader, question, moment);
    const query = sql<{ story_id: string; updated: Date; title: string }>`
      select told.story_id, greatest(told.updated, revised.at) as updated, coalesce(first.title, told.title) as title
      from (select s.story_id, max(s.recorded_at) filter (where s.relation <> 'copy') as updated,
          min(s.item_id) filter (where s.relation = 'first') as item_id, min(s.title) filter (where s.relation = 'first') as title
        from coverage.story_articles s
        where s.story_id in (select t.story_id from coverage.story_articles t
          where ${holds("t", moment)} and ${few ? few("t") : changedLast} and ${every(narrowed("t", question, moment))})
        group by s.story_id) told
      left join lateral (select max(i.recorded_at) as at from coverage.story_articles m
        join coverage.items i on i.item_id = m.item_id and i.revision
        where m.story_id = told.story_id and m.relation <> 'copy') revised on true
      left join lateral (select i.title from coverage.items i
        where i.item_id = told.item_id and i.revision order by i.position desc limit 1) first on true
      order by updated desc, told.story_id limit ${limit}`;
    const rows = await lookUp(reader, query);
    const ids = rows.map(({ story_id }) => story_id);
    const shown = topic === undefined ? null : [topic];
    const stories = await loadStories(reader, ids, shown, moment);
    const changes = new Map(rows.map((row) => [row.story_id, row]));
    return stories.map(({ entry }) => {
      const change = changes.get(entry.storyId);
      return {
        ...entry,
        title: change?.title ?? entry.title,
        updatedAt: change?.updated ?? entry.foundAt,
      };
    });
  });
}

const mostChanges = 2_000;

/** Where much is asked for, what changed last is among the newest reports and revisions there are. */
const changedLast = sql`t.story_id in (
  (select n.story_id from coverage.story_articles n where n.relation <> 'copy' order by n.position desc limit ${mostChanges})
  union
  (select m.story_id from (select i.item_id from coverage.items i where i.revision order by i.position desc limit ${mostChanges}) r
    join coverage.story_articles m on m.item_id = r.item_id))`;
