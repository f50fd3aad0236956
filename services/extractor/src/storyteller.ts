import {
  contentId,
  contentUuid,
  type NewEvent,
  type NewsEvents,
  storyJoined,
  storyOpened,
  streams,
} from "@newsledger/core";
import {
  type AnyTransaction,
  type AppendRequest,
  type AppendResult,
  getTexts,
  type RecordedEvent,
  type Subscription,
} from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { comparable } from "./comparable.ts";
import { type Placeable, type Placement, place } from "./place.ts";
import { countAsTheyDouble } from "./statistics.ts";
import {
  adopt,
  byIndex,
  ComparedLately,
  candidates,
  moveArticles,
  moveStory,
  remember,
  type Story,
  storiesOf,
} from "./story-articles.ts";
import type { Members } from "./told.ts";

type Understood = Extract<RecordedEvent<NewsEvents>, { type: "article.understood" }>;

/**
 * Puts every understood article into a story, in the order of the log: a new one, or one that is already told. What people
 * merged and split holds from where it stands in the log, so that a replay comes to the same stories.
 */
export function startStoryteller(
  { db, log }: Pick<Resources, "db" | "log">,
  members: Members,
): Subscription {
  const lately = new ComparedLately();
  const counted = countAsTheyDouble(db);
  return log.subscribe({
    name: "storyteller",
    types: ["article.understood", "story.merged", "story.split"],
    from: "start",
    batchSize: 50,
    restMs: 100,
    onError: "park",
    async handle(events, trx) {
      await byIndex(trx);
      const texts = await textsOf(trx, events);
      let stories = await storiesTold(trx, events);
      const requests: StoryRequest[] = [];
      for (const event of events) {
        if (event.type === "story.merged")
          await moveStory(trx, event.data.mergedStoryId, event.data.storyId);
        else if (event.type === "story.split") {
          const { storyId: from, newStoryId: to, documentIds } = event.data;
          await moveArticles(trx, { from, to, documentIds });
        } else {
          const article = placeable(event, texts, members);
          const request = await tell(event, article, { trx, lately, stories });
          if (request) requests.push(request);
          continue;
        }
        stories = await storiesTold(trx, events);
      }
      if (requests.length > 0) {
        const results = await log.within(trx).appendMany(requests.map(({ append }) => append));
        const placed = requests.map((request, index) => ({ ...request, result: results[index] }));
        await settle(log, trx, placed);
      }
      return () => counted(requests.length);
    },
  });
}

async function textsOf(
  trx: AnyTransaction,
  events: readonly RecordedEvent<NewsEvents>[],
): Promise<Map<string, string>> {
  const hashes = events.flatMap((event) =>
    event.type === "article.understood" ? [event.data.textHash] : [],
  );
  return hashes.length === 0 ? new Map() : getTexts(trx, hashes);
}

/** Those of the articles that have a story already. */
const storiesTold = (trx: AnyTransaction, events: readonly RecordedEvent<NewsEvents>[]) =>
  storiesOf(
    trx,
    events.flatMap((event) => (event.type === "article.understood" ? [event.data.documentId] : [])),
  );

interface StoryRequest {
  readonly documentId: string;
  readonly storyId: string;
  readonly append: AppendRequest;
}

interface Table {
  readonly trx: AnyTransaction;
  readonly lately: ComparedLately;
  /** Kept up: an article may come twice in a batch. */
  readonly stories: Map<string, Story>;
}

/** What the ledger is to say of an article's story; null when it has one already. */
async function tell(
  event: Understood,
  article: Placeable,
  { trx, lately, stories }: Table,
): Promise<StoryRequest | null> {
  const { documentId } = article;
  const known = stories.get(documentId);
  if (known) {
    // Met again through another feed, or read anew: it stays where it is.
    await remember(trx, article, known, lately);
    return null;
  }
  const placement = place(article, await candidates(trx, article, lately));
  const story =
    placement.outcome === "opens"
      ? { storyId: contentId("story", documentId), openedAt: article.at }
      : { storyId: placement.with.storyId, openedAt: placement.with.openedAt };
  await remember(trx, article, story, lately);
  stories.set(documentId, story);
  const { storyId } = story;
  const append: AppendRequest = {
    stream: streams.story(storyId),
    events: [entry(event, storyId, placement)],
    key: `story:${documentId}`,
    correlationId: event.correlationId ?? contentUuid("item", event.data.itemId),
    causationId: event.id,
  };
  return { documentId, storyId, append };
}

/**
 * What the log says of an article's story stands, whatever this version of the rules would have made of it: a ledger that
 * was brought in from elsewhere, and a replay, come to the stories that were told.
 */
async function settle(
  log: Resources["log"],
  trx: AnyTransaction,
  placed: readonly { documentId: string; storyId: string; result: AppendResult | undefined }[],
): Promise<void> {
  for (const { documentId, storyId, result } of placed) {
    if (result?.status !== "duplicate") continue;
    const told = await storyAt(log, result.firstPosition);
    if (told !== null && told !== storyId) await adopt(trx, documentId, told);
  }
}

async function storyAt(log: Resources["log"], position: bigint): Promise<string | null> {
  for await (const { type, data } of log.read({ after: position - 1n, upTo: position }))
    if (type === "story.opened" || type === "story.joined") return data.storyId;
  return null;
}

function placeable(
  { data, recordedAt }: Understood,
  texts: ReadonlyMap<string, string>,
  members: Members,
): Placeable {
  const { documentId, source, title, publishedAt, textHash, understanding } = data;
  // A text that was erased since leaves its title to compare by.
  const text = texts.get(textHash) ?? title;
  const at = publishedAt === null ? recordedAt : new Date(publishedAt);
  return comparable({ documentId, source, title, at, text, understanding }, members);
}

function entry({ data }: Understood, storyId: string, placement: Placement): NewEvent {
  const { documentId, itemId, title, source, url, publishedAt, backfill } = data;
  const topics = data.topics.map(({ topicId, tier }) => ({ topicId, tier }));
  const member = { storyId, documentId, itemId, title, source, url, publishedAt, topics, backfill };
  if (placement.outcome === "opens") return storyOpened.create(member);
  const { relation, with: nearest, method, score } = placement;
  return storyJoined.create({
    ...member,
    relation,
    nearest: { documentId: nearest.documentId, method, score },
  });
}
