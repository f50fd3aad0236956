import { describe, expect, it } from "vitest";
import { canonicalUrl } from "./canonical-url.ts";

describe("the same document has one address", () => {
  it.each([
    ["HTTPS://News.Example:443/a", "https://news.example/a"],
    ["http://news.example:80/a", "http://news.example/a"],
    ["https://news.example./a", "https://news.example/a"],
    ["https://user:pw@news.example/a", "https://news.example/a"],
    ["https://news.example/a#comments", "https://news.example/a"],
    ["https://news.example/a?", "https://news.example/a"],
    ["https://news.example/a?utm_source=rss&utm_medium=feed", "https://news.example/a"],
    ["https://news.example/a?id=7&fbclid=x&page=2", "https://news.example/a?id=7&page=2"],
    ["https://news.example/a?mc_cid=1&mtm_campaign=x&gclid=2", "https://news.example/a"],
    ["https://news.example/a?source=rss", "https://news.example/a"],
    ["https://news.example/a/amp/", "https://news.example/a"],
    ["https://news.example/a.amp.html", "https://news.example/a.html"],
    ["https://news.example/a?amp=1", "https://news.example/a"],
    ["https://news.example/a?outputType=amp", "https://news.example/a"],
    ["https://m.news.example/a", "https://www.news.example/a"],
    ["https://amp.news.co.uk/a", "https://www.news.co.uk/a"],
    [
      "https://www.google.com/url?rct=j&url=https://news.example/a%3Futm_source%3Dx&ct=ga",
      "https://news.example/a",
    ],
    ["https://www.google.com/amp/s/news.example/a/amp", "https://news.example/a"],
    ["https://news-example.cdn.ampproject.org/c/s/news.example/a", "https://news.example/a"],
    [
      "https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fnews.example%2fa",
      "https://news.example/a",
    ],
    ["https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa&h=x", "https://news.example/a"],
  ])("%s", (address, canonical) => {
    expect(canonicalUrl(address)).toBe(canonical);
    expect(canonicalUrl(canonical)).toBe(canonical);
  });
});

describe("what may be another document stays another", () => {
  it.each([
    "https://news.example/A",
    "https://news.example/a/",
    "http://news.example/a",
    "https://news.example/?p=123",
    "https://news.example/a?b=%20x&c=a+b&d",
    "https://news.example/search?source=reuters&from=2021",
    "https://m.co/a",
    "https://mail.m.news.example/a",
    "https://news.example/amplification",
    "https://news.example/amp-story",
    "https://news.google.com/rss/articles/CBMiX2h0dHBz?oc=5",
  ])("%s", (address) => expect(canonicalUrl(address)).toBe(address));
});

it.each([
  "javascript:alert(1)",
  "mailto:a@b.example",
  "",
  "/a",
  `https://news.example/${"x".repeat(3_000)}`,
])("%.30s is no address of a document", (address) => expect(canonicalUrl(address)).toBeNull());

it("wrappers inside wrappers end", () => {
  const wrap = (inner: string) => `https://www.google.com/url?url=${encodeURIComponent(inner)}`;
  expect(canonicalUrl(wrap(wrap("https://news.example/a")))).toBe("https://news.example/a");
  expect(canonicalUrl(wrap(wrap(wrap(wrap(wrap("https://news.example/a"))))))).toMatch(
    /^https:\/\/www\.google\.com/,
  );
});
