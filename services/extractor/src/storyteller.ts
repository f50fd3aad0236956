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
  getText,
  type RecordedEvent,
  type Subscription,
} from "@newsledger/eventlog";
import { signature } from "@newsledger/extraction";
import type { Resources } from "@newsledger/host";
import { castOf, type Placeable, type Placement, place } from "./place.ts";
import { candidates, moveArticles, moveStory, remember, storyOf } from "./story-articles.ts";
import { type Members, toldIn } from "./told.ts";

type Understood = Extract<RecordedEvent<NewsEvents>, { type: "article.understood" }>;

/**
 * Puts every understood article into a story, in the order of the log: a new one, or one that is already told. What people
 * merged and split holds from where it stands in the log, so that a replay comes to the same stories.
 */
export function startStoryteller({ log }: Pick<Resources, "log">, members: Members): Subscription {
  return log.subscribe({
    name: "storyteller",
    types: ["article.understood", "story.merged", "story.split"],
    from: "start",
    batchSize: 50,
    onError: "park",
    async handle(events, trx) {
      for (const event of events) {
        if (event.type === "story.merged")
          await moveStory(trx, event.data.mergedStoryId, event.data.storyId);
        else if (event.type === "story.split") {
          const { storyId: from, newStoryId: to, documentIds } = event.data;
          await moveArticles(trx, { from, to, documentIds });
        } else await tell(log, event, trx, members);
      }
      return undefined;
    },
  });
}

async function tell(
  log: Resources["log"],
  event: Understood,
  trx: AnyTransaction,
  members: Members,
): Promise<void> {
  const article = await placeable(event, trx, members);
  const known = await storyOf(trx, article.documentId);
  if (known) {
    // Met again through another feed, or read anew: it stays where it is.
    await remember(trx, article, known);
    return;
  }
  const placement = place(article, await candidates(trx, article));
  const story =
    placement.outcome === "opens"
      ? { storyId: contentId("story", article.documentId), openedAt: article.at }
      : { storyId: placement.with.storyId, openedAt: placement.with.openedAt };
  await log
    .within(trx)
    .append(streams.story(story.storyId), [entry(event, story.storyId, placement)], {
      key: `story:${article.documentId}`,
      correlationId: event.correlationId ?? contentUuid("item", event.data.itemId),
      causationId: event.id,
    });
  await remember(trx, article, story);
}

async function placeable(
  { data, recordedAt }: Understood,
  trx: AnyTransaction,
  members: Members,
): Promise<Placeable> {
  const { documentId, source, title, publishedAt, textHash, understanding } = data;
  // A text that was erased since leaves its title to compare by.
  const text = (await getText(trx, textHash)) ?? title;
  return {
    documentId,
    source,
    title,
    at: publishedAt === null ? recordedAt : new Date(publishedAt),
    signature: signature(
      text,
      understanding.entities.flatMap((entity) => entity.mentions),
    ),
    entities: castOf(understanding),
    told: toldIn(understanding, members),
  };
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
