import {
  contentUuid,
  itemMatched,
  itemShortlisted,
  type NewEvent,
  type NewsEvents,
  streams,
  type TopicMatch,
} from "@newsledger/core";
import {
  type AnyTransaction,
  type AppendRequest,
  getText,
  type RecordedEvent,
  type Subscription,
} from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";

/** What the topics make of an item's words. */
export type Match = (item: {
  title: string;
  summary: string;
  text?: string;
  language: string | null;
}) => { matches: TopicMatch[]; shortlist: string | null };

type Item = Extract<RecordedEvent<NewsEvents>, { type: "item.seen" | "item.revised" }>;

/** Reads every item that enters the ledger and says which topics it concerns, or that its page is worth reading. */
export function startMatcher({ log }: Pick<Resources, "log">, match: Match): Subscription {
  return log.subscribe({
    name: "matcher",
    types: ["item.seen", "item.revised"],
    from: "start",
    batchSize: 200,
    restMs: 50,
    onError: "park",
    async handle(events, trx) {
      const requests: AppendRequest[] = [];
      for (const event of events) {
        const request = judge(event, await textOf(event, trx), match);
        if (request) requests.push(request);
      }
      if (requests.length > 0) await log.within(trx).appendMany(requests);
      return undefined;
    },
  });
}

const textOf = async ({ data }: Item, trx: AnyTransaction): Promise<string | undefined> =>
  data.textHash === null ? undefined : ((await getText(trx, data.textHash)) ?? undefined);

/** What the ledger is to say of an item; null when it concerns nothing. */
function judge(
  { id, data }: Pick<Item, "id" | "data">,
  text: string | undefined,
  match: Match,
): AppendRequest | null {
  const { itemId, contentHash, title, summary, language } = data;
  const said = { title, summary, language, ...(text !== undefined && { text }) };
  const { matches, shortlist } = match(said);
  const version = contentHash.slice(0, 16);
  const found = matches.map(({ topicId, topicVersion }) => `${topicId}@${topicVersion}`).toSorted();
  const request = (event: NewEvent, key: string): AppendRequest => ({
    stream: streams.item(itemId),
    events: [event],
    key,
    correlationId: contentUuid("item", itemId),
    causationId: id,
  });
  if (matches.length > 0)
    return request(
      itemMatched.create({ itemId, contentHash, from: "feed", matches }),
      `item.matched:${itemId}:${version}:feed:${found.join(",")}`,
    );
  if (shortlist === null) return null;
  return request(
    itemShortlisted.create({ itemId, contentHash, reason: shortlist }),
    `item.shortlisted:${itemId}:${version}`,
  );
}
