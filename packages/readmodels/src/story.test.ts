import { expect, test } from "vitest";
import { happenedOn, type Member, storyOf, type ToldOccurrence } from "./story.ts";

const member = (documentId: string, published: string, more: Partial<Member> = {}): Member => ({
  documentId,
  itemId: `i-${documentId}`,
  storyId: "s",
  position: 1n,
  title: `Title of ${documentId}`,
  language: "en",
  relation: "independent",
  source: `Outlet ${documentId}`,
  url: null,
  publishedAt: new Date(published),
  publicAt: new Date(published),
  foundAt: new Date("2021-12-11T00:00:00Z"),
  why: "Because.",
  topics: [{ topicId: "t", tier: "digest" }],
  backfill: false,
  ...more,
});
const told = (
  documentId: string,
  code: ToldOccurrence["code"],
  date: string | null,
): ToldOccurrence => ({
  documentId,
  code,
  date,
  actors: [],
  targets: [{ id: "someone", name: "Someone" }],
  place: null,
  sentence: `${code} ${date}`,
});

test("the earliest publication leads the story, even when it was found last and as a copy", () => {
  const entry = storyOf(
    [member("a", "2021-12-10"), member("b", "2021-12-09", { relation: "copy", position: 2n })],
    [],
  );
  expect(entry).toMatchObject({ source: "Outlet b", independent: 1, copies: 1 });
  expect(entry.reports.map(({ source }) => source)).toEqual(["Outlet a", "Outlet b"]);
});

test("one outlet that reports twice is one independent report", () => {
  const twice = { source: "Same " };
  expect(
    storyOf([member("a", "2021-12-10", { source: "same" }), member("b", "2021-12-10", twice)], [])
      .independent,
  ).toBe(1);
});

test("a topic that one article may alert on is an alert topic of the story", () => {
  const alert = member("b", "2021-12-10", { topics: [{ topicId: "t", tier: "alert" }] });
  expect(storyOf([member("a", "2021-12-10"), alert], []).topics).toEqual([
    { topicId: "t", tier: "alert" },
  ]);
});

test("what happened about then comes before what is only background, and dates the story", () => {
  const entry = storyOf(
    [member("a", "2021-12-10")],
    [
      told("a", "arrest", "2017-11"),
      told("a", "statement", "2021-12-09"),
      told("a", "meet", "2021-12-07"),
      told("a", "negotiate", null),
    ],
  );
  expect(entry.occurrences.map(({ code }) => code)).toEqual([
    "meet",
    "statement",
    "negotiate",
    "arrest",
  ]);
  expect(happenedOn(entry)).toBe("2021-12-07");
});

test("background alone does not date a story", () => {
  expect(
    happenedOn(storyOf([member("a", "2020-02-27")], [told("a", "arrest", "2017-11")])),
  ).toBeNull();
});

test("the same deed told twice is told once, by whoever dates it", () => {
  const entry = storyOf(
    [member("a", "2021-12-10"), member("b", "2021-12-11")],
    [told("a", "meet", null), told("b", "meet", "2021-12-07")],
  );
  expect(entry.occurrences).toMatchObject([{ code: "meet", date: "2021-12-07" }]);
});

test("published long before it was found is a late find", () => {
  expect(storyOf([member("a", "2021-12-01")], []).lateFind).toBe(true);
  expect(storyOf([member("a", "2021-12-08")], []).lateFind).toBe(false);
});
