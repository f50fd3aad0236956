import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { type EventRow, eventLine, topicsOfItem } from "./list-events.ts";
import { limitOf } from "./page.ts";
import type { EventLine } from "./view.ts";

export interface TailQuestion {
  /** Exclusive: the last position that the reader has. */
  after: bigint;
  topic?: string | undefined;
  types?: readonly string[] | undefined;
  source?: string | undefined;
  limit?: number | undefined;
}

export interface Tail {
  items: EventLine[];
  /** All that was asked for up to here is in `items`: go on after it. */
  through: bigint;
}

/**
 * What the ledger holds behind a position, oldest first. An event belongs to a topic when it, or its item before it, was
 * found to: what is recorded later changes nothing, so the same position and filter give the same lines for ever.
 */
export async function tail(db: Reader, question: TailQuestion): Promise<Tail> {
  const { after, topic, types, source } = question;
  const limit = limitOf(question.limit);
  const known = sql`t.item_id = e.item_id and t.position <= e.position`;
  const conditions = [sql`e.position > ${String(after)}::bigint`];
  if (types !== undefined) conditions.push(sql`e.type = any(${[...types]})`);
  if (source !== undefined) conditions.push(sql`e.source = ${source}`);
  if (topic !== undefined)
    conditions.push(sql`(e.topic_ids @> array[${topic}] or exists (
      select 1 from coverage.item_topics t where t.topic_id = ${topic} and ${known}))`);
  return ask(db, async (reader) => {
    const last = await lastPosition(reader);
    if (last <= after) return { items: [], through: after };
    const { rows } = await sql<EventRow>`
      select e.*, ${topicsOfItem("e", sql`t.position <= e.position`)} as item_topics
      from coverage.events e where ${sql.join(conditions, sql` and `)}
      order by e.position limit ${limit}`.execute(reader);
    const items = rows.map(eventLine);
    const end = items.at(-1);
    return { items, through: items.length === limit && end ? BigInt(end.position) : last };
  });
}

/** The newest line that the read models hold: lines appear in order, so nothing can come to stand before it. */
export async function lastPosition(db: Reader): Promise<bigint> {
  const { rows } = await sql<{ last: string }>`
    select coalesce(max(position), 0) as last from coverage.events`.execute(db);
  return BigInt(rows[0]?.last ?? 0);
}
