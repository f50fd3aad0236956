import {
  articleUnderstood,
  feedAdded,
  feedDegraded,
  itemMatched,
  itemRevised,
  itemSeen,
  storyJoined,
  storyOpened,
} from "@newsledger/core";
import { expect, test } from "vitest";
import { decide } from "./decide.ts";
import { describe as lineOf, type NewsEvent } from "./describe.ts";
import type { Past } from "./past.ts";

const nothing = (): Past => ({
  items: new Map(),
  sights: new Map(),
  articles: new Map(),
  voices: new Map(),
  feeds: new Map(),
  namings: new Map(),
  replaced: new Map(),
});

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const hash = "a".repeat(64);

/** Each event is recorded a day after the one before it. */
const told = (...events: { type: string; data: unknown }[]) =>
  events.map(({ type, data }, nth) => {
    const event = { type, data, position: BigInt(nth + 1), recordedAt: day(nth + 1) } as NewsEvent;
    return { event, line: lineOf(event) };
  });

const common = (key: string) => ({
  title: `Title of ${key}`,
  source: "Diario Uno",
  url: `https://uno.example/${key}` as string | null,
  publishedAt: "2025-12-24T10:00:00Z" as string | null,
  backfill: false,
});
const seenData = (key: string, more: object = {}) => ({
  ...{ ...common(key), itemId: key, feedId: "feed-1", link: null, summary: "", author: null },
  ...{ language: "en", contentHash: hash, textHash: null, ...more },
});
const seen = (key: string, more: object = {}) => itemSeen.create(seenData(key, more));
const revised = (key: string, more: object = {}) =>
  itemRevised.create({ ...seenData(key, more), previousHash: hash, changed: ["title"] });
const understood = (key: string, more: object = {}) =>
  articleUnderstood.create({
    ...{ ...common(key), documentId: `d-${key}`, itemId: key, feedId: "feed-1", byline: null },
    ...{ textFrom: "page", pageProblem: null, textHash: hash, words: 9, topics: [] },
    extractor: { name: "rules", version: "1", knowledgeVersion: "1" },
    understanding: { language: "en", entities: [], dates: [], quotes: [], occurrences: [] },
    ...more,
  });
const member = (key: string, storyId: string, source: string) => ({
  ...{ ...common(key), source, storyId, documentId: `d-${key}`, itemId: key, topics: [] },
});
const opened = (key: string, source: string) => storyOpened.create(member(key, "s", source));
const joined = (key: string, source: string, relation: "copy" | "independent") =>
  storyJoined.create({
    ...{ ...member(key, "s", source), relation },
    nearest: { documentId: "d-x", method: "word pairs", score: 0.5 },
  });

test("an item is public when it says so, never later than we had it; a revision when we saw it", () => {
  const { items } = decide(
    told(seen("a"), seen("b", { publishedAt: "2031-01-01T00:00:00Z" }), revised("a")),
    nothing(),
  );
  expect(items.map(({ public_at, found_at }) => [public_at, found_at])).toEqual([
    [new Date("2025-12-24T10:00:00Z"), day(1)],
    [day(2), day(2)],
    [day(3), day(1)],
  ]);
});

test("an article is found with the first item that had its address, in this batch or before", () => {
  const articles = (past: Past, ...events: Parameters<typeof told>) =>
    decide(told(...events), past).articles.map(({ found_at }) => found_at);
  const other = { url: "https://uno.example/b" };
  expect(articles(nothing(), seen("x", other), seen("b"), understood("b"))).toEqual([day(1)]);
  const past = nothing();
  past.sights.set("https://uno.example/b", { publishedAt: null, foundAt: new Date(0) });
  expect(articles(past, seen("b"), understood("b"))).toEqual([new Date(0)]);
  expect(articles(nothing(), understood("b"), seen("b"))).toEqual([day(1)]);
});

test("an understanding of what was understood before may take its place", () => {
  const again = { textHash: "b".repeat(64) };
  const events = told(understood("a"), understood("b"), understood("a", again), understood("a"));
  const { articles, later_articles } = decide(events, nothing());
  expect(articles.map(({ position }) => position)).toEqual([1n, 2n, 3n, 4n]);
  expect(later_articles).toEqual([
    { position: 3n, document_id: "d-a", public_at: day(3), recorded_at: day(3) },
    { position: 4n, document_id: "d-a", public_at: articles[0]?.public_at, recorded_at: day(4) },
  ]);
});

test("a line says of its item what stood then", () => {
  const reasons = [{ rule: "strong", field: "title" as const, matched: "T", start: 0, end: 1 }];
  const matches = [{ topicId: "t", topicVersion: 1, tier: "alert" as const, reasons }];
  const matched = itemMatched.create({ itemId: "a", contentHash: hash, from: "feed", matches });
  const { events } = decide(
    told(seen("a"), matched, revised("a", { title: "Reworded" }), matched),
    nothing(),
  );
  expect(events.map(({ title }) => title)).toEqual([
    ...["Title of a", "Title of a", "Reworded", "Reworded"],
  ]);
  expect(events.map(({ found_at }) => found_at)).toEqual([day(1), day(1), day(1), day(1)]);
});

test("what has neither name nor address of its own has its feed's, since it was added", () => {
  const added = feedAdded.create({
    ...{ feedId: "feed-1", url: "https://uno.example/rss", title: "Uno", language: null },
  });
  const degraded = feedDegraded.create({
    ...{ feedId: "feed-1", code: "http-500", reason: "It answers 500.", failures: 3 },
  });
  const { events } = decide(told(degraded, added, degraded, seen("a", { url: null })), nothing());
  expect(events.map(({ title, source, url }) => [title, source, url])).toEqual([
    ["feed.degraded", "", null],
    ["Uno", "Uno", "https://uno.example/rss"],
    ["Uno", "Uno", "https://uno.example/rss"],
    ["Title of a", "Diario Uno", "https://uno.example/rss"],
  ]);
});

test("outlets are counted as they tell a story in their own words, each once", () => {
  const { story_articles } = decide(
    told(
      opened("a", "Diario Uno"),
      joined("b", "Mirror", "copy"),
      joined("c", " diario uno", "independent"),
      joined("d", "El Eco", "independent"),
    ),
    nothing(),
  );
  expect(story_articles.map(({ outlets }) => outlets)).toEqual([1, 1, 1, 2]);
});

test("it does not matter where a batch is cut", () => {
  const all = told(
    ...[seen("a"), understood("a"), opened("a", "Diario Uno"), revised("a"), seen("b")],
    ...[understood("b", { textHash: "b".repeat(64) }), joined("b", "El Eco", "independent")],
    ...[understood("a", { textHash: "c".repeat(64) }), joined("a", "El Eco", "copy")],
  );
  const whole = decide(all, nothing());
  const past = nothing();
  const parts = all.map((one) => decide([one], past));
  for (const name of Object.keys(whole) as (keyof typeof whole)[])
    expect(
      parts.flatMap((part) => part[name] as object[]),
      name,
    ).toEqual(whole[name]);
});
