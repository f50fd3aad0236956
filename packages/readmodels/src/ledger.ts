import { sql } from "kysely";
import { describe, type NewsEvent } from "./describe.ts";
import type { Into } from "./into.ts";
import { recordset } from "./recordset.ts";
import { together } from "./together.ts";

const lineColumns = {
  position: "bigint",
  type: "text",
  recorded_at: "timestamptz",
  feed_id: "text",
  item_id: "text",
  document_id: "text",
  story_id: "text",
  topic_ids: "text[]",
  title: "text",
  source: "text",
  url: "text",
  published_at: "timestamptz",
  found_at: "timestamptz",
  why: "text",
  backfill: "boolean",
  whole: "boolean",
} as const;

/** One line for every event, with what its item or feed was called at that time. */
export async function applyLedger(events: readonly NewsEvent[], into: Into): Promise<void> {
  // Added feeds go first: later lines of the same batch ask for their names.
  await together([
    insert(events.filter(({ type }) => type === "feed.added").map(row), into),
    insert(events.filter(({ type }) => type !== "feed.added").map(row), into),
  ]);
}

function row(event: NewsEvent) {
  const line = describe(event);
  return {
    // A first sight says all there is to say of its item.
    whole: event.type === "item.seen",
    position: String(event.position),
    type: event.type,
    recorded_at: event.recordedAt,
    feed_id: line.feedId,
    item_id: line.itemId,
    document_id: line.documentId,
    story_id: line.storyId,
    topic_ids: line.topicIds ?? [],
    title: line.title,
    source: line.source,
    url: line.url,
    published_at: line.publishedAt,
    found_at: line.foundAt,
    why: line.why,
    backfill: line.backfill,
  };
}

async function insert(rows: readonly ReturnType<typeof row>[], into: Into): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into ${into.table("events")} (position, type, recorded_at, feed_id, item_id, document_id, story_id, topic_ids,
      title, source, url, published_at, public_at, found_at, why, backfill)
    select r.position, r.type, r.recorded_at, coalesce(r.feed_id, item.feed_id), r.item_id, r.document_id, r.story_id,
      r.topic_ids, coalesce(r.title, item.title, feed.title, r.type), coalesce(r.source, item.source, feed.title, ''),
      coalesce(r.url, item.url, feed.url), coalesce(r.published_at, item.published_at),
      case when r.type = 'item.revised' then r.recorded_at
           else least(coalesce(r.published_at, item.published_at), r.found_at, item.found_at, r.recorded_at) end,
      coalesce(r.found_at, item.found_at, r.recorded_at), r.why, coalesce(r.backfill, item.backfill, false)
    from ${recordset(rows, lineColumns)} r
    left join lateral (select i.* from ${into.table("items")} i
      where not r.whole and i.item_id = r.item_id and i.position <= r.position order by i.position desc limit 1) item on true
    left join lateral (select f.title, f.url from ${into.table("events")} f
      where (coalesce(r.url, item.url) is null or coalesce(r.title, item.title) is null) and f.feed_id = r.feed_id and f.type = 'feed.added' and f.position < r.position
      order by f.position desc limit 1) feed on true
    ${into.unlessThere}`.execute(into.trx);
}
