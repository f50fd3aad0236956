import { contentId, itemMatched, itemRevised, itemSeen, streams, textHash } from "@newsledger/core";
import { copyEvents, type StreamedEvent } from "@newsledger/eventlog";
import { keepReadModels, rebuildReadModels, search } from "@newsledger/readmodels";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ledger, openLedger } from "./coverage.ts";

/** More than are looked up whole (5,000), all of one day, so that it takes more than one look at that day. */
const pelicans = 5_400;
const herons = 5_100;
/** Every so many-th heron meets a pelican; all were found before the first pelican. */
const meets = (nth: number) => nth % 1_700 === 0;
const lands = (nth: number) => nth % 900 === 0;
/** Of what is seen in a row, ten seconds each. */
const aDay = 8_640;

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
  await copyEvents(ledger.database.pool, told());
  await ledger.caughtUp();
  await ledger.database.pool.query("analyze newsledger.words");
}, 60_000);
afterAll(() => ledger[Symbol.asyncDispose]());

function* told(): Generator<StreamedEvent> {
  yield* seen("toucan", "A toucan lands", aDay + 1);
  for (let nth = 0; nth < herons; nth += 1) {
    const title = meets(nth) ? `Heron ${nth} meets a pelican` : `Heron ${nth} alone`;
    yield* seen(`heron-${nth}`, title, nth, "birds");
  }
  for (let nth = 0; nth < pelicans; nth += 1)
    yield* seen(
      `pelican-${nth}`,
      lands(nth) ? `Pelican lands ${nth}` : `Lands: pelican ${nth}`,
      nth,
    );
}

/** The later in its row the later in the day. */
function* seen(
  key: string,
  title: string,
  nth: number,
  topicId?: string,
): Generator<StreamedEvent> {
  const itemId = contentId("item", key);
  const contentHash = textHash(title);
  const stream = streams.item(itemId);
  yield { stream, ...itemSeen.create({ ...itemData(key, title, nth), contentHash }) };
  if (topicId === undefined) return;
  yield { stream, ...matched(itemId, contentHash, topicId) };
}

const itemData = (key: string, title: string, nth: number) => ({
  ...{ itemId: contentId("item", key), feedId: "feed", title, summary: "", author: null },
  ...{ language: "en", source: "Outlet", url: `https://press.example/${key}`, link: null },
  publishedAt: new Date(Date.UTC(2021, 4, 5) + nth * 10_000).toISOString(),
  ...{ textHash: null, contentHash: textHash(title), backfill: false },
});

function matched(itemId: string, contentHash: string, topicId: string) {
  const at = { start: 0, end: 5 };
  const reasons = [{ rule: "strong", field: "title" as const, matched: "Heron", ...at }];
  const matches = [{ topicId, topicVersion: 1, tier: "alert" as const, reasons }];
  return itemMatched.create({ itemId, contentHash, from: "feed", matches });
}

/** The titles of all pages. */
async function titles(question: Parameters<typeof search>[1]): Promise<string[]> {
  const all: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await search(ledger.database.db, { ...question, cursor });
    all.push(...page.items.map(({ title }) => title));
    cursor = page.next ?? undefined;
  } while (cursor);
  return all;
}

const countOf = async (q: string) => (await titles({ q })).length;

const numbers = (length: number) => Array.from({ length }, (_, nth) => nth);

test("of what thousands of items of one day say, the newest are told, each once", async () => {
  const found = await titles({ q: "pelican" });
  const newest = numbers(pelicans).slice(-250);
  expect(found.map((title) => Number(title.match(/\d+/)?.[0])).sort((a, b) => a - b)).toEqual(
    newest,
  );
});

test("what is said twice is asked once", async () => {
  expect(await titles({ q: "pelican OR pelicans" })).toEqual(await titles({ q: "pelican" }));
});

test("a phrase of common words is told where they stand together", async () => {
  const found = await titles({ q: '"pelican lands"' });
  expect(found.sort()).toEqual(
    numbers(pelicans)
      .filter(lands)
      .map((nth) => `Pelican lands ${nth}`)
      .sort(),
  );
});

test("what is asked of some days is told of those", async () => {
  const q = '"pelican lands"';
  const [day, after] = ["2021-05-05", "2021-05-06"];
  expect(await titles({ q, from: day, to: day })).toHaveLength(
    numbers(pelicans).filter(lands).length,
  );
  expect(await titles({ q, from: "2021-04-01", to: after })).toHaveLength(await countOf(q));
  expect(await titles({ q, from: after })).toEqual([]);
  // Found before the thousands of the day before: they must not take its place.
  expect(await titles({ q: "lands", from: after })).toEqual(["A toucan lands"]);
  expect(await titles({ q, to: "2021-05-04" })).toEqual([]);
});

test("what a large topic says is found behind thousands of newer items that are none of it", async () => {
  const found = await titles({ q: "pelican", topic: "birds" });
  expect(found.sort()).toEqual([
    "Heron 0 meets a pelican",
    "Heron 1700 meets a pelican",
    "Heron 3400 meets a pelican",
  ]);
  expect(await titles({ q: "pelican", topic: "fish" })).toEqual([]);
});

test("what was known at a position is told as it was told then", async () => {
  const { rows } = await ledger.database.pool.query<{ position: string }>(
    "select position from coverage.items where title like '%pelican 2000'",
  );
  const found = await titles({ q: "pelican", knownAt: BigInt(rows[0]?.position ?? 0) });
  expect(found.map((title) => Number(title.match(/\d+/)?.[0])).sort((a, b) => a - b)).toEqual(
    numbers(2_001).slice(-250),
  );
});

test("what was matched or reworded later is of a large topic from then on, and was not before", async () => {
  const { log } = ledger;
  const birds = async (knownAt?: bigint | Date) =>
    (await titles({ q: "pelican", topic: "birds", knownAt })).sort();
  const three = await birds();
  const [before, copied] = [await log.safePosition(), new Date()];
  const { itemId, contentHash } = itemData("pelican-17", "Lands: pelican 17", 17);
  await log.append(streams.item(itemId), [matched(itemId, contentHash, "birds")]);
  await ledger.caughtUp();
  const [matchedAt, between] = [await log.safePosition(), new Date()];
  const heron = itemData("heron-1", "Heron 1 saw a pelican", 1);
  const revised = {
    ...heron,
    previousHash: textHash("Heron 1 alone"),
    changed: ["title" as const],
  };
  await log.append(streams.item(heron.itemId), [itemRevised.create(revised)]);
  await ledger.caughtUp();
  const four = [...three, "Lands: pelican 17"].sort();
  const five = [...four, "Heron 1 saw a pelican"].sort();
  expect(await birds()).toEqual(five);
  expect(await birds(await log.safePosition())).toEqual(five);
  expect(await birds(matchedAt)).toEqual(four);
  expect(await birds(before)).toEqual(three);
  expect(await birds(new Date())).toEqual(five);
  expect(await birds(between)).toEqual(four);
  expect(await birds(copied)).toEqual(three);
});

test("read models of before, which lack two tables, answer the same until newer ones are built, and after", async () => {
  const { database, log } = ledger;
  const asked = () => titles({ q: "pelican", topic: "birds" });
  const isThere = async () => {
    const { rows } = await database.pool.query<{ there: boolean }>(
      "select to_regclass('coverage.later_articles') is not null as there",
    );
    return rows[0]?.there ?? false;
  };
  const before = await asked();
  await database.pool.query("drop view coverage.topic_versions, coverage.later_articles");
  await expect(asked()).rejects.toThrow("topic_versions");

  await using keeper = keepReadModels({ log, db: database.db });
  await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
  expect(await asked()).toEqual(before);
  await rebuildReadModels(database.db);
  await keeper.caughtUp();
  expect(await asked()).toEqual(before);
}, 60_000);
