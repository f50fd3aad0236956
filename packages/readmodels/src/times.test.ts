import { expect, test } from "vitest";
import { timesOf } from "./times.ts";

const published = "2021-12-10T10:00:00Z";
const found = new Date("2026-01-01T00:00:00Z");
const later = new Date("2026-02-01T00:00:00Z");
const sight = {
  position: 1n,
  itemId: "i1",
  url: "https://a.example/1",
  publishedAt: null,
  foundAt: found,
};
const understood = (position: bigint, data = {}, recordedAt = later) => ({
  position,
  recordedAt,
  data: {
    documentId: "d1",
    itemId: "i1",
    url: "https://a.example/1",
    publishedAt: published as string | null,
    textHash: "aa",
    textFrom: "page" as "page" | "feed",
    ...data,
  },
});
const at = (position: bigint, ...events: ReturnType<typeof understood>[]) =>
  timesOf(events, [], [sight]).get(position);

test("an article is found when its item was first seen, and public when it says so", () => {
  expect(at(5n, understood(5n))).toEqual({
    publishedAt: new Date(published),
    publicAt: new Date(published),
    foundAt: found,
  });
});

test("an article found through another feed keeps the earlier sight", () => {
  expect(at(5n, understood(5n, { itemId: "i2" }))?.foundAt).toEqual(found);
});

test("a date in the future does not make it public later than we had it", () => {
  expect(at(5n, understood(5n, { publishedAt: "2031-01-01T00:00:00Z" }))?.publicAt).toEqual(found);
});

test("reading the same text with a newer extractor does not move it in time", () => {
  expect(at(6n, understood(5n), understood(6n))?.publicAt).toEqual(new Date(published));
});

test("an edited text is public from when we saw the edit", () => {
  expect(at(6n, understood(5n), understood(6n, { textHash: "bb" }))?.publicAt).toEqual(later);
});

test("the page read after the feed's words is the same publication", () => {
  const first = understood(5n, { textFrom: "feed" });
  expect(at(6n, first, understood(6n, { textHash: "bb" }))?.publicAt).toEqual(new Date(published));
});

test("a sight recorded after the article does not count", () => {
  const events = [understood(5n, {}, found)];
  const late = { ...sight, position: 9n, foundAt: new Date("2020-01-01T00:00:00Z") };
  expect(timesOf(events, [], [late]).get(5n)?.foundAt).toEqual(found);
});
