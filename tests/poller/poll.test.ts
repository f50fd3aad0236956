import { textHash } from "@newsledger/core";
import { createFetcher, parseFeed } from "@newsledger/feeds";
import { pollFeed } from "@newsledger/poller";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Newsroom } from "./newsroom.ts";

let newsroom: Newsroom;
beforeEach(async () => {
  newsroom = await Newsroom.open();
});
afterEach(() => newsroom[Symbol.asyncDispose]());

const a = { guid: "a", title: "First" };
const b = { guid: "b", title: "Second" };
const c = { guid: "c", title: "Third" };

test("a poll keeps every item once, oldest first, with its source and dates", async () => {
  const { press } = newsroom;
  press.publish("/feed", [b, a]);
  const feedId = await newsroom.follow("/feed");
  expect(await newsroom.poll(feedId)).toMatchObject({ seen: 2, known: 0 });
  press.publish("/feed", [c, b, a]);
  expect(await newsroom.poll(feedId)).toMatchObject({ seen: 1, known: 2 });
  const events = await newsroom.events("item.seen");
  expect(events.map(({ data }) => data.title)).toEqual(["First", "Second", "Third"]);
  expect(events[0]?.data).toMatchObject({
    feedId,
    source: "The Gazette",
    link: press.url("/a"),
    publishedAt: "2026-03-02T10:00:00.000Z",
    backfill: false,
  });
  expect(events[0]?.correlationId).not.toBeNull();
});

test("a feed that answers 304 costs one request and changes nothing", async () => {
  const { press } = newsroom;
  press.publish("/feed", [a]);
  const feedId = await newsroom.follow("/feed");
  await newsroom.poll(feedId);
  expect(await newsroom.poll(feedId)).toMatchObject({ seen: 0, revised: 0, known: 0 });
  expect(press.count("/feed")).toBe(2);
  expect(press.requests[1]?.headers["if-none-match"]).toBeTruthy();
  expect(await newsroom.titles()).toEqual(["First"]);
  expect(await newsroom.feed(feedId)).toMatchObject({ state: "ok", polls: "2", failure_count: 0 });
});

test("an item whose words change is revised, says in what, and is not seen again", async () => {
  const { press } = newsroom;
  press.publish("/feed", [a]);
  const feedId = await newsroom.follow("/feed");
  await newsroom.poll(feedId);
  press.publish("/feed", [{ ...a, title: "First, corrected" }]);
  expect(await newsroom.poll(feedId)).toMatchObject({ seen: 0, revised: 1 });
  const [seen] = await newsroom.events("item.seen");
  const [revised] = await newsroom.events("item.revised");
  expect(revised?.data).toMatchObject({
    title: "First, corrected",
    changed: ["title"],
    previousHash: seen?.data.contentHash,
    itemId: seen?.data.itemId,
  });
});

test("the first answer of a feed added with its history is backfill, the later ones are news", async () => {
  const { press } = newsroom;
  press.publish("/feed", [a]);
  const feedId = await newsroom.follow("/feed", { history: true });
  await newsroom.poll(feedId);
  press.publish("/feed", [b, a]);
  await newsroom.poll(feedId);
  const events = await newsroom.events("item.seen");
  expect(events.map(({ data }) => [data.title, data.backfill])).toEqual([
    ["First", true],
    ["Second", false],
  ]);
});

test("a title given by a person stays; without one the feed's own is taken", async () => {
  const { press } = newsroom;
  press.publish("/mine", [a]);
  press.publish("/theirs", [a]);
  const mine = await newsroom.follow("/mine", { title: "My gazette" });
  const theirs = await newsroom.follow("/theirs");
  await newsroom.poll(mine);
  await newsroom.poll(theirs);
  expect((await newsroom.feed(mine)).title).toBe("My gazette");
  expect((await newsroom.feed(theirs)).title).toBe("The Gazette");
});

describe("nothing is lost", () => {
  test("when the transaction fails, neither items nor validators are kept, and the next poll brings them", async () => {
    const { press, resources } = newsroom;
    press.publish("/feed", [a]);
    const feedId = await newsroom.follow("/feed");
    const broken = {
      ...resources,
      log: {
        ...resources.log,
        within: () => {
          throw Object.assign(new Error("the server is going down"), { code: "57P01" });
        },
      } as unknown as typeof resources.log,
    };
    const poller = { fetcher: newsroom.fetcher, parse: parseFeed };
    const signal = new AbortController().signal;
    expect(await pollFeed(broken, poller, feedId, signal)).toBe("given-back");
    expect(await newsroom.feed(feedId)).toMatchObject({
      etag: null,
      body_hash: null,
      polls: "0",
      lease_until: null,
    });
    expect(await newsroom.titles()).toEqual([]);
    expect(await newsroom.poll(feedId)).toMatchObject({ seen: 1 });
    expect(press.requests[1]?.headers["if-none-match"]).toBeUndefined();
  });

  test("a worker that was overtaken during its fetch writes nothing", async () => {
    const { press, resources } = newsroom;
    press.publish("/feed", [a]);
    press.before("/feed", () =>
      sql`update newsledger.feeds set fence = fence + 1`.execute(resources.db),
    );
    const feedId = await newsroom.follow("/feed");
    expect(await pollOnce(feedId)).toBe("given-back");
    expect(press.count("/feed")).toBe(1);
    expect(await newsroom.titles()).toEqual([]);
    expect(await newsroom.feed(feedId)).toMatchObject({ polls: "0", etag: null, fence: "2" });
  });

  test("two workers on one feed make one request", async () => {
    const { press } = newsroom;
    press.publish("/feed", [a]);
    const feedId = await newsroom.follow("/feed");
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => pollOnce(feedId)));
    expect(outcomes.filter((outcome) => outcome !== "not-due")).toHaveLength(1);
    expect(press.count("/feed")).toBe(1);
  });

  test("a feed that is not due is not polled", async () => {
    newsroom.press.publish("/feed", [a]);
    const feedId = await newsroom.follow("/feed");
    await newsroom.poll(feedId);
    expect(await pollOnce(feedId)).toBe("not-due");
    expect(newsroom.press.count("/feed")).toBe(1);
  });

  const pollOnce = (feedId: string) =>
    pollFeed(
      newsroom.resources,
      { fetcher: newsroom.fetcher, parse: parseFeed },
      feedId,
      new AbortController().signal,
    );
});

describe("an item that cannot be kept costs only itself", () => {
  test("when it cannot be read", async () => {
    const { press } = newsroom;
    press.publish("/feed", [c, b, a]);
    const feedId = await newsroom.follow("/feed");
    const poll = await newsroom.poll(feedId, (input) => {
      const parsed = parseFeed(input);
      const items = parsed.items.map((item) =>
        item.guid === "b" ? { ...item, content: 7 as unknown as string } : item,
      );
      return { ...parsed, items };
    });
    expect(poll).toMatchObject({ seen: 2, quarantined: 1 });
    expect(await newsroom.titles()).toEqual(["First", "Third"]);
    const [put] = await newsroom.events("item.quarantined");
    expect(put?.data).toMatchObject({ feedId });
    expect(put?.data.excerpt).toContain("Second");
  });

  test("when the database refuses it", async () => {
    const { press, resources } = newsroom;
    await sql`
      create function newsledger.refuse() returns trigger language plpgsql as $$
        begin raise exception 'this one is poison'; end $$`.execute(resources.db);
    await sql`
      create trigger refuse before insert on newsledger.feed_items for each row
        when (new.parts ->> 'title' = ${sql.lit(titleMark("Second"))}) execute function newsledger.refuse()
    `.execute(resources.db);
    press.publish("/feed", [c, b, a]);
    const feedId = await newsroom.follow("/feed");
    expect(await newsroom.poll(feedId)).toMatchObject({ seen: 2, quarantined: 1 });
    expect(await newsroom.titles()).toEqual(["First", "Third"]);
    const [put] = await newsroom.events("item.quarantined");
    expect(put?.data.reason).toContain("this one is poison");
    expect((await newsroom.feed(feedId)).state).toBe("ok");
    // It is tried again at the next poll, and told of once.
    press.publish("/feed", [c, b, a], "The New Gazette");
    await newsroom.poll(feedId);
    expect(await newsroom.events("item.quarantined")).toHaveLength(1);
  });

  const titleMark = (title: string) => textHash(title).slice(0, 16);
});

describe("a feed in trouble costs only itself, and says why", () => {
  test("one that never ends, one that is slow, one that is no feed, one that leads inward", async () => {
    const { press } = newsroom;
    press.publish("/good", [a]);
    press.answer("/endless", (_, response) => {
      response.writeHead(200, { "content-type": "application/rss+xml" });
      const more = () => {
        while (!response.destroyed && response.write("<x>".repeat(50_000)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    press.answer("/slow", (_, response) => {
      response.writeHead(200);
      response.write("<rss>");
    });
    press.answer("/page", (_, response) =>
      response.end("<!doctype html><title>Not a feed</title>"),
    );
    press.answer("/inward", (_, response) =>
      response.writeHead(302, { location: "http://127.0.0.2:9/metadata" }).end(),
    );
    const paths = ["/endless", "/slow", "/page", "/inward", "/missing", "/good"];
    const ids = await Promise.all(paths.map((path) => newsroom.follow(path)));
    await newsroom.makeDue();
    await Promise.all(
      ids.map((feedId) =>
        pollFeed(
          newsroom.resources,
          { fetcher: newsroom.fetcher, parse: parseFeed },
          feedId,
          new AbortController().signal,
        ),
      ),
    );
    const feeds = await Promise.all(ids.map((feedId) => newsroom.feed(feedId)));
    expect(feeds.map(({ state_code }) => state_code)).toEqual([
      "too-large",
      "timeout",
      "not-a-feed",
      "blocked-address",
      "http-404",
      null,
    ]);
    for (const { state_reason: reason } of feeds.slice(0, 5))
      expect(reason).toMatch(/^[A-Z“\d].+\.$/);
    expect(await newsroom.titles()).toEqual(["First"]);
    const told = await newsroom.events("feed.degraded");
    expect(told.map(({ data }) => data.code).toSorted()).toEqual(["blocked-address", "not-a-feed"]);
  });

  test("the third failure is told, death after three days, and recovery", async () => {
    const { press, resources } = newsroom;
    press.publish("/feed", [a]);
    const feedId = await newsroom.follow("/feed");
    await newsroom.poll(feedId);
    press.answer("/feed", (_, response) =>
      response.writeHead(503, { "retry-after": "7200" }).end(),
    );
    for (let failures = 0; failures < 3; failures++) await newsroom.poll(feedId);
    const { rows } = await sql<{ wait: number }>`
      select extract(epoch from next_poll_at - now())::int as wait from newsledger.feeds`.execute(
      resources.db,
    );
    expect(rows[0]?.wait).toBeGreaterThan(7100);
    await sql`update newsledger.feeds set first_failure_at = now() - interval '4 days'`.execute(
      resources.db,
    );
    await newsroom.poll(feedId);
    expect((await newsroom.feed(feedId)).state).toBe("dead");
    press.publish("/feed", [b, a]);
    await newsroom.poll(feedId);
    const told = await newsroom.events("feed.degraded", "feed.dead", "feed.recovered");
    expect(told.map(({ type }) => type)).toEqual(["feed.degraded", "feed.dead", "feed.recovered"]);
    expect(told[0]?.data).toMatchObject({ failures: 3, code: "http-503" });
    expect(await newsroom.feed(feedId)).toMatchObject({ state: "ok", state_reason: null });
  });

  test("410 retires a feed for good", async () => {
    const { press } = newsroom;
    press.answer("/feed", (_, response) => response.writeHead(410).end());
    const feedId = await newsroom.follow("/feed");
    await newsroom.poll(feedId);
    expect(await newsroom.poll(feedId)).toBe("not-due");
    expect((await newsroom.feed(feedId)).state).toBe("retired");
    expect(await newsroom.events("feed.retired")).toHaveLength(1);
  });

  test("a feed that moved for good is asked at its new address after three answers that say so", async () => {
    const { press } = newsroom;
    press.publish("/new", [a]);
    press.answer("/old", (_, response) => response.writeHead(301, { location: "/new" }).end());
    const feedId = await newsroom.follow("/old");
    for (let polls = 0; polls < 4; polls++) await newsroom.poll(feedId);
    expect(press.count("/old")).toBe(3);
    expect((await newsroom.feed(feedId)).url).toBe(press.url("/new"));
    expect(await newsroom.titles()).toEqual(["First"]);
  });
});

test("a stop in the middle of a fetch gives the feed back at once", async () => {
  const { press } = newsroom;
  press.answer("/feed", () => {});
  const feedId = await newsroom.follow("/feed");
  const stopping = new AbortController();
  const fetcher = createFetcher({ allowHosts: [press.host], userAgent: "Newsledger/test" });
  const polling = pollFeed(
    newsroom.resources,
    { fetcher, parse: parseFeed },
    feedId,
    stopping.signal,
  );
  while (press.count("/feed") === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  stopping.abort();
  expect(await polling).toBe("given-back");
  press.publish("/feed", [a]);
  expect(
    await pollFeed(
      newsroom.resources,
      { fetcher, parse: parseFeed },
      feedId,
      new AbortController().signal,
    ),
  ).toMatchObject({ seen: 1 });
  await fetcher[Symbol.asyncDispose]();
});

test("a feed that renames its items at every poll is read by their links, and tells each once", async () => {
  const { press } = newsroom;
  const feedId = await newsroom.follow("/feed");
  const issue = (poll: number) => (_: unknown, response: { end(body: string): void }) =>
    response.end(
      `<rss version="2.0"><channel><title>G</title>${["a", "b", "c", "d"]
        .map(
          (name) =>
            `<item><guid isPermaLink="false">${name}-${poll}</guid><title>Story ${name}</title><link>${press.url(`/${name}`)}</link></item>`,
        )
        .join("")}</channel></rss>`,
    );
  for (let poll = 0; poll < 4; poll++) {
    press.answer("/feed", issue(poll));
    await newsroom.poll(feedId);
  }
  expect(await newsroom.titles()).toEqual(["Story d", "Story c", "Story b", "Story a"]);
  expect(await newsroom.events("item.revised")).toEqual([]);
  expect((await newsroom.feed(feedId)).identity).toBe("link");
});

test("where it happened, and a date of which a part was assumed, are kept as the feed gave them", async () => {
  await using room = await Newsroom.open();
  const item =
    "<title>A hearing</title><guid>1</guid><georss:point>10.48 -66.9</georss:point><pubDate>10 March 2026</pubDate>";
  room.press.answer("/feed", (_, response) =>
    response.end(
      `<rss version="2.0"><channel><title>T</title><item>${item}</item></channel></rss>`,
    ),
  );
  await room.poll(await room.follow("/feed"));
  const [seen] = await room.events("item.seen");
  expect(seen?.data).toMatchObject({
    point: { lat: 10.48, lon: -66.9 },
    publishedRaw: "10 March 2026",
  });
});
