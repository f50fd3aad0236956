import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { webLink } from "./link.ts";
import { holds, momentOf, recorded } from "./moment.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import type { AsOf, EventLine, Page } from "./view.ts";

interface Row {
  position: string;
  type: string;
  recorded_at: Date;
  feed_id: string | null;
  item_id: string | null;
  document_id: string | null;
  story_id: string | null;
  topics: string[];
  title: string;
  source: string;
  url: string | null;
  published_at: Date | null;
  found_at: Date;
  why: string;
  backfill: boolean;
}

/** The ledger, line by line; newest first unless `direction` is forward. */
export async function listEvents(
  db: Reader,
  question: AsOf & {
    topic?: string | undefined;
    type?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
    /** Only what stands behind this position: how a live tail goes on. */
    after?: bigint | undefined;
    direction?: "forward" | "backward" | undefined;
  },
): Promise<Page<EventLine>> {
  const { topic, type, direction = "backward" } = question;
  const moment = momentOf(question);
  const limit = limitOf(question.limit);
  const kind = direction === "forward" ? "ef" : "eb";
  const after = readCursor(kind, question.cursor, [patterns.position]);

  const conditions = [holds("e", moment)];
  if (type !== undefined) conditions.push(sql`e.type = ${type}`);
  if (question.after !== undefined) conditions.push(sql`e.position > ${question.after}::bigint`);
  if (topic !== undefined)
    conditions.push(sql`(e.topic_ids @> array[${topic}] or exists (select 1 from newsledger.rm_item_topics t
      where t.topic_id = ${topic} and t.item_id = e.item_id and ${recorded("t", moment)}))`);
  if (after)
    conditions.push(
      direction === "forward"
        ? sql`e.position > ${after[0]}::bigint`
        : sql`e.position < ${after[0]}::bigint`,
    );

  const { rows } = await ask(db, (reader) =>
    sql<Row>`
      select e.*, array(select t.topic_id from newsledger.rm_item_topics t
          where t.item_id = e.item_id and ${recorded("t", moment)}
          union select unnest(e.topic_ids) order by 1) as topics
      from newsledger.rm_events e where ${sql.join(conditions, sql` and `)}
      order by e.position ${direction === "forward" ? sql`asc` : sql`desc`}
      limit ${limit + 1}`.execute(reader),
  );
  return pageOf(rows, limit, line, (last) => writeCursor(kind, [last.position]));
}

const line = (row: Row): EventLine => ({
  position: row.position,
  type: row.type,
  recordedAt: row.recorded_at,
  title: row.title,
  topics: row.topics,
  itemId: row.item_id,
  documentId: row.document_id,
  storyId: row.story_id,
  feedId: row.feed_id,
  backfill: row.backfill,
  source: row.source,
  url: webLink(row.url),
  publishedAt: row.published_at,
  foundAt: row.found_at,
  why: row.why,
});
