import {
  caseStatus,
  ledgerSummary,
  listEvents,
  timeline,
  timelineInShort,
} from "@newsledger/readmodels";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ledger, openLedger, six, tellTheCase } from "./coverage.ts";

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
  await tellTheCase(ledger);
});
afterAll(() => ledger[Symbol.asyncDispose]());

const today = new Date("2023-10-01T09:00:00Z");
const status = (asOf?: string) => caseStatus(ledger.database.db, { topic: six, asOf, today });

test("today all six are free, each since their own day", async () => {
  const { persons, on, stories } = await status();
  expect(on).toBe("2023-10-01");
  expect(stories).toBe(6);
  expect(persons.map(({ name, status: now, since, days }) => [name, now, since, days])).toEqual([
    ["Tomeu Vadell", "free", "2022-10-01", 365],
    ["José Ángel Pereira", "free", "2022-10-01", 365],
    ["Gustavo Cárdenas", "free", "2022-03-08", 572],
    ["Jorge Toledo", "free", "2022-10-01", 365],
    ["José Luis Zambrano", "free", "2022-10-01", 365],
    ["Alirio José Zambrano", "free", "2022-10-01", 365],
  ]);
});

test("as of New Year's Eve 2021 all six are imprisoned again, at El Helicoide", async () => {
  const { persons } = await status("2021-12-31");
  for (const person of persons) {
    expect(person).toMatchObject({
      status: "imprisoned-again",
      since: "2021-10-16",
      days: 76,
      place: { name: "El Helicoide" },
    });
    expect(person.last?.confirmation).toBe("reported by 1");
    expect(person.lastConfirmed).toMatchObject({ code: "arrest", independent: 2, copies: 1 });
  }
});

test("before anything was published nothing is known", async () => {
  const { persons, stories, newestPublishedAt } = await status("2017-11-20");
  expect(persons.map((person) => person.label)).toEqual(Array(6).fill("No report yet"));
  expect([stories, newestPublishedAt]).toEqual([0, null]);
});

test("every development carries its sources, with both dates and the sentence that says it", async () => {
  const [vadell] = (await status("2018-01-01")).persons;
  expect(vadell?.last?.reports.map(({ source, relation }) => [source, relation])).toEqual([
    ["Diario Uno", "first"],
    ["El Eco", "independent"],
    ["Mirror Daily", "copy"],
  ]);
  expect(vadell?.last?.reports[0]).toMatchObject({
    url: "https://uno.example/arrest",
    publishedAt: new Date("2017-11-22T10:00:00Z"),
    why: "It says: “It is told that arrest happened.”",
  });
  expect(vadell?.last?.reports[0]?.foundAt.getFullYear()).toBeGreaterThan(2024);
});

test("a matched item waits to be read until its article, or the same article by another feed, was read", async () => {
  const own = await openLedger();
  await using _ = own;
  const waiting = async () => (await caseStatus(own.database.db, { topic: six, today })).waiting;
  await own.tell({ key: "read", title: "Read", url: "https://uno.example/same" });
  await own.match({
    key: "again",
    title: "The same by another feed",
    url: "https://uno.example/same",
  });
  await own.caughtUp();
  expect(await waiting()).toBe(0);
  await own.match({ key: "new", title: "Not read yet" });
  await own.caughtUp();
  expect(await waiting()).toBe(1);
  expect(await ledgerSummary(own.database.db)).toMatchObject({ items: 3, stories: 1 });
});

test("the timeline has one entry a story, newest first, copies folded and independent reports counted", async () => {
  const { items, next } = await timeline(ledger.database.db, { topic: "citgo-6" });
  expect(next).toBeNull();
  expect(items.map(({ title }) => title)).toEqual([
    "Venezuela frees seven Americans in an exchange",
    "Gustavo Cárdenas is free after four years",
    "Envoy visits the Citgo 6 at El Helicoide",
    "Citgo 6 taken back to prison",
    "Arresto domiciliario para los seis de Citgo",
    "Six Citgo executives held in Caracas after a meeting",
  ]);
  expect(items.at(-1)).toMatchObject({
    independent: 2,
    copies: 1,
    source: "Diario Uno",
    lateFind: true,
    why: "Matches citgo-6: “Citgo” in the title.",
    occurrences: [{ code: "arrest", date: "2017-11-21" }],
  });
});

test("the timeline of a topic leaves other topics out", async () => {
  const { items } = await timeline(ledger.database.db, { topic: "us-venezuela" });
  expect(items.map(({ title }) => title)).toEqual([
    "Venezuela frees seven Americans in an exchange",
  ]);
});

test("the timeline as of a day ends on that day", async () => {
  const { items } = await timeline(ledger.database.db, { topic: "citgo-6", asOf: "2017-11-22" });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ independent: 2, copies: 0 });
});

test("pages follow each other without gap or overlap, while new stories arrive", async () => {
  const own = await openLedger();
  await using _ = own;
  await tellTheCase(own);
  const all = (await timeline(own.database.db, { topic: "citgo-6" })).items;
  const first = await timeline(own.database.db, { topic: "citgo-6", limit: 2 });
  await own.tell({ key: "newer", title: "A Citgo story of today", publishedAt: null });
  await own.caughtUp();
  const rest = await timeline(own.database.db, {
    topic: "citgo-6",
    limit: 10,
    cursor: first.next ?? "",
  });
  expect([...first.items, ...rest.items].map(({ storyId }) => storyId)).toEqual(
    all.map(({ storyId }) => storyId),
  );
});

test("the ledger lists by topic what the topic's items went through, each line with its reason", async () => {
  const { items } = await listEvents(ledger.database.db, {
    topic: "us-venezuela",
    direction: "forward",
  });
  expect(items.map(({ type }) => type)).toEqual([
    "item.seen",
    "item.matched",
    "article.understood",
    "story.opened",
  ]);
  for (const line of items)
    expect(line).toMatchObject({
      title: "Venezuela frees seven Americans in an exchange",
      source: "Diario Uno",
      url: "https://uno.example/swap",
      publishedAt: new Date("2022-10-01T20:00:00Z"),
      topics: ["citgo-6", "us-venezuela"],
      why: expect.stringMatching(/\.$/),
    });
});

test("the whole ledger can be walked page by page in both directions", async () => {
  const { db } = ledger.database;
  const walk = async (direction: "forward" | "backward") => {
    const positions: bigint[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(db, { limit: 7, cursor, direction });
      positions.push(...page.items.map(({ position }) => BigInt(position)));
      cursor = page.next ?? undefined;
    } while (cursor);
    return positions;
  };
  const forward = await walk("forward");
  expect(forward).toHaveLength(32);
  expect(forward).toEqual(forward.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(await walk("backward")).toEqual(forward.toReversed());
});

test("a cursor of another question, or of nobody's, is refused", async () => {
  const { db } = ledger.database;
  const { next } = await listEvents(db, { limit: 1 });
  await expect(timeline(db, { topic: "citgo-6", cursor: next ?? "" })).rejects.toThrow("cursor");
  await expect(listEvents(db, { cursor: "1); drop table x" })).rejects.toThrow("cursor");
});

test("in short a story has few of its reports and copies, and the same counts, dates and lead", async () => {
  const own = await openLedger();
  await using _ = own;
  const published = (nth: number) => new Date(Date.UTC(2020, 0, 200 - nth)).toISOString();
  await own.tell({ key: "first", title: "First", publishedAt: "2021-01-01T10:00:00Z" });
  // Later found, earlier published; every third a copy, and two outlets in three tell more than once.
  for (let nth = 0; nth < 170; nth++)
    await own.tell({
      ...{ key: `r${nth}`, title: `Report ${nth}`, source: `Outlet ${nth % 40}`, joins: "first" },
      ...{ relation: nth % 3 === 0 ? "copy" : "independent", publishedAt: published(nth) },
    });
  await own.caughtUp();
  const question = { topic: "citgo-6" };
  const [whole] = (await timeline(own.database.db, question)).items;
  const [short] = (await timelineInShort(own.database.db, question)).items;
  if (!whole || !short) throw new Error("there is one story");
  const { topics: _topics, backfill: _backfill, reports, ...rest } = whole;
  const copies = reports.filter(({ relation }) => relation === "copy");
  const told = reports.filter(({ relation }) => relation !== "copy");
  expect(short).toMatchObject({ ...rest, own: 114, copies: 57 });
  expect(short.reports).toEqual([...told.slice(0, 50), ...copies.slice(0, 50)]);
}, 60_000);
