import { expect, it } from "vitest";
import { feedsNamedBy } from "./discover.ts";
import { NotAFeed } from "./not-a-feed.ts";
import { parseFeed } from "./parse.ts";

const page = `<!doctype html><html><head>
  <link rel="stylesheet" href="/style.css" type="text/css">
  <link rel="alternate" type="application/rss+xml" title="News" href="/feed?a=1&amp;b=2">
  <LINK href='https://other.example/atom' type='application/atom+xml' rel='alternate home' />
  <link rel=alternate type=application/feed+json href=/feed.json>
  <link rel="alternate" hreflang="es" href="/es/">
  <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body></body></html>`;

it("a page's feeds are found where it names them", () => {
  expect(feedsNamedBy(page, "https://news.example/section/")).toEqual([
    "https://news.example/feed?a=1&b=2",
    "https://other.example/atom",
    "https://news.example/feed.json",
  ]);
});

it("a page that is asked for as a feed is refused with the address to use instead", () => {
  const read = () => parseFeed({ bytes: Buffer.from(page), url: "https://news.example/" });
  expect(read).toThrowError(NotAFeed);
  expect(read).toThrowError(
    "This is a web page, not a feed; it names this feed: https://news.example/feed?a=1&b=2",
  );
});

it("the feed of a page's comments comes after its news, wherever the page names it", () => {
  const link = (title: string, href: string) =>
    `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`;
  const head =
    link("Site » Comments Feed", "/c") + link("", "/comments/feed/") + link("", "/feed/");
  expect(feedsNamedBy(head, "https://news.example/")).toEqual([
    "https://news.example/feed/",
    "https://news.example/c",
    "https://news.example/comments/feed/",
  ]);
});

it("a page without feeds names none", () => {
  expect(feedsNamedBy("<link".repeat(50_000), null)).toEqual([]);
  expect(
    feedsNamedBy(`<link rel="alternate" type="application/rss+xml" href="/relative">`, null),
  ).toEqual([]);
});
