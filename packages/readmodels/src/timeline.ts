import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { loadStories } from "./load-stories.ts";
import { holds, momentOf } from "./moment.ts";
import { every, type Narrowing, narrowed } from "./narrow.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import type { AsOf, Page, StoryEntry } from "./view.ts";

/** One entry a story, newest published first: stories of which at least one article is what was asked for. */
export async function timeline(
  db: Reader,
  question: AsOf & Narrowing & { limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<StoryEntry>> {
  const moment = momentOf(question);
  const limit = limitOf(question.limit);
  const after = readCursor("t", question.cursor, [patterns.time, patterns.position]);
  const { topic, minSources, ...rest } = question;
  const about = topic === undefined ? sql`true` : sql`t.topic_ids @> array[${topic}]`;
  const conditions = [
    after
      ? sql`(min(s.public_at), min(s.position)) < (${after[0]}::timestamptz, ${after[1]}::bigint)`
      : sql`true`,
    minSources === undefined
      ? sql`true`
      : sql`count(distinct lower(trim(s.source))) filter (where s.relation <> 'copy') >= ${minSources}`,
  ];
  return ask(db, async (reader) => {
    const { rows } = await sql<{ story_id: string; first: Date; opened: string }>`
      select s.story_id, min(s.public_at) as first, min(s.position) as opened
      from newsledger.rm_story_articles s
      where s.story_id in (select t.story_id from newsledger.rm_story_articles t
          where ${about} and ${holds("t", moment)} and ${every(narrowed("t", rest, moment))})
        and ${holds("s", moment)}
      group by s.story_id
      having ${every(conditions)}
      order by first desc, opened desc limit ${limit + 1}`.execute(reader);
    const page = pageOf(
      rows,
      limit,
      ({ story_id }) => story_id,
      (last) => writeCursor("t", [last.first.toISOString(), last.opened]),
    );
    const shown = topic === undefined ? null : [topic];
    const stories = await loadStories(reader, page.items, shown, moment);
    return { items: stories.map(({ entry }) => entry), next: page.next };
  });
}
