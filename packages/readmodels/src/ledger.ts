import type { Told } from "./describe.ts";
import type { Past } from "./past.ts";
import { earliest } from "./times.ts";

export const lineColumns = {
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
  public_at: "timestamptz",
  found_at: "timestamptz",
  why: "text",
  backfill: "boolean",
} as const;

/** One line for every event, with what its item or feed was called at that time. */
export function lineRow({ event, line }: Told, past: Past) {
  const { type, position, recordedAt } = event;
  // A first sight says all there is to say of its item.
  const asks = type !== "item.seen" && line.itemId !== undefined;
  const item = asks ? past.items.get(line.itemId ?? "")?.last : undefined;
  const [title, url] = [line.title ?? item?.title, line.url ?? item?.url];
  const unnamed = title === undefined || (url ?? null) === null;
  const feed = unnamed ? past.feeds.get(line.feedId ?? "") : undefined;
  const publishedAt = dateOf(line.publishedAt) ?? item?.publishedAt ?? null;
  const foundAt = dateOf(line.foundAt) ?? item?.foundAt;
  return {
    position,
    type,
    recorded_at: recordedAt,
    feed_id: line.feedId ?? item?.feedId ?? null,
    item_id: line.itemId ?? null,
    document_id: line.documentId ?? null,
    story_id: line.storyId ?? null,
    topic_ids: line.topicIds ?? [],
    title: title ?? feed?.title ?? type,
    source: line.source ?? item?.source ?? feed?.title ?? "",
    url: url ?? feed?.url ?? null,
    published_at: publishedAt,
    public_at:
      type === "item.revised"
        ? recordedAt
        : earliest(recordedAt, publishedAt, dateOf(line.foundAt), item?.foundAt),
    found_at: foundAt ?? recordedAt,
    why: line.why,
    backfill: line.backfill ?? item?.backfill ?? false,
  };
}

const dateOf = (text: string | null | undefined): Date | null =>
  text === null || text === undefined ? null : new Date(text);

/** What a feed is called from now on. */
export function rememberFeed({ event }: Told, row: ReturnType<typeof lineRow>, past: Past): void {
  if (event.type === "feed.added")
    past.feeds.set(event.data.feedId, { title: row.title, url: row.url });
}
