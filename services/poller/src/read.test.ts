import { type FeedOutcome, itemsHash, NotAFeed, type ParsedFeed } from "@newsledger/feeds";
import { expect, test } from "vitest";
import type { Feed } from "./feed.ts";
import { isExempt } from "./host-gate.ts";
import { BadFeedAddress, feedAddress, feedIdOf } from "./manage.ts";
import { moved } from "./moved.ts";
import { readAnswer, readFeed } from "./read.ts";

const feed = {
  feedId: "gazette",
  url: "https://gazette.test/feed",
  hostKey: "gazette.test",
  etag: '"1"',
  lastModified: null,
  bodyHash: "old",
  polls: 3,
  lastSuccessAt: new Date(0),
} as Feed;
const empty = { items: [] } as unknown as ParsedFeed;
const parse = () => empty;
const fetched = (facts: object = {}): FeedOutcome => ({
  outcome: "fetched",
  status: 200,
  bytes: new Uint8Array(),
  headers: {},
  finalUrl: feed.url,
  bodyHash: "new",
  ...facts,
});

test("an answer with the bytes of last time is unchanged, whatever its validators", async () => {
  const reading = await readAnswer(fetched({ bodyHash: "old", etag: '"2"' }), feed, parse);
  expect(reading).toMatchObject({ kind: "unchanged", etag: '"2"' });
});

test("a 304 that repeats no validators keeps those we hold; one with newer ones brings them", async () => {
  const answer: FeedOutcome = { outcome: "not-modified", status: 304, finalUrl: feed.url };
  expect(await readAnswer(answer, feed, parse)).toMatchObject({ kind: "unchanged", etag: '"1"' });
  expect(await readAnswer({ ...answer, etag: '"2"' }, feed, parse)).toMatchObject({ etag: '"2"' });
});

test("what is no feed is hard for one that never was one, soft for one that was", async () => {
  const refuse = () => {
    throw new NotAFeed("html");
  };
  expect(await readAnswer(fetched(), { ...feed, lastSuccessAt: null }, refuse)).toMatchObject({
    kind: "failure",
    code: "not-a-feed",
    severity: "hard",
  });
  expect(await readAnswer(fetched(), feed, refuse)).toMatchObject({ severity: "soft" });
});

test("a parser that breaks costs one poll, and leaves its fault for the programmer", async () => {
  const fault = new TypeError("broken");
  const broken = () => {
    throw fault;
  };
  expect(await readAnswer(fetched(), feed, broken)).toMatchObject({ code: "unreadable", fault });
});

test("every fiftieth poll asks without validators, for servers that answer 304 for ever", async () => {
  const asked: object[] = [];
  const fetcher = {
    feed: async (_: string, options: object = {}) => {
      asked.push(options);
      return fetched();
    },
  } as unknown as Parameters<typeof readFeed>[0]["fetcher"];
  const options = { timeoutMs: 1000, signal: new AbortController().signal };
  for (const polls of [48, 49, 50]) await readFeed({ fetcher, parse }, { ...feed, polls }, options);
  expect(asked.map((headers) => "etag" in headers)).toEqual([true, false, true]);
});

test("a permanent redirect is believed at the third time in a row", () => {
  let place = { url: "https://a.test/feed", redirectTo: null as string | null, redirectCount: 0 };
  const target = "https://b.test/feed";
  place = moved(place, target);
  place = moved(place, target);
  expect(place).toEqual({ url: "https://a.test/feed", redirectTo: target, redirectCount: 2 });
  expect(moved(place, null)).toMatchObject({ url: "https://a.test/feed", redirectCount: 0 });
  expect(moved(place, "https://c.test/")).toMatchObject({
    redirectTo: "https://c.test/",
    redirectCount: 1,
  });
  expect(moved(place, target)).toEqual({ url: target, redirectTo: null, redirectCount: 0 });
});

test.each([
  ["127.0.0.1:8080", ["127.0.0.1:8080"], true],
  ["127.0.0.1:8080", ["127.0.0.1"], true],
  ["127.0.0.1:8081", ["127.0.0.1:8080"], false],
  ["[::1]:8080", ["[::1]"], true],
  ["gazette.test", [], false],
])("host %j with %j opened is exempt from courtesy: %j", (host, allowed, exempt) => {
  expect(isExempt(host, allowed)).toBe(exempt);
});

test.each([
  [" https://Gazette.test/feed#top ", "https://gazette.test/feed"],
  ["feed:https://gazette.test/feed", "https://gazette.test/feed"],
  ["feed://gazette.test/feed", "https://gazette.test/feed"],
])("%j is the feed address %j", (given, address) => {
  expect(feedAddress(given)).toBe(address);
});

test.each([
  "gazette",
  "ftp://gazette.test/",
  "javascript:alert(1)",
  "https://u:p@gazette.test/",
  "file:///etc/passwd",
])("%j is no feed address", (given) => {
  expect(() => feedAddress(given)).toThrow(BadFeedAddress);
});

test("one feed under two spellings of its address is one feed", () => {
  expect(feedIdOf("https://gazette.test/feed?utm_source=x")).toBe(
    feedIdOf("https://gazette.test/feed"),
  );
  expect(feedIdOf("https://gazette.test/feed")).not.toBe(feedIdOf("https://gazette.test/feed2"));
});

test("a document of which only the head was built anew is unchanged, and brings its new validators", async () => {
  const bytes = Buffer.from("<rss><item>a</item></rss>");
  const portrait = { itemsHash: itemsHash(bytes) } as Feed["portrait"];
  const answer = fetched({ bytes: Buffer.from("<rss>new<item>a</item></rss>"), etag: '"2"' });
  const refuse = () => {
    throw new Error("it was read again");
  };
  expect(await readAnswer(answer, { ...feed, portrait }, refuse)).toMatchObject({
    kind: "unchanged",
    etag: '"2"',
  });
  expect(await readAnswer(answer, feed, parse)).toMatchObject({ kind: "items" });
});
