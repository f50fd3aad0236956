import { backfillFeed, listFeeds, UnknownFeed } from "@newsledger/poller";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Newsroom } from "./newsroom.ts";

let newsroom: Newsroom;
beforeEach(async () => {
  newsroom = await Newsroom.open();
});
afterEach(() => newsroom[Symbol.asyncDispose]());

const day = 86_400_000;
/** Two items a page, newest first; page 1 is today's. */
function page(number: number, older: string | null = null): string {
  const items = [2 * number - 1, 2 * number].map(
    (age) =>
      `<item><guid isPermaLink="false">n${age}</guid><title>Story of ${age} days ago</title><pubDate>${new Date(Date.now() - age * day).toUTCString()}</pubDate></item>`,
  );
  const link = older === null ? "" : `<atom:link rel="prev-archive" href="${older}"/>`;
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Gazette</title>${link}${items.join("")}</channel></rss>`;
}
const serve = (path: string, body: string) =>
  newsroom.press.answer(path, (_, response) => response.end(body));

const backfill = (feed: string, pages = 10, from?: string) => {
  const { db, log, config } = newsroom.resources;
  return backfillFeed({ db, log, config, fetcher: newsroom.fetcher }, feed, { pages, from });
};

test("the archive that a feed links to is read to its end, as history, and nothing twice", async () => {
  serve("/news.xml", page(1, "/archive/1.xml"));
  serve("/archive/1.xml", page(2, "/archive/0.xml"));
  serve("/archive/0.xml", page(3));
  const feedId = await newsroom.follow("/news.xml");
  await newsroom.poll(feedId);
  expect(await backfill(feedId)).toEqual({
    ...{ pages: 3, added: 4 },
    ended: "The publisher links to nothing older.",
  });
  expect(await backfill(feedId)).toMatchObject({ pages: 3, added: 0 });
  const seen = await newsroom.events("item.seen");
  expect(seen.map(({ data }) => data.backfill)).toEqual([false, false, true, true, true, true]);
  expect(seen.at(-1)?.data).toMatchObject({ feedId, source: "The Gazette" });
  // A look at the past says nothing of the present.
  expect((await listFeeds(newsroom.resources.db))[0]).toMatchObject({ state: "ok", concern: null });
  await newsroom.poll(feedId);
  expect(await newsroom.events("feed.gap_suspected", "item.withdrawn")).toEqual([]);
});

test("WordPress is asked by page number, until it has no more", async () => {
  serve("/feed/", page(1));
  serve("/feed/?paged=2", page(2));
  serve("/feed/?paged=3", page(3));
  const feedId = await newsroom.follow("/feed/");
  await newsroom.poll(feedId);
  expect(await backfill(feedId, 2)).toEqual({
    pages: 2,
    added: 2,
    ended: "2 pages were asked for.",
  });
  const rest = await backfill(feedId);
  expect(rest).toMatchObject({ pages: 2, added: 0 });
});

test("a news sitemap brings what the feed no longer has", async () => {
  serve("/feed/", page(1));
  serve(
    "/news-sitemap.xml",
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>${newsroom.press.url("/old")}</loc><news:news><news:publication_date>2026-01-02</news:publication_date><news:title>An old story</news:title></news:news></url></urlset>`,
  );
  const feedId = await newsroom.follow("/feed/");
  const done = await backfill(feedId, 10, newsroom.press.url("/news-sitemap.xml"));
  expect(done).toMatchObject({ pages: 1, added: 1 });
  expect(await newsroom.titles()).toEqual(["An old story"]);
});

test("of a list of sitemaps each is read, the latest first, and a broken one costs only itself", async () => {
  serve("/feed/", page(1));
  const sitemap = (name: string) =>
    `<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>${newsroom.press.url(`/${name}`)}</loc><news:news><news:title>Story of ${name}</news:title></news:news></url></urlset>`;
  serve("/2024.xml", sitemap("2024"));
  serve("/2026.xml", sitemap("2026"));
  const entry = (year: number) =>
    `<sitemap><loc>${newsroom.press.url(`/${year}.xml`)}</loc><lastmod>${year}-06-01</lastmod></sitemap>`;
  const list = (years: number[]) => `<sitemapindex>${years.map(entry).join("")}</sitemapindex>`;
  serve("/sitemap.xml", list([2024, 2025, 2026]));
  const feedId = await newsroom.follow("/feed/");
  const from = newsroom.press.url("/sitemap.xml");
  expect(await backfill(feedId, 10, from)).toMatchObject({ pages: 2, added: 2 });
  expect(await newsroom.titles()).toEqual(["Story of 2026", "Story of 2024"]);
  expect(await backfill(feedId, 1, from)).toMatchObject({ pages: 1, added: 0 });
});

test("what stops it is told in words", async () => {
  const feedId = await newsroom.follow("/gone.xml");
  expect(await backfill(feedId)).toMatchObject({ pages: 0, ended: expect.stringMatching(/404/) });
  await expect(backfill("nobody")).rejects.toBeInstanceOf(UnknownFeed);
});
