import { articleUnderstood, contentId, contentUuid, storyOpened, streams } from "@newsledger/core";
import { putText } from "@newsledger/eventlog";
import { extractor, loadKnowledge, understand } from "@newsledger/extraction";
import { mergeStories, StoryNotCorrectable, splitStory } from "@newsledger/extractor";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Desk } from "./desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const knowledge = loadKnowledge();
const visit =
  "Roger Carstens visited six executives of Citgo at El Helicoide in Caracas on Tuesday.";
const flight =
  "A small plane with an American on board left the capital at dawn; nobody at the airport would say who he was.";
const later =
  "An American whose plane had left at dawn was seen in Caracas on Tuesday, three guards said.";

/** An article that is understood already; the storyteller places it. Returns its id once it has a story. */
async function told(source: string, title: string, text: string): Promise<string> {
  const { db, log } = desk.resources;
  const url = `https://press.test/${encodeURIComponent(`${source} ${title}`)}`;
  const documentId = contentId("document", url);
  const publishedAt = "2021-12-10T10:00:00Z";
  await db.transaction().execute(async (trx) => {
    const textHash = await putText(trx, text);
    const itemId = contentId("item", source, title);
    const event = articleUnderstood.create({
      ...{ documentId, itemId, feedId: source, source, url, title, byline: null, publishedAt },
      ...{ textFrom: "page", pageProblem: null, textHash, words: 20, extractor, backfill: false },
      understanding: understand({ title, text, publishedAt, url, source }, knowledge),
      topics: [],
    });
    await log.within(trx).append(streams.document(documentId), [event], {
      key: `article.understood:${documentId}`,
      correlationId: contentUuid("item", itemId),
    });
  });
  for (;;) {
    if ((await storyOf(documentId)) !== undefined) return documentId;
    await pause();
  }
}

async function storyOf(documentId: string): Promise<string | undefined> {
  const { rows } = await sql<{ story_id: string }>`select story_id from newsledger.story_articles
    where document_id = ${documentId}`.execute(desk.resources.db);
  return rows[0]?.story_id;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

async function until(documentId: string, storyId: string): Promise<void> {
  while ((await storyOf(documentId)) !== storyId) await pause();
}

test("what a person merged stays one story, and what comes later joins it", async () => {
  const { db, log } = desk.resources;
  const a = await told("Harbour Gazette", "Envoy sees the six", visit);
  const b = await told("Daily Courier", "A plane at dawn", flight);
  const [into = "", from = ""] = [await storyOf(a), await storyOf(b)];
  expect(into).not.toBe(from);
  expect(await mergeStories(log, db, { into, from, why: "the plane was the envoy's" })).toEqual({
    moved: 1,
  });
  await until(b, into);
  const copy = await told("Morning Mirror", "Plane at dawn", flight);
  expect(await storyOf(copy)).toBe(into);
  const [merged] = await desk.events("story.merged");
  expect(merged?.data).toMatchObject({ storyId: into, mergedStoryId: from });
});

test("a split gives the articles a story of their own, under the same id whenever it is asked for", async () => {
  const { db, log } = desk.resources;
  const a = await told("Harbour Gazette", "A plane at dawn", flight);
  const b = await told("Daily Courier", "Plane at dawn", `${flight} ${later}`);
  const storyId = (await storyOf(a)) ?? "";
  expect(await storyOf(b)).toBe(storyId);
  const asked = { storyId, documentIds: [b], why: "another plane" };
  const { newStoryId } = await splitStory(log, db, asked);
  expect(newStoryId).toBe(contentId("story-split", storyId, b));
  await until(b, newStoryId);
  expect(await storyOf(a)).toBe(storyId);
});

test("a replay of the log comes to the stories that people corrected", async () => {
  const { db, log } = desk.resources;
  const a = await told("Harbour Gazette", "Envoy sees the six", visit);
  const b = await told("Daily Courier", "A plane at dawn", flight);
  const [into = "", from = ""] = [await storyOf(a), await storyOf(b)];
  await mergeStories(log, db, { into, from, why: "the plane was the envoy's" });
  await until(b, into);
  const before = await desk.events("story.opened", "story.joined", "story.merged");
  await desk.retellStories();
  await until(b, into);
  expect(await desk.events("story.opened", "story.joined", "story.merged")).toEqual(before);
});

test("a placement that stands in the log stands, though these rules would place the article elsewhere", async () => {
  const { log } = desk.resources;
  const a = await told("Harbour Gazette", "A plane at dawn", flight);
  const url = `https://press.test/${encodeURIComponent("Daily Courier Plane at dawn")}`;
  const documentId = contentId("document", url);
  const storyId = contentId("story", documentId);
  const [opened] = await desk.events("story.opened");
  if (!opened) throw new Error("no story");
  // As an earlier version of the rules left it: a story of its own, though the text is a copy.
  const own = storyOpened.create({ ...opened.data, documentId, storyId });
  await log.append(streams.story(storyId), [own], { key: `story:${documentId}` });
  expect(await told("Daily Courier", "Plane at dawn", flight)).toBe(documentId);
  expect([await storyOf(a), await storyOf(documentId)]).toEqual([opened.data.storyId, storyId]);
});

test("what cannot be merged or split is refused, with what to do", async () => {
  const { db, log } = desk.resources;
  const a = await told("Harbour Gazette", "A plane at dawn", flight);
  const storyId = (await storyOf(a)) ?? "";
  const refused: [() => Promise<unknown>, RegExp][] = [
    [() => mergeStories(log, db, { into: storyId, from: storyId, why: "x" }), /already/],
    [() => mergeStories(log, db, { into: storyId, from: "nobody", why: "x" }), /no story nobody/],
    [() => splitStory(log, db, { storyId, documentIds: [a], why: "x" }), /neither none nor all/],
    [() => splitStory(log, db, { storyId, documentIds: ["b"], why: "x" }), /no article b/],
  ];
  for (const [attempt, reason] of refused) {
    await expect(attempt()).rejects.toThrow(StoryNotCorrectable);
    await expect(attempt()).rejects.toThrow(reason);
  }
});
