import { type RawBuilder, sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { fewEvents, walk } from "./few.ts";
import { webLink } from "./link.ts";
import { holds, type Moment, momentOf, recorded } from "./moment.ts";
import { type Narrowing, narrowed } from "./narrow.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import type { AsOf, EventLine, Page } from "./view.ts";

/** A row of the ledger with the topics known of it. */
export interface EventRow {
  position: string;
  type: string;
  recorded_at: Date;
  feed_id: string | null;
  item_id: string | null;
  document_id: string | null;
  story_id: string | null;
  /** Of the event itself, and of its item. */
  topic_ids: string[];
  item_topics: string[];
  title: string;
  source: string;
  url: string | null;
  published_at: Date | null;
  found_at: Date;
  why: string;
  backfill: boolean;
}

export type EventsQuestion = AsOf &
  Narrowing & {
    type?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
    direction?: "forward" | "backward" | undefined;
  };

/** The ledger, line by line; newest first unless `direction` is forward. */
export async function listEvents(db: Reader, question: EventsQuestion): Promise<Page<EventLine>> {
  const limit = limitOf(question.limit);
  const rows = await findEvents<EventRow>(
    db,
    question,
    limit + 1,
    (found, moment) =>
      sql`select e.*, ${topicsOfItem("e", recorded("t", moment))} as item_topics ${found}`,
  );
  return pageOf(rows, limit, eventLine, (last) => cursorBehind(last.position, question));
}

const kindOf = ({ direction }: EventsQuestion): string => (direction === "forward" ? "ef" : "eb");

/** For the page that begins behind this position. */
export const cursorBehind = (position: string, question: EventsQuestion): string =>
  writeCursor(kindOf(question), [position], question);

/** Asks for a page of lines; `found` is what is selected from, as `e`. */
export async function findEvents<Row>(
  db: Reader,
  question: EventsQuestion,
  limit: number,
  select: (found: RawBuilder<unknown>, moment: Moment) => RawBuilder<Row>,
): Promise<Row[]> {
  const { topic, type, direction = "backward", ...rest } = question;
  const moment = momentOf(question);
  const after = readCursor(kindOf(question), question, [patterns.position]);

  const conditions: RawBuilder<unknown>[] = [
    holds("e", moment),
    ...narrowed("e", rest, moment, "any"),
  ];
  if (type !== undefined) conditions.push(sql`e.type = ${type}`);
  if (topic !== undefined)
    conditions.push(sql`(e.topic_ids @> array[${topic}] or exists (select 1 from coverage.item_topics t
      where t.topic_id = ${topic} and t.item_id = e.item_id and ${recorded("t", moment)}))`);
  if (after)
    conditions.push(
      direction === "forward"
        ? sql`e.position > ${after[0]}::bigint`
        : sql`e.position < ${after[0]}::bigint`,
    );

  return ask(db, async (reader) => {
    const few = await fewEvents(reader, question, moment);
    if (few) conditions.push(few);
    const found = select(
      sql`from coverage.events e where ${sql.join(conditions, sql` and `)}
        order by e.position ${direction === "forward" ? sql`asc` : sql`desc`} limit ${limit}`,
      moment,
    );
    return few ? (await found.execute(reader)).rows : walk(reader, found);
  });
}

/** The topics of the item of this alias's lines, as far as the condition on `t` lets them be known. */
export const topicsOfItem = (alias: string, known: RawBuilder<unknown>): RawBuilder<string[]> =>
  sql`array(select t.topic_id from coverage.item_topics t
    where t.item_id = ${sql.ref(`${alias}.item_id`)} and ${known})`;

export const eventLine = (row: EventRow): EventLine => ({
  position: row.position,
  type: row.type,
  recordedAt: row.recorded_at,
  title: row.title,
  topics: [...new Set([...row.topic_ids, ...row.item_topics])].sort(),
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
