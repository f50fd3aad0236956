import { sql } from "kysely";
import type { NewsEvent } from "./describe.ts";
import type { Into } from "./into.ts";
import { recordset } from "./recordset.ts";
import { together } from "./together.ts";

type ItemEvent = Extract<NewsEvent, { type: "item.seen" | "item.revised" }>;

const itemColumns = {
  position: "bigint",
  item_id: "text",
  feed_id: "text",
  source: "text",
  url: "text",
  title: "text",
  summary: "text",
  author: "text",
  language: "text",
  published_at: "timestamptz",
  recorded_at: "timestamptz",
  revision: "boolean",
  backfill: "boolean",
} as const;

const topicColumns = {
  position: "bigint",
  item_id: "text",
  topic_id: "text",
  topic_version: "int",
  tier: "text",
  shown_by: "text",
  reasons: "jsonb",
  recorded_at: "timestamptz",
} as const;

/** Every version of every item: the one first seen, then each revision. */
export async function applyItems(events: readonly NewsEvent[], into: Into): Promise<void> {
  const versions = events.filter(
    (event): event is ItemEvent => event.type === "item.seen" || event.type === "item.revised",
  );
  // First sights go first: a revision of the same batch asks when its item was found.
  await together([
    insert(versions.filter((event) => event.type === "item.seen").map(row), into),
    insert(versions.filter((event) => event.type === "item.revised").map(row), into),
  ]);
}

function row(event: ItemEvent) {
  const { data } = event;
  return {
    position: String(event.position),
    item_id: data.itemId,
    feed_id: data.feedId,
    source: data.source,
    url: data.url ?? data.link,
    title: data.title,
    summary: data.summary,
    author: data.author,
    language: data.language,
    published_at: data.publishedAt,
    recorded_at: event.recordedAt,
    revision: event.type === "item.revised",
    backfill: data.backfill,
  };
}

async function insert(rows: readonly ReturnType<typeof row>[], into: Into): Promise<void> {
  if (rows.length === 0) return;
  const items = into.table("items");
  // A revision became public when we saw it; an item when it says so, but never after we had it in hand.
  await sql`
    insert into ${items} (position, item_id, feed_id, source, url, title, summary, author, language,
      published_at, public_at, found_at, recorded_at, revision, backfill)
    select r.position, r.item_id, r.feed_id, r.source, r.url, r.title, r.summary, r.author, r.language, r.published_at,
      case when r.revision then r.recorded_at else least(r.published_at, r.recorded_at) end,
      coalesce(first.found_at, r.recorded_at), r.recorded_at, r.revision, r.backfill
    from ${recordset(rows, itemColumns)} r
    left join lateral (select i.found_at from ${items} i
      where r.revision and i.item_id = r.item_id and i.position < r.position order by i.position limit 1) first on true
    ${into.unlessThere}`.execute(into.trx);
}

/** Which topics an item matched, by what words, and since when the ledger knows. */
export async function applyItemTopics(events: readonly NewsEvent[], into: Into): Promise<void> {
  const rows = events.flatMap((event) => {
    const found = topicsOf(event);
    return found.matches.map((match) => ({
      position: String(event.position),
      item_id: found.itemId,
      topic_id: match.topicId,
      topic_version: match.topicVersion,
      tier: match.tier,
      shown_by: found.shownBy,
      reasons: match.reasons,
      recorded_at: event.recordedAt,
    }));
  });
  if (rows.length === 0) return;
  await sql`
    insert into ${into.table("item_topics")}
      (position, item_id, topic_id, topic_version, tier, shown_by, reasons, recorded_at)
    select r.* from ${recordset(rows, topicColumns)} r
    ${into.unlessThere}`.execute(into.trx);
}

function topicsOf(event: NewsEvent) {
  if (event.type === "item.matched")
    return { itemId: event.data.itemId, shownBy: event.data.from, matches: event.data.matches };
  if (event.type === "article.understood")
    return { itemId: event.data.itemId, shownBy: "page", matches: event.data.topics };
  return { itemId: "", shownBy: "", matches: [] };
}
