import { expect, test } from "vitest";
import { timesOf } from "./times.ts";

const published = "2021-12-10T10:00:00Z";
const found = new Date("2026-01-01T00:00:00Z");
const later = new Date("2026-02-01T00:00:00Z");
const sight = { publishedAt: null, foundAt: found };
const understood = (data = {}, recordedAt = later) => ({
  recordedAt,
  data: {
    publishedAt: published as string | null,
    textHash: "aa",
    textFrom: "page" as "page" | "feed",
    ...data,
  },
});
const first = (data = {}) => timesOf(understood(data), [], { own: sight });
const again = (data: object, before: object = {}) =>
  timesOf(understood(data), [{ documentId: "d1", ...understood(before).data, ...first(before) }], {
    own: sight,
  });

test("an article is found when its item was first seen, and public when it says so", () => {
  expect(first()).toEqual({
    publishedAt: new Date(published),
    publicAt: new Date(published),
    foundAt: found,
  });
});

test("an article found through another feed keeps the earlier sight", () => {
  const own = { publishedAt: null, foundAt: new Date("2026-01-09T00:00:00Z") };
  expect(timesOf(understood(), [], { own, sameAddress: sight }).foundAt).toEqual(found);
  expect(timesOf(understood(), [], { sameAddress: sight }).foundAt).toEqual(found);
});

test("what no item led to is found when it was read", () => {
  expect(timesOf(understood(), [], {}).foundAt).toEqual(later);
});

test("without a date of its own it has its item's", () => {
  const own = { publishedAt: new Date("2020-01-01T00:00:00Z"), foundAt: found };
  const times = timesOf(understood({ publishedAt: null }), [], { own });
  expect(times).toEqual({ ...own, publicAt: own.publishedAt });
});

test("a date in the future does not make it public later than we had it", () => {
  expect(first({ publishedAt: "2031-01-01T00:00:00Z" }).publicAt).toEqual(found);
});

test("reading the same text with a newer extractor does not move it in time", () => {
  expect(again({}).publicAt).toEqual(new Date(published));
});

test("an edited text is public from when we saw the edit", () => {
  expect(again({ textHash: "bb" }).publicAt).toEqual(later);
});

test("the page read after the feed's words is the same publication", () => {
  const times = again({ textHash: "bb" }, { textFrom: "feed" });
  expect(times.publicAt).toEqual(new Date(published));
});
