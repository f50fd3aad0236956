import { storyMerged, storySplit, streams } from "@newsledger/core";
import { rebuildReadModels, storyView, timeline } from "@newsledger/readmodels";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idsOf, type Ledger, openLedger } from "./coverage.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger[Symbol.asyncDispose]());

const story = (key: string) => idsOf(key).storyId;
const split = "split-off";

async function merge(into: string, from: string): Promise<void> {
  const event = storyMerged.create({ storyId: into, mergedStoryId: from, title: "", why: "one" });
  await ledger.log.append(streams.story(into), [event]);
}

async function splitOff(from: string, ...keys: string[]): Promise<void> {
  const documentIds = keys.map((key) => idsOf(key).documentId);
  const event = storySplit.create({
    ...{ storyId: from, newStoryId: split, documentIds, title: "", why: "two" },
  });
  await ledger.log.append(streams.story(from), [event]);
}

/** Two outlets tell of a flight, each with a story of its own; the second has a copy. */
async function twoStories(): Promise<void> {
  await ledger.tell({ key: "flight", title: "A plane left at dawn", source: "Harbour Gazette" });
  await ledger.tell({ key: "vuelo", title: "Un avión salió de madrugada", source: "El Eco" });
  await ledger.tell({
    ...{ key: "copy", title: "Avión salió de madrugada", source: "Mirror" },
    ...{ joins: "vuelo", relation: "copy" },
  });
}

async function told(knownAt?: bigint) {
  await ledger.caughtUp();
  const { items } = await timeline(ledger.database.db, { knownAt });
  return items
    .map(({ storyId, independent, copies, reports }) => ({
      ...{ storyId, independent, copies },
      documents: reports.map(({ documentId }) => documentId).toSorted(),
    }))
    .toSorted((a, b) => a.storyId.localeCompare(b.storyId));
}

const documents = (...keys: string[]) => keys.map((key) => idsOf(key).documentId).toSorted();

test("stories that a person merged are one card: reports and copies of both, counted together", async () => {
  await twoStories();
  await merge(story("flight"), story("vuelo"));
  const [one, ...others] = await told();
  expect(others).toEqual([]);
  expect(one).toMatchObject({ storyId: story("flight"), independent: 2, copies: 1 });
});

test("a story has one first report, however it was put together", async () => {
  await twoStories();
  const relations = async () => {
    await ledger.caughtUp();
    const { items } = await timeline(ledger.database.db, {});
    return items.map(({ reports }) => reports.map(({ relation }) => relation).toSorted());
  };
  await merge(story("flight"), story("vuelo"));
  expect(await relations()).toEqual([["copy", "first", "independent"]]);
  await splitOff(story("flight"), "flight");
  expect(await relations()).toEqual(expect.arrayContaining([["first"], ["copy", "first"]]));
});

test("what joins the merged story later is of it", async () => {
  await twoStories();
  await merge(story("flight"), story("vuelo"));
  await ledger.tell({ key: "third", title: "Third", source: "Tribune", joins: "flight" });
  expect(await told()).toMatchObject([{ storyId: story("flight"), independent: 3, copies: 1 }]);
});

test("articles that a person split off are a card of their own, and the rest stays", async () => {
  await twoStories();
  await splitOff(story("vuelo"), "copy");
  expect(await told()).toEqual(
    [
      { storyId: story("flight"), independent: 1, copies: 0, documents: documents("flight") },
      { storyId: story("vuelo"), independent: 1, copies: 0, documents: documents("vuelo") },
      // A person said that it tells something else: then it is the first to do so, and no copy.
      { storyId: split, independent: 1, copies: 0, documents: documents("copy") },
    ].toSorted((a, b) => a.storyId.localeCompare(b.storyId)),
  );
});

test("asked as of an earlier moment: the articles known then, grouped as was found since", async () => {
  await twoStories();
  const then = await ledger.log.safePosition();
  await ledger.tell({ key: "third", title: "Third", source: "Tribune", joins: "flight" });
  await merge(story("flight"), story("vuelo"));
  expect(await told(then)).toMatchObject([{ storyId: story("flight"), independent: 2, copies: 1 }]);
});

test("read models that are built anew show the same", async () => {
  await twoStories();
  await merge(story("flight"), story("vuelo"));
  await splitOff(story("flight"), "vuelo", "copy");
  const before = await told();
  expect(before).toHaveLength(2);
  await rebuildReadModels(ledger.database.db);
  expect(await told()).toEqual(before);
});

test("the address of a story that was merged away leads to the one that it belongs to now", async () => {
  await twoStories();
  await ledger.tell({ key: "third", title: "Third", source: "Tribune" });
  await merge(story("flight"), story("vuelo"));
  await merge(story("third"), story("flight"));
  await ledger.caughtUp();
  const view = await storyView(ledger.database.db, { storyId: story("vuelo") });
  expect(view).toMatchObject({ storyId: story("third"), independent: 3, copies: 1 });
});
