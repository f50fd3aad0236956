import { contentId, type NewsEvents, storyMerged, storySplit, streams } from "@newsledger/core";
import type { EventLog } from "@newsledger/eventlog";
import type { Kysely } from "kysely";
import { articlesOf } from "./story-articles.ts";

// biome-ignore lint/suspicious/noExplicitAny: a caller's database may hold any tables
type Database = Kysely<any>;
type Log = Pick<EventLog<NewsEvents>, "append">;

/** A merge or a split that cannot be: which story or article it is about. */
export class StoryNotCorrectable extends Error {
  override name = "StoryNotCorrectable";
}

/** Makes one story of two, because somebody found that they tell the same. Returns how many articles moved. */
export async function mergeStories(
  log: Log,
  db: Database,
  { into, from, why }: { into: string; from: string; why: string },
): Promise<{ moved: number }> {
  if (into === from)
    throw new StoryNotCorrectable(`merge ${from}: a story is one with itself already`);
  const [kept] = await articles(db, into);
  const merged = await articles(db, from);
  const documents = merged.map(({ documentId }) => documentId).toSorted();
  await log.append(
    streams.story(into),
    [storyMerged.create({ storyId: into, mergedStoryId: from, title: kept?.title ?? "", why })],
    { key: `story.merged:${contentId("merge", into, from, ...documents)}` },
  );
  return { moved: merged.length };
}

/** Makes a story of its own of some articles of another. The id follows from what is split off. */
export async function splitStory(
  log: Log,
  db: Database,
  { storyId, documentIds, why }: { storyId: string; documentIds: readonly string[]; why: string },
): Promise<{ newStoryId: string }> {
  const own = await articles(db, storyId);
  const wanted = [...new Set(documentIds)].toSorted();
  const stranger = wanted.find((one) => !own.some(({ documentId }) => documentId === one));
  if (stranger !== undefined)
    throw new StoryNotCorrectable(`split ${storyId}: it has no article ${stranger}`);
  if (wanted.length === 0 || wanted.length === own.length)
    throw new StoryNotCorrectable(
      `split ${storyId}: name some of its ${own.length} articles, neither none nor all`,
    );
  const newStoryId = contentId("story-split", storyId, ...wanted);
  const title = own.find(({ documentId }) => documentId === wanted[0])?.title ?? "";
  await log.append(
    streams.story(storyId),
    [storySplit.create({ storyId, newStoryId, documentIds: wanted, title, why })],
    { key: `story.split:${newStoryId}` },
  );
  return { newStoryId };
}

async function articles(db: Database, storyId: string) {
  const found = await articlesOf(db, storyId);
  if (found.length === 0)
    throw new StoryNotCorrectable(
      `no story ${storyId}: "newsledger timeline --json" shows the ids of stories`,
    );
  return found;
}
