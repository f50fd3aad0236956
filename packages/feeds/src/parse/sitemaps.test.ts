import { expect, test } from "vitest";
import { findFeeds } from "../find-feeds.ts";
import { NotAFeed } from "./not-a-feed.ts";
import { parseFeed } from "./parse.ts";
import { sitemapsNamedBy } from "./sitemaps.ts";

const index = `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <sitemap><loc>https://gazette.example/2024.xml</loc><lastmod>2024-12-31</lastmod></sitemap>
  <sitemap><loc>https://gazette.example/2026.xml</loc><lastmod>2026-11-28T10:00:00Z</lastmod></sitemap>
  <sitemap><loc>/pages.xml?a=1&amp;b=2</loc></sitemap>
  <sitemap><loc><![CDATA[https://gazette.example/news.xml]]></loc><lastmod>2025-01-01</lastmod></sitemap>
  <sitemap><loc>javascript:alert(1)</loc></sitemap>
</sitemapindex>`;
const sorted = [
  "https://gazette.example/news.xml",
  "https://gazette.example/2026.xml",
  "https://gazette.example/2024.xml",
  "https://gazette.example/pages.xml?a=1&b=2",
];

test("of a list of sitemaps the one with news goes first, then the latest", () => {
  expect(sitemapsNamedBy(index, "https://gazette.example/sitemap.xml")).toEqual(sorted);
});

test("names with a prefix are read, and an empty list is empty", () => {
  const named = index.replaceAll("<sitemap>", "<sm:sitemap>").replaceAll("<loc>", "<sm:loc>");
  expect(sitemapsNamedBy(named, "https://gazette.example/")).toEqual(sorted);
  expect(sitemapsNamedBy("<sitemapindex/>", null)).toEqual([]);
});

const read = (text: string) => {
  try {
    return parseFeed({ bytes: Buffer.from(text), url: "https://gazette.example/sitemap.xml" });
  } catch (error) {
    return error;
  }
};

test("the refusal of a list of sitemaps says which one to use", () => {
  const refused = read(index) as NotAFeed;
  expect(refused).toBeInstanceOf(NotAFeed);
  expect(refused).toMatchObject({ looksLike: "sitemap-index", feeds: sorted });
  expect(refused.message).toBe(
    "This is a list of sitemaps, not a sitemap with articles; the first to use is https://gazette.example/news.xml",
  );
});

test("an address of a list of sitemaps leads to the sitemap that is meant", async () => {
  const feed = async () => ({
    ...({ outcome: "fetched", status: 200, bodyHash: "", headers: {} } as const),
    ...{ bytes: Buffer.from(index), finalUrl: "https://gazette.example/sitemap.xml" },
  });
  const found = await findFeeds({ feed }, "https://gazette.example/sitemap.xml");
  expect(found).toEqual({ kind: "page", feeds: sorted });
});
