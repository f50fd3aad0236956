import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { loadStories } from "./load-stories.ts";
import { holds, momentOf } from "./moment.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import type { AsOf, Page, StoryEntry } from "./view.ts";

/** One entry a story, newest published first. */
export async function timeline(
  db: Reader,
  question: AsOf & { topic: string; limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<StoryEntry>> {
  const moment = momentOf(question);
  const limit = limitOf(question.limit);
  const after = readCursor("t", question.cursor, [patterns.time, patterns.position]);
  return ask(db, async (reader) => {
    const { rows } = await sql<{ story_id: string; first: Date; opened: string }>`
      select s.story_id, min(s.public_at) as first, min(s.position) as opened
      from newsledger.rm_story_articles s
      where s.story_id in (select t.story_id from newsledger.rm_story_articles t
          where t.topic_ids @> array[${question.topic}] and ${holds("t", moment)})
        and ${holds("s", moment)}
      group by s.story_id
      having ${after ? sql`(min(s.public_at), min(s.position)) < (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql`true`}
      order by first desc, opened desc limit ${limit + 1}`.execute(reader);
    const page = pageOf(
      rows,
      limit,
      ({ story_id }) => story_id,
      (last) => writeCursor("t", [last.first.toISOString(), last.opened]),
    );
    const stories = await loadStories(reader, page.items, [question.topic], moment);
    return { items: stories.map(({ entry }) => entry), next: page.next };
  });
}
