import type { ServerResponse } from "node:http";
import { createFetcher, type Fetcher, openParser } from "@newsledger/feeds";
import {
  addFeed,
  closedRoads,
  feedDetail,
  feedStory,
  feedSummaries,
  listFeeds,
  pollFeed,
} from "@newsledger/poller";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TestProxy } from "../harness/proxy.ts";
import { Newsroom } from "./newsroom.ts";
import type { Story } from "./press.ts";

let newsroom: Newsroom;
beforeEach(async () => {
  newsroom = await Newsroom.open();
});
afterEach(() => newsroom[Symbol.asyncDispose]());

const hour = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * hour).toUTCString();
const story = (guid: string, hours: number, facts: Partial<Story> = {}): Story => ({
  guid,
  title: `Story ${guid}`,
  published: hoursAgo(hours),
  ...facts,
});
/** Newest first, an hour apart: 0 is the oldest. */
const hourly = (from: number, to: number, youngestHours = 1): Story[] =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    story(`n${to - index}`, youngestHours + index),
  );

test("a proxy that is down is told of the feeds it cuts off, harms none, and is forgotten when it is back", async () => {
  await using cut = await Newsroom.open({ NEWSLEDGER_ALLOW_HOSTS: "elsewhere.example" });
  const { db, log } = cut.resources;
  const proxy = await TestProxy.open({ world: {} });
  const { host } = proxy;
  await proxy[Symbol.asyncDispose]();
  await using fetcher = createFetcher({
    userAgent: "Newsledger/test",
    proxy: { url: `http://reader:s3cret@${host}`, names: "proxy" },
  });
  const { feedId } = await addFeed(db, log, { url: "https://gazette.example/feed" });
  const { read: parse } = openParser();
  const pollBy = async (by: Fetcher) => {
    await cut.makeDue();
    // Strangers' hosts get one start every two seconds.
    await sql`update newsledger.feeds set started_at = null`.execute(db);
    const poller = { fetcher: by, parse };
    return pollFeed(cut.resources, poller, feedId, new AbortController().signal);
  };
  for (let polls = 0; polls < 4; polls++)
    expect(await pollBy(fetcher)).toMatchObject({ change: null });
  const reason = `The proxy at ${host} does not accept connections.`;
  expect(await listFeeds(db)).toMatchObject([
    { state: "new", failures: 0, failingSince: null, closedRoad: true, reason },
  ]);
  expect(await closedRoads(db)).toBe(1);
  const { next_poll_at: next } = await cut.feed(feedId);
  expect((next as Date).getTime() - Date.now()).toBeLessThan(11 * 60_000);
  expect((await cut.events("feed.degraded", "feed.dead")).length).toBe(0);
  cut.press.publish("/feed", hourly(1, 3));
  await using direct = createFetcher({
    allowHosts: [cut.press.host],
    userAgent: "Newsledger/test",
  });
  const open = { ...direct, feed: () => direct.feed(cut.press.url("/feed")) };
  await pollBy(open);
  expect(await listFeeds(db)).toMatchObject([{ state: "ok", closedRoad: false, reason: null }]);
});

describe("a feed that answers, and brings no news, says so", () => {
  const told = async () =>
    (await newsroom.events("feed.stale", "feed.silent")).map(({ data }) => data.reason);
  const shown = async () => {
    const [feed] = await listFeeds(newsroom.resources.db);
    const [summary] = await feedSummaries(newsroom.resources.db);
    return { concern: feed?.concern, reason: feed?.reason, state: summary?.state };
  };

  test("a valid feed of the wrong thing: an office's programmes where its actions were expected", async () => {
    const programmes = ["Arms", "Banks", "Cyber", "Drugs", "Elections", "Ports", "Ships"];
    const days = [3_000, 40, 2_100, 400, 4_000, 10, 1_200];
    newsroom.press.publish(
      "/office.xml",
      programmes.map((name, index) =>
        story(name, (days[index] ?? 0) * 24, { title: `${name} restrictions programme` }),
      ),
      "Office of Restrictions",
    );
    await newsroom.poll(await newsroom.follow("/office.xml", { title: "Recent actions" }));
    expect(await shown()).toMatchObject({ concern: "a-list", state: "stale" });
    expect(await told()).toEqual([
      "Its 7 items span 11 years in no order of time: a list of things rather than news.",
    ]);
  });

  test("one whose newest item is years old", async () => {
    newsroom.press.publish("/frozen", hourly(1, 10, 3 * 365 * 24));
    await newsroom.poll(await newsroom.follow("/frozen"));
    expect(await shown()).toMatchObject({ concern: "old", state: "stale" });
    expect((await told())[0]).toMatch(
      /^It answers, but its newest item is of \d{4}-.*, 3 years ago\.$/,
    );
  });

  test("one without dates, which is followed all the same", async () => {
    const undated = { published: "" };
    newsroom.press.publish("/bare", [
      story("a", 0, undated),
      story("b", 0, undated),
      story("c", 0, undated),
    ]);
    const feedId = await newsroom.follow("/bare");
    await newsroom.poll(feedId);
    expect(await shown()).toMatchObject({ concern: "undated", state: "healthy" });
    newsroom.press.publish("/bare", hourly(1, 6));
    await newsroom.poll(feedId);
    expect(await shown()).toMatchObject({ concern: null, state: "healthy" });
  });

  test("one that was another yesterday", async () => {
    const { press } = newsroom;
    press.publish("/feed", hourly(1, 5));
    const feedId = await newsroom.follow("/feed");
    await newsroom.poll(feedId);
    press.answer("/feed", (_, response) =>
      response.end(
        `<rss><channel><title>Lucky Casino</title>${["x", "y", "z"]
          .map(
            (name) =>
              `<item><title>Win ${name}</title><link>https://casino.example/${name}</link><pubDate>${hoursAgo(1)}</pubDate></item>`,
          )
          .join("")}</channel></rss>`,
      ),
    );
    await newsroom.poll(feedId);
    expect(await shown()).toMatchObject({ concern: "other-content", state: "stale" });
    expect((await told())[0]).toMatch(
      /used to be “The Gazette”.*now it calls itself “Lucky Casino”/,
    );
  });

  test("one that falls silent while it answers 304, and speaks again", async () => {
    const { press, resources } = newsroom;
    press.publish("/feed", hourly(1, 8));
    const feedId = await newsroom.follow("/feed");
    await newsroom.poll(feedId);
    expect(await shown()).toMatchObject({ concern: null, state: "healthy" });
    // Three days later.
    await sql`
      update newsledger.feeds set portrait = jsonb_set(portrait, '{newestAt}',
        to_jsonb(now() - interval '3 days'))`.execute(resources.db);
    await newsroom.poll(feedId);
    await newsroom.poll(feedId);
    expect(await shown()).toMatchObject({ concern: "silent", state: "silent" });
    expect(await told()).toHaveLength(1);
    press.publish("/feed", hourly(2, 9));
    await newsroom.poll(feedId);
    expect(await shown()).toMatchObject({ concern: null, reason: null, state: "healthy" });
    const [recovered] = await newsroom.events("feed.recovered");
    expect(recovered?.data.reason).toBe("The feed brings news again.");
  });

  test("one that forwards in circles", async () => {
    const { press, resources } = newsroom;
    const forward = (to: string) => (_: unknown, response: ServerResponse) => {
      response.writeHead(301, { location: to }).end();
    };
    press.answer("/here", forward("/there"));
    press.answer("/there", forward("/here"));
    await newsroom.poll(await newsroom.follow("/here"));
    const [feed] = await listFeeds(resources.db);
    expect(feed?.state).toBe("degraded");
    expect(feed?.reason).toMatch(/forwards again and again/);
    expect(await newsroom.events("feed.degraded")).toHaveLength(1);
  });
});

test("a feed that was away while its window slid leaves a history of exactly that", async () => {
  const { press, resources } = newsroom;
  press.publish("/feed", hourly(1, 10, 30));
  const feedId = await newsroom.follow("/feed");
  await newsroom.poll(feedId);
  press.answer("/feed", (_, response) => response.writeHead(503).end());
  for (let failures = 0; failures < 4; failures++) await newsroom.poll(feedId);
  await sql`
    update newsledger.feeds set first_failure_at = now() - interval '1 day',
      last_success_at = now() - interval '1 day'`.execute(resources.db);
  press.publish("/feed", hourly(25, 34));
  await newsroom.poll(feedId);
  press.publish("/feed", hourly(26, 35));
  await newsroom.poll(feedId);
  const history = await newsroom.events("feed.degraded", "feed.recovered", "feed.gap_suspected");
  expect(history.map(({ type }) => type)).toEqual([
    "feed.degraded",
    "feed.recovered",
    "feed.gap_suspected",
  ]);
  const reason =
    "All 10 items were new, 24 hours after the last good answer: older ones may have come and gone unseen.";
  expect(history[2]?.data).toMatchObject({ feedId, items: 10, reason });
  expect((await listFeeds(resources.db))[0]).toMatchObject({ state: "ok", concern: null, reason });
  const story = await feedStory(resources, press.url("/feed"));
  expect(story).toMatchObject({ feedId, polls: 7, items: 21, validators: true, redirect: null });
  expect(story?.days).toHaveLength(30);
  expect(story?.days.at(-1)).toEqual({ day: new Date().toISOString().slice(0, 10), items: 21 });
  expect(story?.newest).toHaveLength(20);
  const detail = await feedDetail(resources, feedId);
  expect(detail).toMatchObject({ feedId, state: "healthy", pace: story?.pace });
  expect(await feedDetail(resources, press.url("/feed"))).toBeNull();
  expect(story?.history.map(({ told }) => told)).toEqual([
    "Followed from now on.",
    "In trouble, after 3 tries: 127.0.0.1 is out of service for the moment (503).",
    expect.stringMatching(
      /^The feed answers again\. It was in trouble for 24 hours, since \d{4}-\d\d-\d\d \d\d:\d\d UTC; 4 polls failed\.$/,
    ),
    `Items may have been missed. ${reason}`,
  ]);
  expect(await feedStory(resources, "nobody")).toBeNull();
});

test("a feed that forwards for good is asked at the new address after the third time, and its history says so", async () => {
  const { press, resources } = newsroom;
  press.publish("/new", hourly(1, 5));
  const [from, to] = [press.url("/old"), press.url("/new")];
  press.answer("/old", (_, response) => response.writeHead(301, { location: to }).end());
  const feedId = await newsroom.follow("/old");
  await newsroom.poll(feedId);
  await newsroom.poll(feedId);
  expect(await feedStory(resources, from)).toMatchObject({ redirect: { to, times: 2 } });
  expect(await newsroom.events("feed.moved")).toEqual([]);
  await newsroom.poll(feedId);
  await newsroom.poll(feedId);
  const told = await newsroom.events("feed.moved");
  expect(told.map(({ data }) => data)).toEqual([{ feedId, from, to }]);
  const story = await feedStory(resources, to);
  expect(story).toMatchObject({ feedId, redirect: null });
  expect(story?.history.at(-1)?.told).toBe(
    `It moved for good, and is asked at ${to} now; before, at ${from}.`,
  );
});

test("a feed that moves to where another is followed already is followed no more, and says why", async () => {
  const { press, resources } = newsroom;
  press.publish("/new", hourly(1, 5));
  const to = press.url("/new");
  press.answer("/old", (_, response) => response.writeHead(301, { location: to }).end());
  const kept = await newsroom.follow("/new", { title: "Gazette" });
  const feedId = await newsroom.follow("/old");
  for (let polls = 0; polls < 4; polls++) await newsroom.poll(feedId);
  expect((await listFeeds(resources.db)).map((feed) => feed.feedId)).toEqual([kept]);
  const told = await newsroom.events("feed.moved", "feed.removed");
  expect(told.map(({ type }) => type)).toEqual(["feed.moved", "feed.removed"]);
  expect(told[1]?.data).toEqual({
    feedId,
    reason: `it moved to ${to}, which is followed already as “Gazette”`,
  });
});

describe("an item that a feed takes back", () => {
  const without = (stories: readonly Story[], ...guids: string[]) =>
    stories.filter(({ guid }) => !guids.includes(guid));

  test("is told when it is missing twice, with its title; the second time may be a 304", async () => {
    const { press } = newsroom;
    const all = hourly(1, 8);
    press.publish("/feed", all);
    const feedId = await newsroom.follow("/feed");
    await newsroom.poll(feedId);
    press.publish("/feed", without(all, "n5"));
    expect(await newsroom.poll(feedId)).toMatchObject({ withdrawn: 0 });
    expect(await newsroom.events("item.withdrawn")).toEqual([]);
    expect(await newsroom.poll(feedId)).toMatchObject({ withdrawn: 1 });
    await newsroom.poll(feedId);
    const withdrawn = await newsroom.events("item.withdrawn");
    expect(withdrawn).toHaveLength(1);
    const seen = await newsroom.events("item.seen");
    const item = seen.find(({ data }) => data.title === "Story n5");
    expect(withdrawn[0]).toMatchObject({
      correlationId: item?.correlationId,
      data: { itemId: item?.data.itemId, feedId, title: "Story n5" },
    });
    expect(withdrawn[0]?.data.reason).toMatch(
      /no longer carries it since .*older items are still there/,
    );
  });

  test("is not told when another cache brings it back, when it scrolled out, or when it came back renamed", async () => {
    const { press } = newsroom;
    const all = hourly(1, 8);
    press.publish("/feed", all);
    const feedId = await newsroom.follow("/feed");
    await newsroom.poll(feedId);
    press.publish("/feed", without(all, "n5"));
    await newsroom.poll(feedId);
    press.publish("/feed", all);
    await newsroom.poll(feedId);
    press.publish("/feed", hourly(4, 11));
    await newsroom.poll(feedId);
    const renamed = hourly(4, 11).map((one) => (one.guid === "n8" ? { ...one, guid: "m8" } : one));
    press.publish("/feed", renamed);
    await newsroom.poll(feedId);
    await newsroom.poll(feedId);
    expect(await newsroom.events("item.withdrawn")).toEqual([]);
  });
});

test("a revised item says word by word what became of its title and summary", async () => {
  const { press } = newsroom;
  const before = { title: "Court frees five", summary: "They left at dawn." };
  press.publish("/feed", [story("a", 1, before)]);
  const feedId = await newsroom.follow("/feed");
  await newsroom.poll(feedId);
  press.publish("/feed", [story("a", 1, { ...before, title: "Court frees six" })]);
  await newsroom.poll(feedId);
  const [revised] = await newsroom.events("item.revised");
  expect(revised?.data.diff).toEqual({
    title: [
      { kind: "same", text: "Court frees" },
      { kind: "removed", text: " five" },
      { kind: "added", text: " six" },
    ],
  });
});
