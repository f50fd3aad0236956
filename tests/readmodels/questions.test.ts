import {
  entity,
  listArticles,
  listEvents,
  listOccurrences,
  storyFeed,
  storyView,
  timeline,
} from "@newsledger/readmodels";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ledger, openLedger, revise, type Told, tellTheCase } from "./coverage.ts";

let ledger: Ledger;
let arrest: string;
const reworded: Told = {
  key: "first-out",
  title: "Gustavo Cárdenas and another man are free",
  publishedAt: "2022-03-09T05:00:00Z",
};
beforeAll(async () => {
  ledger = await openLedger();
  await tellTheCase(ledger);
  await revise(ledger, reworded, "Gustavo Cárdenas is free after four years");
  await ledger.caughtUp();
  const { items } = await timeline(ledger.database.db, { q: "detenidos" });
  arrest = items[0]?.storyId ?? "";
});
afterAll(() => ledger[Symbol.asyncDispose]());

const titles = async (question: Parameters<typeof listArticles>[1]) =>
  (await listArticles(ledger.database.db, question)).items.map(({ title }) => title);

describe("articles can be asked for by", () => {
  test.each([
    [
      "whom they name",
      { entity: "tomeu-vadell" },
      ["Six Citgo executives held in Caracas after a meeting"],
    ],
    [
      "who had what done to them",
      { entity: "gustavo-cardenas", role: "target", occurrence: "release" },
      ["Gustavo Cárdenas is free after four years"],
    ],
    ["what someone did, when nobody did it", { entity: "gustavo-cardenas", role: "actor" }, []],
    ["an outlet", { source: "Mirror Daily" }, ["Six Citgo bosses held in Caracas after meeting"]],
    [
      "language and day",
      { language: "es", from: "2021-05-01", to: "2021-05-01" },
      ["Arresto domiciliario para los seis de Citgo"],
    ],
    [
      "words, without others",
      { q: "citgo -held -detenidos -arresto -visits", to: "2021-12-31" },
      ["Citgo 6 taken back to prison"],
    ],
    [
      "when what they tell happened",
      { happenedFrom: "2022-10-01" },
      ["Venezuela frees seven Americans in an exchange"],
    ],
    [
      "when it happened, and to whom",
      { happenedTo: "2022-03-31", entity: "gustavo-cardenas", occurrence: "release" },
      ["Gustavo Cárdenas is free after four years"],
    ],
    ["when they were found, which is now", { foundTo: "2023-12-31" }, []],
    ["topic", { topic: "us-venezuela" }, ["Venezuela frees seven Americans in an exchange"]],
  ] as const)("%s", async (_, question, expected) => {
    expect(await titles(question)).toEqual(expected);
  });

  test("when they were found", async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(await titles({ foundFrom: "2024-01-01", foundTo: today })).toHaveLength(8);
    await expect(titles({ foundFrom: "2021-02-30" })).rejects.toThrow("is not a day");
    await expect(titles({ happenedFrom: "soon" })).rejects.toThrow("is not a day");
  });

  test("how many outlets tell their story on their own", async () => {
    expect(await titles({ minSources: 2 })).toHaveLength(3); // both reports and the copy
    expect(await titles({ minSources: 3 })).toEqual([]);
  });

  test("what was known, at a position and by a day", async () => {
    expect(await titles({ knownAt: 4n })).toEqual([
      "Six Citgo executives held in Caracas after a meeting",
    ]);
    expect(await titles({ asOf: "2017-11-22" })).toHaveLength(2);
  });
});

test("every article is found once, page by page", async () => {
  const all = await titles({});
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listArticles(ledger.database.db, { limit: 3, cursor });
    paged.push(...page.items.map(({ title }) => title));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(paged).toEqual(all);
  expect(all).toHaveLength(8);
});

test("a role without an entity is no question", async () => {
  await expect(titles({ role: "actor" })).rejects.toThrow("say whose role");
});

test("occurrences are found by what happened, to whom, and when", async () => {
  const { db } = ledger.database;
  const codes = async (question: Parameters<typeof listOccurrences>[1]) =>
    (await listOccurrences(db, question)).items.map(({ code, date }) => `${code} ${date}`);
  expect(await codes({ happenedFrom: "2021-04-30", happenedTo: "2021-10-16" })).toEqual([
    "reimprison 2021-10-16",
    "house-arrest 2021-04-30",
  ]);
  expect(await codes({ entity: "gustavo-cardenas" })).toEqual(["release 2022-03-08"]);
  expect(await codes({ occurrence: "arrest", limit: 2 })).toHaveLength(2);
  const [first] = (await listOccurrences(db, { entity: "gustavo-cardenas" })).items;
  expect(first).toMatchObject({
    source: "Diario Uno",
    targets: [{ id: "gustavo-cardenas", name: "Gustavo Cárdenas" }],
    why: expect.stringContaining("It says"),
  });
  const pages = await listOccurrences(db, { limit: 4 });
  const rest = await listOccurrences(db, { limit: 200, cursor: pages.next ?? "" });
  expect(pages.items.length + rest.items.length).toBe(8);
});

test("events carry the same narrowing", async () => {
  const { items } = await listEvents(ledger.database.db, { entity: "tomeu-vadell" });
  expect(items.map(({ type }) => type)).toEqual(["story.opened", "article.understood"]);
  const spanish = await listEvents(ledger.database.db, { language: "es", type: "item.seen" });
  expect(spanish.items.map(({ source }) => source)).toEqual(["El Eco", "El Eco"]);
});

test("a person's page knows how often, since when and in what", async () => {
  const { db } = ledger.database;
  expect(await entity(db, { id: "tomeu-vadell" })).toMatchObject({
    name: "Tomeu Vadell",
    articles: 1,
    sources: 1,
    firstPublicAt: new Date("2017-11-22T10:00:00Z"),
    occurrences: [],
  });
  expect(await entity(db, { id: "tomeu-vadell", asOf: "2017-11-21" })).toBeNull();
  expect(await entity(db, { id: "nobody" })).toBeNull();
});

test("a story lays its reports side by side, says how alike they are, and what was reworded", async () => {
  const { db } = ledger.database;
  const story = await storyView(db, { storyId: arrest });
  expect(story?.reports.map(({ relation, nearest }) => [relation, nearest?.score ?? null])).toEqual(
    [
      ["first", null],
      ["independent", 0.5],
      ["copy", 0.5],
    ],
  );
  expect(story?.reports[0]).toMatchObject({ names: ["Tomeu Vadell"], words: expect.any(Number) });
  const [first] = (await timeline(db, { entity: "gustavo-cardenas", occurrence: "release" })).items;
  const edited = await storyView(db, { storyId: first?.storyId ?? "" });
  expect(edited?.edits).toMatchObject([
    {
      titleBefore: "Gustavo Cárdenas is free after four years",
      titleAfter: "Gustavo Cárdenas and another man are free",
    },
  ]);
  expect(await storyView(db, { storyId: "unheard-of" })).toBeNull();
});

test("in a feed a story stays itself: reworded or told further it moves up, a copy moves nothing", async () => {
  const { db } = ledger.database;
  const before = await storyFeed(db, { topic: "citgo-6" });
  expect(before[0]).toMatchObject({ title: "Gustavo Cárdenas and another man are free" });
  await ledger.tell({
    key: "home-copy",
    title: "Arresto domiciliario para los 6",
    joins: "home",
    relation: "copy",
  });
  await ledger.caughtUp();
  const copied = await storyFeed(db, { topic: "citgo-6" });
  expect(copied.map(({ updatedAt }) => updatedAt)).toEqual(
    before.map(({ updatedAt }) => updatedAt),
  );
  await ledger.tell({
    key: "home-own",
    title: "The six are at home, with ankle monitors",
    source: "Third Paper",
    joins: "home",
  });
  await ledger.caughtUp();
  const told = await storyFeed(db, { topic: "citgo-6" });
  expect(told[0]?.storyId).toBe(before.find(({ title }) => title.startsWith("Arresto"))?.storyId);
  expect(told).toHaveLength(before.length);
});
