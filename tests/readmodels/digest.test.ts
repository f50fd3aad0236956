import { digestContent, timeline } from "@newsledger/readmodels";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ledger, openLedger } from "./coverage.ts";

let ledger: Ledger;
const marks: bigint[] = [];

/** Tells, and notes the position after it. */
async function issue(...told: Parameters<Ledger["tell"]>[0][]): Promise<void> {
  for (const one of told) await ledger.tell(one);
  await ledger.caughtUp();
  marks.push(await ledger.log.safePosition());
}

const recently = new Date(Date.now() - 3_600_000).toISOString();
const story = { title: "Citgo hearing postponed", publishedAt: recently };

beforeAll(async () => {
  ledger = await openLedger();
  await issue({ key: "old", title: "An old Citgo story", publishedAt: "2019-03-01T00:00:00Z" });
  await issue(
    { key: "a", ...story },
    { key: "b", ...story, source: "El Eco", joins: "a", relation: "independent" },
    { key: "c", ...story, source: "Mirror", joins: "a", relation: "copy" },
    { key: "x", title: "Oil licence renewed", topics: ["us-venezuela"], publishedAt: recently },
  );
  await issue({ key: "d", ...story, source: "Mirror Two", joins: "a", relation: "copy" });
  await issue(
    {
      key: "e",
      ...story,
      title: "Hearing set for March",
      source: "La Hoja",
      joins: "a",
      relation: "update",
    },
    { key: "f", ...story, source: "Mirror Three", joins: "a", relation: "copy" },
  );
});
afterAll(() => ledger[Symbol.asyncDispose]());

const window = (nth: number, topics = ["citgo-6"]) =>
  digestContent(ledger.database.db, { topics, from: marks[nth - 1] ?? 0n, to: marks[nth] ?? 0n });

test("a story found long after it was published is labelled a late find", async () => {
  const { stories } = await window(0);
  expect(stories).toMatchObject([{ title: "An old Citgo story", kind: "new", lateFind: true }]);
});

test("a new story comes once, with its independent reports and its copies folded", async () => {
  const { stories, volume } = await window(1);
  expect(stories).toHaveLength(1);
  expect(stories[0]).toMatchObject({
    kind: "new",
    lateFind: false,
    newCopies: 1,
    changed: "New: 2 independent reports, 1 copy folded.",
  });
  expect(stories[0]?.entries.map(({ source }) => source)).toEqual(["Diario Uno", "El Eco"]);
  expect(volume).toEqual({
    itemsSeen: 4,
    itemsMatched: 3,
    articlesUnderstood: 3,
    storiesOpened: 1,
    independentReports: 1,
    copies: 1,
  });
});

test("a window with nothing but copies of an old story has nothing to tell", async () => {
  const { stories, volume } = await window(2);
  expect(stories).toEqual([]);
  expect(volume.copies).toBe(1);
});

test("news about an old story comes as a development, with only what is new", async () => {
  const { stories } = await window(3);
  expect(stories).toHaveLength(1);
  expect(stories[0]).toMatchObject({
    kind: "developed",
    title: "Citgo hearing postponed",
    newCopies: 1,
    changed: "Developed: 1 update, 1 copy folded.",
  });
  expect(stories[0]?.entries.map(({ title }) => title)).toEqual(["Hearing set for March"]);
});

test("no story is new twice over consecutive windows, and none is left out", async () => {
  const all = await Promise.all(marks.map((_, nth) => window(nth, ["citgo-6", "us-venezuela"])));
  const fresh = all.flatMap(({ stories }) => stories).filter(({ kind }) => kind === "new");
  const ids = fresh.map(({ storyId }) => storyId);
  const { items } = await timeline(ledger.database.db, { topic: "citgo-6" });
  const others = await timeline(ledger.database.db, { topic: "us-venezuela" });
  expect(ids.toSorted()).toEqual(
    [...items, ...others.items].map(({ storyId }) => storyId).toSorted(),
  );
});

test("the same window gives the same content for ever", async () => {
  const then = await window(1);
  await ledger.tell({ key: "z", ...story, source: "Later", joins: "a", relation: "independent" });
  await ledger.caughtUp();
  expect(await window(1)).toEqual(then);
});
