import type { Occurrence, OccurrenceCode } from "@newsledger/core";
import { expect, test } from "vitest";
import { type Standing, statusChanges } from "./standing.ts";

const told = (code: OccurrenceCode, changes: Partial<Occurrence> = {}): Occurrence => ({
  code,
  actors: [],
  targets: [{ id: "ana", name: "Ana" }],
  sentence: "",
  start: 0,
  end: 10,
  ...changes,
});
const dated = (code: OccurrenceCode, date: string, changes: Partial<Occurrence> = {}) =>
  told(code, { date, ...changes });

const persons = new Map([["ana", { name: "Ana", ids: new Set(["ana", "lima-4"]) }]]);
const held: Standing = { status: "detained", since: "2024-05-03" };
const home: Standing = { status: "house-arrest", since: "2025-02-01" };
const free: Standing = { status: "free", since: "2026-03-02" };

function read(before: Standing | undefined, occurrences: Occurrence[], backfill = false) {
  const at = new Date("2026-03-10T12:00:00Z");
  const { changes, standings } = statusChanges(
    { occurrences, publishedAt: at, foundAt: at, backfill },
    persons,
    () => before,
  );
  const [change] = changes;
  const { status, since } = standings.get("ana") ?? {};
  return {
    news: change ? `${change.from} → ${change.to}` : null,
    stands: status ? `${status} ${since}` : null,
  };
}

test.each<[string, Standing | undefined, Occurrence[], string | null, string | null]>([
  ["a release", held, [told("release")], "detained → free", "free 2026-03-10"],
  [
    "a release on a day",
    held,
    [dated("release", "2026-03-08")],
    "detained → free",
    "free 2026-03-08",
  ],
  ["a release told again", free, [dated("release", "2026-03-02")], null, null],
  [
    "back to prison",
    home,
    [told("reimprison")],
    "house-arrest → imprisoned-again",
    "imprisoned-again 2026-03-10",
  ],
  [
    "back to prison from house arrest, which is recalled",
    home,
    [told("reimprison"), told("house-arrest", { start: 60 })],
    "house-arrest → imprisoned-again",
    "imprisoned-again 2026-03-10",
  ],
  [
    "the state that is known, then how it came to it",
    home,
    [told("house-arrest"), told("reimprison", { start: 60 })],
    null,
    null,
  ],
  ["an arrest of long ago", free, [dated("arrest", "2024-05-03")], null, null],
  ["an arrest without a date, of someone who is held", held, [told("arrest")], null, null],
  ["an arrest without a date, of someone who was freed", free, [told("arrest")], null, null],
  [
    "an arrest on a day, of someone who was freed",
    free,
    [dated("arrest", "2026-03-09")],
    "free → detained",
    "detained 2026-03-09",
  ],
  ["far down in the text without a date", held, [told("release", { start: 2_000 })], null, null],
  ["in a year that is over", held, [dated("release", "2025")], null, null],
  ["in this month", held, [dated("release", "2026-03")], "detained → free", "free 2026-03-10"],
  ["on a day that has not come", held, [dated("release", "2026-06-01")], null, null],
  ["a verdict on someone who is held", held, [told("convict")], null, null],
  ["someone else", held, [told("release", { targets: [{ id: "eva", name: "Eva" }] })], null, null],
  [
    "the group",
    held,
    [told("release", { targets: [{ id: "lima-4", name: "the four" }] })],
    "detained → free",
    "free 2026-03-10",
  ],
  [
    "the first that is ever told",
    undefined,
    [told("arrest")],
    "null → detained",
    "detained 2026-03-10",
  ],
  [
    "the first, of long ago: kept, not told",
    undefined,
    [dated("arrest", "2024-05-03")],
    null,
    "detained 2024-05-03",
  ],
  ["the first, in a year", undefined, [dated("arrest", "2024")], null, "detained 2024-01-01"],
  [
    "a life in one article",
    undefined,
    [dated("release", "2026-03-09"), dated("arrest", "2024-05-03", { start: 50 })],
    "null → free",
    "free 2026-03-09",
  ],
  [
    "taken and freed between two reports",
    free,
    [dated("arrest", "2026-03-05"), dated("release", "2026-03-07")],
    null,
    null,
  ],
  ["what changes no custody", held, [told("statement")], null, null],
])("%s", (_, before, occurrences, news, stands) => {
  expect(read(before, occurrences)).toEqual({ news, stands });
});

test("history that was met with its feed is kept, and not told", () => {
  expect(read(held, [dated("release", "2026-03-08")], true)).toEqual({
    news: null,
    stands: "free 2026-03-08",
  });
});
