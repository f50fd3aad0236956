import { type NewsEvents, streams } from "@newsledger/core";
import type { EventLog } from "@newsledger/eventlog";
import type { StoryEvent, Understood } from "./report.ts";

type Log = EventLog<NewsEvents>;

/** What was understood of a document when the story event was written. */
export async function articleOf(log: Log, { position, data }: StoryEvent): Promise<Understood> {
  const article = await articleBefore(log, data.documentId, position);
  if (article) return article;
  throw new Error(
    `raise alerts for story ${data.storyId}: stream ${streams.document(data.documentId)} holds no article.understood before position ${position}`,
  );
}

/** What was understood of a document before a position. */
export async function articleBefore(
  log: Log,
  documentId: string,
  position: bigint,
): Promise<Understood | null> {
  const stream = streams.document(documentId);
  for await (const candidate of log.readStream(stream, { direction: "backward" }))
    if (candidate.type === "article.understood" && candidate.position < position) return candidate;
  return null;
}

/** When the ledger first saw the item: reading and understanding it may have taken its time. */
export async function firstSeen(log: Log, article: Understood): Promise<Date> {
  for await (const event of log.readStream(streams.item(article.data.itemId), { limit: 1 }))
    return event.recordedAt;
  return article.recordedAt;
}

export async function storyEventAt(log: Log, position: bigint): Promise<StoryEvent | null> {
  for await (const event of log.read({ after: position - 1n, upTo: position }))
    if (event.type === "story.opened" || event.type === "story.joined") return event;
  return null;
}
