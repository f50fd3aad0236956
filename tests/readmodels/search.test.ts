import { search } from "@newsledger/readmodels";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ledger, openLedger, revise, tellTheCase } from "./coverage.ts";

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
  await tellTheCase(ledger);
  await ledger.tell({
    key: "liberaciones",
    title: "Gobierno anuncia liberaciones en Citgo",
    summary: "Hablan de varias liberaciones este mes.",
    language: "es",
    topics: [],
    publishedAt: "2024-01-05T00:00:00Z",
  });
  await ledger.tell({
    key: "sale",
    title: "Court weighs bids for the refiner",
    text: `${"The judge heard lawyers for hours. ".repeat(200)} A bidder for Citgo & <b>partners</b> raised its offer.`,
    topics: ["us-venezuela"],
    publishedAt: "2024-02-05T00:00:00Z",
    names: [{ id: null, name: "Marisol Quintero" }],
  });
  await ledger.caughtUp();
});
afterAll(() => ledger[Symbol.asyncDispose]());

const found = async (q: string, more = {}) =>
  (await search(ledger.database.db, { q, ...more })).items.map(({ title }) => title).sort();
const arresto = "Seis directivos de Citgo fueron detenidos en Caracas";
const anuncio = "Gobierno anuncia liberaciones en Citgo";

test.each([
  ["liberación", [anuncio, arresto]],
  ["liberacion", [anuncio, arresto]],
  ["liberaciones", [anuncio, arresto]],
  ["LIBERACIÓN", [anuncio, arresto]],
  ["detencion", [arresto]],
  ["electronicos", ["Arresto domiciliario para los seis de Citgo"]],
  ["execs OR executive", ["Six Citgo executives held in Caracas after a meeting"]],
  ["cardenas", ["Gustavo Cárdenas is free after four years"]],
  ["envoys visiting", ["Envoy visits the Citgo 6 at El Helicoide"]],
  ['"arresto domiciliario"', ["Arresto domiciliario para los seis de Citgo"]],
  ['"domiciliario arresto"', []],
  ["the envoy of the six", ["Envoy visits the Citgo 6 at El Helicoide"]],
])("%s", async (q, titles) => {
  expect(await found(q)).toEqual(titles);
});

test("minus hides every form of the word, with and without accent, singular and plural", async () => {
  for (const unwanted of ["liberación", "liberacion", "liberaciones"]) {
    const titles = await found(`citgo caracas -${unwanted}`);
    expect(titles).not.toContain(arresto);
    expect(titles).toContain("Six Citgo executives held in Caracas after a meeting");
  }
});

test("minus looks into the article too when only the title matched", async () => {
  expect(await found("refiner -bidder")).toEqual([]);
  expect(await found("refiner -football")).toEqual(["Court weighs bids for the refiner"]);
});

test("the passage shown is the one that matched, as plain text, wherever it stands", async () => {
  const [hit] = (await search(ledger.database.db, { q: "bidder offer" })).items;
  const text = hit?.snippet.map((part) => part.text).join("");
  expect(text).toContain("Citgo & ");
  expect(hit?.snippet.filter((part) => part.hit).map((part) => part.text)).toEqual(
    expect.arrayContaining(["bidder", "offer"]),
  );
});

test("a hit carries its evidence and its story", async () => {
  const [hit] = (await search(ledger.database.db, { q: "exchange" })).items;
  expect(hit).toMatchObject({
    source: "Diario Uno",
    url: "https://uno.example/swap",
    publishedAt: new Date("2022-10-01T20:00:00Z"),
    topics: ["citgo-6", "us-venezuela"],
    storyId: expect.any(String),
    why: "Its words match “exchange”.",
  });
});

test("filters narrow: topic, language, days, as of", async () => {
  expect(await found("citgo", { topic: "us-venezuela" })).toEqual([
    "Court weighs bids for the refiner",
  ]);
  expect(await found("citgo", { language: "es" })).toHaveLength(3);
  expect(await found("citgo", { from: "2024-01-05", to: "2024-01-05" })).toEqual([anuncio]);
  expect(await found("citgo", { asOf: "2017-11-22" })).toHaveLength(2);
});

test("a mistyped name is answered with the name it resembles", async () => {
  const { items, suggestions } = await search(ledger.database.db, { q: "tomeu vadel" });
  expect(items).toEqual([]);
  expect(suggestions).toEqual(["Tomeu Vadell"]);
});

test("pages of a search neither repeat nor skip", async () => {
  const { db } = ledger.database;
  const all = (await search(db, { q: "citgo" })).items.map(({ itemId }) => itemId);
  const walked: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await search(db, { q: "citgo", limit: 2, cursor });
    walked.push(...page.items.map(({ itemId }) => itemId));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(walked).toEqual(all);
});

test("a revised item is found by its new words, and by the old ones as of the day before", async () => {
  const own = await openLedger();
  await using _ = own;
  const told = {
    key: "r",
    title: "Pelicans in Maracaibo",
    topics: [],
    publishedAt: "2021-01-01T00:00:00Z",
  };
  await own.tell(told);
  await revise(own, { ...told, title: "Flamingos in Maracaibo" }, told.title);
  await own.caughtUp();
  const titles = async (q: string, asOf?: string) =>
    (await search(own.database.db, { q, asOf })).items.map(({ title }) => title);
  expect(await titles("flamingo")).toEqual(["Flamingos in Maracaibo"]);
  expect(await titles("pelican")).toEqual([]);
  expect(await titles("pelican", "2021-01-02")).toEqual(["Pelicans in Maracaibo"]);
});

test.each([
  "'; drop table newsledger.words; --",
  "citgo & | ! <-> :*",
  "\\",
  "((((",
  "%",
  "“citgo”",
])("hostile search %j is answered", async (q) => {
  const answer = await search(ledger.database.db, { q }).catch((error: Error) => error.name);
  expect(answer === "BadQuestion" || typeof answer === "object").toBe(true);
  expect((await found("exchange")).length).toBe(1);
});
