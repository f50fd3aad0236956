import type { NewsEvent } from "./describe.ts";
import type { Past } from "./past.ts";
import { earliest } from "./times.ts";

type ItemEvent = Extract<NewsEvent, { type: "item.seen" | "item.revised" }>;
type Matching = Extract<NewsEvent, { type: "item.matched" | "article.understood" }>;

export const itemColumns = {
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
  public_at: "timestamptz",
  found_at: "timestamptz",
  recorded_at: "timestamptz",
  revision: "boolean",
  backfill: "boolean",
} as const;

export const topicColumns = {
  position: "bigint",
  item_id: "text",
  topic_id: "text",
  topic_version: "int",
  tier: "text",
  shown_by: "text",
  reasons: "jsonb",
  recorded_at: "timestamptz",
} as const;

export type ItemRow = ReturnType<typeof itemRow>;

/** A version of an item: the one first seen, or a revision. */
export function itemRow({ type, position, recordedAt, data }: ItemEvent, past: Past) {
  const revision = type === "item.revised";
  const publishedAt = data.publishedAt === null ? null : new Date(data.publishedAt);
  return {
    position,
    item_id: data.itemId,
    feed_id: data.feedId,
    source: data.source,
    url: data.url ?? data.link,
    title: data.title,
    summary: data.summary,
    author: data.author,
    language: data.language,
    published_at: publishedAt,
    // A revision became public when we saw it; an item when it says so, but never after we had it in hand.
    public_at: revision ? recordedAt : earliest(recordedAt, publishedAt),
    found_at: (revision && past.items.get(data.itemId)?.first.foundAt) || recordedAt,
    recorded_at: recordedAt,
    revision,
    backfill: data.backfill,
  };
}

export function rememberItem(row: ItemRow, { items, sights }: Past): void {
  const { item_id: itemId, feed_id: feedId, source, url, title, revision, backfill } = row;
  const times = { publishedAt: row.published_at, foundAt: row.found_at };
  const version = { ...{ itemId, feedId, source, url, title }, ...times, revision, backfill };
  items.set(itemId, { first: items.get(itemId)?.first ?? version, last: version });
  if (!revision && url !== null && !sights.has(url)) sights.set(url, times);
}

/** Which topics an item matched, by what words, and since when the ledger knows. */
export function topicRows(event: Matching) {
  const [shownBy, matches] =
    event.type === "item.matched"
      ? [event.data.from, event.data.matches]
      : ["page", event.data.topics];
  return matches.map((match) => ({
    position: event.position,
    item_id: event.data.itemId,
    topic_id: match.topicId,
    topic_version: match.topicVersion,
    tier: match.tier,
    shown_by: shownBy,
    reasons: match.reasons,
    recorded_at: event.recordedAt,
  }));
}
