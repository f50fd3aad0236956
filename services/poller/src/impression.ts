import type { ParsedFeed } from "@newsledger/feeds";
import { type Concern, concernOf } from "./concern.ts";
import { portraitOf } from "./portrait.ts";

/** What one look at a feed gives reason to suspect; null when nothing. */
export function impressionOf(parsed: ParsedFeed, now: Date): Concern | null {
  const items = parsed.items.map(({ link, published }) => ({
    link,
    publishedAt: published === null ? null : new Date(published),
  }));
  const advertisedSeconds = parsed.ttlSeconds ?? parsed.updatePeriodSeconds;
  const { title } = parsed;
  const sitting = { title, items, fresh: items.length, advertisedSeconds };
  return concernOf(portraitOf(null, { ...sitting, mark: "", itemsHash: null }, now), now);
}
