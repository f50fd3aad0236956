import { openParser } from "@newsledger/feeds";
import { feedStory, listFeeds } from "@newsledger/poller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFeedServer, type FeedServer, HOSTILE } from "../tools/feed-server.mjs";
import { casesJudged, misfits } from "./hostile-cases.ts";
import { Newsroom } from "./newsroom.ts";

// Feeds are opened as localhost; the canary, whatever leads to it, is 127.0.0.1 and must never be reached. How long
// others wait meanwhile, and what it costs in memory, is measured by tests/bench/hostile.ts.
let server: FeedServer;
let newsroom: Newsroom;
let origin: string;
beforeAll(async () => {
  server = await createFeedServer({ feeds: 6, items: 12 });
  origin = `http://localhost:${server.cfg.port}`;
  newsroom = await Newsroom.open({
    NEWSLEDGER_ALLOW_HOSTS: `localhost:${server.cfg.port}`,
    NEWSLEDGER_POLLER_TIMEOUT_SECONDS: "2",
  });
});
afterAll(async () => {
  await newsroom?.[Symbol.asyncDispose]();
  await server?.close();
});

const polls = 3;

test("of every case of the hostile server comes what should, and the good feeds beside it lose nothing", async () => {
  const names = Object.keys(HOSTILE);
  expect(casesJudged()).toEqual(names.toSorted());
  const paths = [
    ...names.map((name) => `/hostile/${name}`),
    ...Array.from({ length: 6 }, (_, n) => `/feeds/${n}.xml`),
  ];
  const { db, log } = newsroom.resources;
  await using parser = openParser();
  const ids: string[] = [];
  for (const path of paths)
    ids.push(await newsroom.follow(path, { title: path, url: origin + path }));
  for (let poll = 0; poll < polls; poll++)
    for (const feedId of ids) await newsroom.poll(feedId, parser.read);

  const feeds = await listFeeds(db);
  expect(misfits(feeds)).toEqual([]);
  expect(server.st.canary).toEqual([]);
  expect(
    feeds.filter(({ title, items }) => title.startsWith("/feeds/") && items === 12),
  ).toHaveLength(6);

  // However often it comes, an item is told once; an edit is a revision, one each time.
  const seen = await newsroom.events("item.seen");
  expect(new Set(seen.map(({ data }) => data.itemId)).size).toBe(seen.length);
  expect(await newsroom.events("item.revised")).toHaveLength(polls - 1);
  expect(await newsroom.events("item.quarantined")).toEqual([]);
  const repaired = async (name: string) =>
    (await feedStory({ db, log }, `${origin}/hostile/${name}`))?.warnings;
  expect(await repaired("truncated")).toEqual([
    "The document ends inside an item; that item was left out.",
  ]);
  expect(await repaired("items-10k")).toEqual(["Only the first 2000 items were read."]);
}, 180_000);
