import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { textHash } from "@newsledger/core";
import { loadTopics } from "@newsledger/extraction";
import { createFetcher, parseFeed } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import {
  addFeed,
  createService,
  dueFeeds,
  exportOpml,
  feedHealth,
  feedSummaries,
  importOpml,
  listFeeds,
  pauseFeed,
  pollFeed,
  removeFeed,
  requestPoll,
  resumeFeed,
  seedCatalogue,
  startMatcher,
  startPolling,
} from "@newsledger/poller";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Newsroom } from "./newsroom.ts";

let newsroom: Newsroom;
let resources: Resources;
beforeEach(async () => {
  newsroom = await Newsroom.open({
    NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "1",
    NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: "1",
    NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: "2",
  });
  resources = newsroom.resources;
});
afterEach(() => newsroom[Symbol.asyncDispose]());

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("it never came to hold");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const story = (guid: string, summary = "") => ({ guid, title: `Story ${guid}`, summary });

test("a running poller picks up new feeds and new items, though the queue is emptied meanwhile", async () => {
  const { press } = newsroom;
  press.publish("/one", [story("a")]);
  press.publish("/two", [story("b")]);
  await using _polling = startPolling(resources, { fetcher: newsroom.fetcher });
  await newsroom.follow("/one");
  await newsroom.follow("/two");
  await until(async () => (await newsroom.titles()).length === 2);
  await resources.queue.wipe();
  press.publish("/one", [story("c"), story("a")]);
  await until(async () => (await newsroom.titles()).length === 3);
  expect((await newsroom.titles()).toSorted()).toEqual(["Story a", "Story b", "Story c"]);
});

describe("strangers' servers are spared", () => {
  const publicHosts = Array.from({ length: 6 }, (_, n) => `https://press.example/feed-${n}`);

  test("one poll at a time is handed out per host, however many of its feeds are due", async () => {
    const { db, log } = resources;
    for (const url of publicHosts) await addFeed(db, log, { url });
    await addFeed(db, log, { url: "https://other.example/feed" });
    const due = await dueFeeds(db, []).due(100);
    expect(due).toHaveLength(2);
    const opened = await dueFeeds(db, ["press.example"]).due(100);
    expect(opened).toHaveLength(7);
  });

  test("a host gets no new poll while two are in flight, or two seconds after the last start", async () => {
    const { db, log } = resources;
    for (const url of publicHosts) await addFeed(db, log, { url });
    const due = async () => (await dueFeeds(db, []).due(100)).length;
    const inFlight = (count: number, startedSecondsAgo: number) =>
      sql`
      update newsledger.feeds set
        lease_until = case when place <= ${count} then now() + interval '1 minute' end,
        started_at = case when place <= ${count} then now() - make_interval(secs => ${startedSecondsAgo}) end
      from (select feed_id, row_number() over (order by feed_id) as place from newsledger.feeds) as p
      where p.feed_id = feeds.feed_id`.execute(db);
    await inFlight(1, 10);
    expect(await due()).toBe(1);
    await inFlight(2, 10);
    expect(await due()).toBe(0);
    await inFlight(1, 1);
    expect(await due()).toBe(0);
  });
});

test("of many workers that ask for feeds of one public host at once, one gets one", async () => {
  await using strict = await Newsroom.open({ NEWSLEDGER_ALLOW_HOSTS: "elsewhere.example" });
  const paths = ["/a", "/b", "/c", "/d", "/e", "/f"];
  const ids: string[] = [];
  for (const path of paths) ids.push(await strict.follow(path));
  const poller = { fetcher: strict.fetcher, parse: parseFeed };
  const polls = await Promise.all(
    ids.map((id) => pollFeed(strict.resources, poller, id, new AbortController().signal)),
  );
  expect(polls.filter((outcome) => outcome !== "not-due")).toHaveLength(1);
  const [told] = await strict.events("feed.degraded");
  expect(told?.data.code).toBe("blocked-address");
  expect(strict.press.requests).toEqual([]);
});

test("a server that wants fewer requests is spared by all feeds of its domain, one after the other", async () => {
  const { db, log } = resources;
  const press = await serving429();
  const fetcher = createFetcher({
    allowHosts: [press.host],
    userAgent: "Newsledger/test",
    resolve: (_, __, done) => done(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  const add = async (host: string) =>
    (await addFeed(db, log, { url: `http://${host}/feed` })).feedId;
  const asked = await add(press.host);
  const neighbours = [await add("a.press.example"), await add("press.example")];
  const stranger = await add("other.example");
  const poller = { fetcher, parse: parseFeed };
  const strict = { ...resources, config: { ...resources.config, allowHosts: [] } };
  expect(await pollFeed(strict, poller, asked, new AbortController().signal)).not.toBe("not-due");
  const { rows } = await sql<{ feed_id: string; seconds: number }>`
    select feed_id, extract(epoch from next_poll_at - now())::float8 as seconds
    from newsledger.feeds`.execute(db);
  const wait = new Map(rows.map(({ feed_id, seconds }) => [feed_id, seconds]));
  const waits = neighbours.map((feedId) => wait.get(feedId) ?? 0).toSorted((a, b) => a - b);
  expect(waits[0]).toBeGreaterThan(3_595);
  expect((waits[1] ?? 0) - (waits[0] ?? 0)).toBeCloseTo(2, 1);
  expect(wait.get(stranger)).toBeLessThanOrEqual(0);
  expect(wait.get(asked)).toBeGreaterThan(3_595);
  await fetcher[Symbol.asyncDispose]();
  press.close();
});

async function serving429() {
  const server = createServer((_, response) =>
    response.writeHead(429, { "retry-after": "3600" }).end(),
  );
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return { host: `feeds.press.example:${port}`, close: () => server.close() };
}

describe("the list of feeds", () => {
  test("a paused feed stays in the list, is not polled, and goes on where it was", async () => {
    const { db, log } = resources;
    const feedId = await newsroom.follow("/feed", { reader: "rss-parser" });
    expect(await pauseFeed({ db, log }, feedId)).toBe(true);
    expect(await pauseFeed({ db, log }, feedId)).toBe(false);
    expect(await newsroom.poll(feedId)).toBe("not-due");
    expect(await listFeeds(db)).toMatchObject([{ feedId, state: "off", nextPollAt: null }]);
    expect(await resumeFeed({ db, log }, newsroom.press.url("/feed"))).toEqual({ resumed: true });
    expect(await resumeFeed({ db, log }, feedId)).toEqual({ resumed: false });
    expect(await resumeFeed({ db, log }, "nobody")).toBeNull();
    expect(await newsroom.poll(feedId)).not.toBe("not-due");
    expect(await newsroom.feed(feedId)).toMatchObject({ reader: "rss-parser" });
    const told = await newsroom.events("feed.added", "feed.removed");
    expect(told.map(({ type }) => type)).toEqual(["feed.added", "feed.removed", "feed.added"]);
    expect(told[1]?.data).toMatchObject({ reason: "paused by a person" });
  });

  test("adding tells once; removing stops the polls and tells; adding again brings it back", async () => {
    const { db, log } = resources;
    const feedId = await newsroom.follow("/feed");
    expect(await addFeed(db, log, { url: newsroom.press.url("/feed") })).toEqual({
      feedId,
      added: false,
    });
    expect(await removeFeed(db, log, newsroom.press.url("/feed"), "not needed")).toBe(true);
    expect(await removeFeed(db, log, feedId)).toBe(false);
    expect(await newsroom.poll(feedId)).toBe("not-due");
    expect(await listFeeds(db)).toEqual([]);
    expect(await addFeed(db, log, { url: newsroom.press.url("/feed") })).toEqual({
      feedId,
      added: true,
    });
    const told = await newsroom.events("feed.added", "feed.removed");
    expect(told.map(({ type }) => type)).toEqual(["feed.added", "feed.removed", "feed.added"]);
    expect(await listFeeds(db)).toHaveLength(1);
  });

  test("a shipped feed that was removed does not come back with the next start", async () => {
    const { db, log } = resources;
    const shipped = (id: string, enabled = true) => ({
      id,
      url: `https://${id}.example/feed`,
      title: id,
      source: id,
      language: "es" as const,
      country: "VE",
      kind: "news-general" as const,
      weight: 1,
      topics: [],
      mirrors: [],
      enabled,
      evidence: { strength: "listed" as const, facts: [] },
    });
    const catalogue = { feeds: [shipped("one"), shipped("two"), shipped("three", false)] };
    expect(await seedCatalogue(db, log, catalogue)).toBe(3);
    await removeFeed(db, log, "one");
    expect(await seedCatalogue(db, log, { feeds: [...catalogue.feeds, shipped("four")] })).toBe(1);
    expect((await listFeeds(db)).map(({ feedId, state }) => [feedId, state])).toEqual([
      ["four", "new"],
      ["two", "new"],
      ["three", "off"],
    ]);
    expect(await feedHealth(db)).toMatchObject({ new: 2, off: 1, ok: 0 });
    expect((await feedSummaries(db)).map(({ feedId }) => feedId)).toEqual(["four", "two"]);
    expect((await newsroom.events("feed.added")).map(({ data }) => data.feedId)).toEqual([
      "one",
      "two",
      "four",
    ]);
  });

  test("a feed can be asked for at once, alone or with all others", async () => {
    const { db } = resources;
    newsroom.press.publish("/feed", [story("a")]);
    const feedId = await newsroom.follow("/feed");
    await newsroom.follow("/other");
    await newsroom.poll(feedId);
    expect((await dueFeeds(db, [newsroom.press.host]).due(10)).map(({ key }) => key)).not.toContain(
      feedId,
    );
    expect(await requestPoll(db, feedId)).toBe(1);
    expect((await dueFeeds(db, [newsroom.press.host]).due(10)).map(({ key }) => key)).toContain(
      feedId,
    );
    expect(await requestPoll(db)).toBe(2);
    expect(await requestPoll(db, "nobody")).toBe(0);
  });

  test("goes out as OPML and comes back the same", async () => {
    const { db, log } = resources;
    await addFeed(db, log, {
      url: "https://a.example/feed?x=1&y=2",
      title: 'A "quoted" & more',
      language: "es",
    });
    await addFeed(db, log, { url: "https://b.example/feed", title: "B" });
    const opml = await exportOpml(db, new Date(0));
    await using other = await Newsroom.open();
    const { db: otherDb, log: otherLog } = other.resources;
    expect(await importOpml(otherDb, otherLog, opml)).toEqual({ added: 2, known: 0, problems: [] });
    expect(await importOpml(otherDb, otherLog, opml)).toEqual({ added: 0, known: 2, problems: [] });
    const shown = (feeds: Awaited<ReturnType<typeof listFeeds>>) =>
      feeds.map(({ feedId, url, title, language }) => ({ feedId, url, title, language }));
    expect(shown(await listFeeds(otherDb))).toEqual(shown(await listFeeds(db)));
  });
});

test("items are matched in order, each once, with the event that led to it; short ones are put on the short list", async () => {
  const { press } = newsroom;
  press.publish("/feed", [story("c", "nothing"), story("b", "perhaps"), story("a", "the harbour")]);
  const feedId = await newsroom.follow("/feed");
  await newsroom.poll(feedId);
  const reason = {
    rule: "harbour",
    field: "summary" as const,
    matched: "harbour",
    start: 4,
    end: 11,
  };
  const match = ({ summary }: { summary: string }) => ({
    matches: summary.includes("harbour")
      ? [{ topicId: "ports", topicVersion: 2, tier: "alert" as const, reasons: [reason] }]
      : [],
    shortlist: summary.includes("perhaps") ? "a headline that could mean the port" : null,
  });
  for (let restarts = 0; restarts < 2; restarts++) {
    await using matcher = startMatcher(resources, match);
    await matcher.caughtUp(undefined, { timeoutMs: 10_000 });
    press.publish("/feed", [story("b", "perhaps"), story("a", "the harbour opens")]);
    await newsroom.poll(feedId);
    await matcher.caughtUp(undefined, { timeoutMs: 10_000 });
  }
  const matched = await newsroom.events("item.matched");
  const [seen] = await newsroom.events("item.seen");
  expect(matched).toHaveLength(2); // the item, and its revision
  expect(matched[0]).toMatchObject({
    causationId: seen?.id,
    correlationId: seen?.correlationId,
    data: { itemId: seen?.data.itemId, contentHash: seen?.data.contentHash, from: "feed" },
  });
  expect(matched[0]?.data.matches[0]?.reasons).toEqual([reason]);
  const listed = await newsroom.events("item.shortlisted");
  expect(listed.map(({ data }) => data.reason)).toEqual(["a headline that could mean the port"]);
});

test("the whole service finds, in what a feed brings, what concerns the shipped topics", async () => {
  const { press } = newsroom;
  press.publish("/feed", [
    { guid: "b", title: "Bakery wins prize for its bread", summary: "The loaf was praised." },
    {
      guid: "a",
      title: "Two of the Citgo 6 moved back to prison",
      summary: "Relatives were not told.",
    },
  ]);
  await newsroom.follow("/feed", { language: "en" });
  const service = createService({ fetcher: newsroom.fetcher, topics: loadTopics() });
  await using _running = await service.start(resources);
  await until(async () => (await newsroom.events("item.matched")).length > 0);
  const [matched] = await newsroom.events("item.matched");
  const seen = await newsroom.events("item.seen");
  expect(seen).toHaveLength(2);
  expect(matched?.data.itemId).toBe(seen[0]?.data.itemId);
  expect(matched?.data.matches.map(({ topicId }) => topicId)).toContain("citgo-6");
});

test("full text that a feed carries is kept under its hash, and read by the matcher", async () => {
  const { press } = newsroom;
  const body = "The committee met for nine hours. ".repeat(10);
  press.answer("/feed", (_, response) =>
    response.end(
      `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>G</title><item><guid>a</guid><title>T</title><description>Short.</description><content:encoded><![CDATA[<p>${body}</p>]]></content:encoded></item></channel></rss>`,
    ),
  );
  await newsroom.poll(await newsroom.follow("/feed"));
  const [seen] = await newsroom.events("item.seen");
  expect(seen?.data.textHash).toBe(textHash(body.trim()));
  const read: (string | undefined)[] = [];
  await using matcher = startMatcher(resources, ({ text }) => {
    read.push(text);
    return { matches: [], shortlist: null };
  });
  await matcher.caughtUp(undefined, { timeoutMs: 10_000 });
  expect(read).toEqual([body.trim()]);
});

test("a feed may be read by rss-parser instead, from the start or later on", async () => {
  const { press } = newsroom;
  press.publish("/feed", [story("a")]);
  const feedId = await newsroom.follow("/feed", { reader: "rss-parser" });
  expect(await newsroom.poll(feedId)).toMatchObject({ seen: 1 });
  press.answer("/feed", (_, response) =>
    response.end("<rss><channel><title>G</title><item><guid>b</guid>"),
  );
  expect(await newsroom.poll(feedId)).toMatchObject({ seen: 0 });
  expect((await newsroom.feed(feedId)).state_reason).toMatch(
    /rss-parser cannot read this document/,
  );
  expect(await newsroom.follow("/feed", { reader: "own" })).toBe(feedId);
  press.publish("/feed", [story("b"), story("a")]);
  expect(await newsroom.poll(feedId)).toMatchObject({ seen: 1, known: 1 });
});
