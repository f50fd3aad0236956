import { type NewsEvents, streams } from "@newsledger/core";
import type { EventLog } from "@newsledger/eventlog";

export type ItemFacts = NewsEvents["item.seen"] | NewsEvents["item.revised"];

/** What the log knows of one item: its words as the feed last gave them, and the topics that they showed. */
export interface ItemStory {
  readonly item: ItemFacts;
  /** The event that gave these words. */
  readonly causationId: string;
  readonly matches: NewsEvents["item.matched"]["matches"];
}

/** Reads an item as it was under one content hash; null when the log has no such version of it. */
export async function readItem(
  log: Pick<EventLog<NewsEvents>, "readStream">,
  itemId: string,
  contentHash: string,
): Promise<ItemStory | null> {
  let item: ItemFacts | null = null;
  let causationId = "";
  const matches: NewsEvents["item.matched"]["matches"] = [];
  for await (const event of log.readStream(streams.item(itemId))) {
    if (event.type === "item.seen" || event.type === "item.revised") {
      if (event.data.contentHash !== contentHash) continue;
      item = event.data;
      causationId = event.id;
    } else if (event.type === "item.matched" && event.data.contentHash === contentHash) {
      matches.push(...event.data.matches);
    }
  }
  return item && { item, causationId, matches };
}
