import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { fewArticles, walk } from "./few.ts";
import { loadStories, loadStoriesInShort } from "./load-stories.ts";
import { day, holds, type Moment, momentOf, recorded } from "./moment.ts";
import { every, type Narrowing, narrowed } from "./narrow.ts";
import { outletIn } from "./outlet.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import type { AsOf, Page, StoryEntry, StoryInShort } from "./view.ts";

type Question = AsOf & Narrowing & { limit?: number | undefined; cursor?: string | undefined };

/** One entry a story, newest published first: stories of which at least one article is what was asked for. */
export const timeline = (db: Reader, question: Question): Promise<Page<StoryEntry>> =>
  pageWith(db, question, async (...stories) =>
    (await loadStories(...stories)).map(({ entry }) => entry),
  );

/** The same with few of the reports of each, for a page. */
export const timelineInShort = (db: Reader, question: Question): Promise<Page<StoryInShort>> =>
  pageWith(db, question, loadStoriesInShort);

async function pageWith<T>(
  db: Reader,
  question: Question,
  load: (
    db: Reader,
    storyIds: readonly string[],
    topics: readonly string[] | null,
    moment: Moment,
  ) => Promise<T[]>,
): Promise<Page<T>> {
  const moment = momentOf(question);
  const limit = limitOf(question.limit);
  const after = readCursor("t", question, [patterns.time, patterns.position]);
  const { topic, minSources, ...rest } = question;
  // The first report, by publication, stands for its story.
  const first = sql`not exists (select 1 from coverage.story_articles o
    where o.story_id = s.story_id and (o.public_at, o.position) < (s.public_at, s.position) and ${holds("o", moment)})`;
  const conditions = [holds("s", moment), first];
  // It is not later than any other.
  if (rest.to !== undefined)
    conditions.push(sql`s.public_at < ${day(rest.to)}::timestamptz + interval '1 day'`);
  if (after)
    conditions.push(
      sql`(s.public_at, s.position) < (${after[0]}::timestamptz, ${after[1]}::bigint)`,
    );
  const asked = narrowed("t", rest, moment);
  if (topic !== undefined) asked.push(sql`(t.topic_ids @> array[${topic}]) is true`);
  if (minSources !== undefined) conditions.push(toldBy(minSources, moment));
  return ask(db, async (reader) => {
    const few = await fewArticles(reader, question, moment);
    if (few)
      conditions.push(sql`s.story_id in (select t.story_id from coverage.story_articles t
        where ${few("t")} and ${holds("t", moment)} and ${every(asked)})`);
    else if (asked.length > 0)
      conditions.push(sql`exists (select 1 from coverage.story_articles t
        where t.story_id = s.story_id and ${holds("t", moment)} and ${every(asked)})`);
    const found = sql<{ story_id: string; first: Date; opened: string }>`
      select s.story_id, s.public_at as first, s.position as opened
      from coverage.story_articles s where ${every(conditions)}
      order by s.public_at desc, s.position desc limit ${limit + 1}`;
    const rows = few ? (await found.execute(reader)).rows : await walk(reader, found);
    const page = pageOf(
      rows,
      limit,
      ({ story_id }) => story_id,
      (last) => writeCursor("t", [last.first.toISOString(), last.opened], question),
    );
    const shown = topic === undefined ? null : [topic];
    return { items: await load(reader, page.items, shown, moment), next: page.next };
  });
}

/** So many outlets tell the story in their own words: each article holds how many did when it came. */
const toldBy = (sources: number, moment: Moment) =>
  moment.publicBefore === null
    ? sql`exists (select 1 from coverage.story_articles c
        where c.story_id = s.story_id and c.outlets >= ${sources} and ${recorded("c", moment)})`
    : sql`(select count(distinct ${outletIn("c.source")}) from coverage.story_articles c
    where c.story_id = s.story_id and c.relation <> 'copy' and ${holds("c", moment)}) >= ${sources}`;
