import { loadKnowledge, type ReadablePage } from "@newsledger/extraction";
import { expect, test } from "vitest";
import type { ItemFacts } from "./item.ts";
import { readArticle } from "./read-article.ts";
import { chooseText, readPage } from "./text.ts";

const item: ItemFacts = {
  itemId: "i",
  feedId: "f",
  source: "The Harbour Gazette",
  link: "https://paper.test/a",
  url: "https://paper.test/a",
  title: "Envoy in Caracas",
  summary: "A short summary.",
  author: null,
  language: "en",
  publishedAt: null,
  contentHash: "a".repeat(64),
  textHash: null,
  backfill: false,
};
const page: ReadablePage = {
  title: "Envoy in Caracas | The Harbour Gazette",
  byline: "A. Writer",
  text: "The whole article.",
  language: "en",
  publishedAt: "2021-12-10T12:00:00.000Z",
  canonicalUrl: "https://paper.test/a",
};
const fetched = {
  outcome: "fetched",
  status: 200,
  html: "<p>x</p>",
  contentType: "text/html",
  bodyHash: "",
  finalUrl: "https://paper.test/a",
} as const;

test("the page's text is used, under the feed's title, with the page's date where the feed gave none", () => {
  const reading = readPage(fetched, () => page);
  expect(chooseText(item, null, reading)).toMatchObject({
    from: "page",
    title: "Envoy in Caracas",
    text: "The whole article.",
    byline: "A. Writer",
    publishedAt: "2021-12-10T12:00:00.000Z",
    pageProblem: null,
  });
});

test("the feed's date stands where the page gives another", () => {
  const dated = { ...item, publishedAt: "2021-12-09T00:00:00.000Z" };
  expect(
    chooseText(
      dated,
      null,
      readPage(fetched, () => page),
    ),
  ).toMatchObject({
    publishedAt: "2021-12-09T00:00:00.000Z",
  });
});

test("a page that cannot be had leaves the feed's own text, and says why", () => {
  const reading = readPage(
    { outcome: "failed", code: "http-404", reason: "The page is not there (404).", hard: false },
    () => page,
  );
  expect(reading).toMatchObject({ outcome: "unread", again: false });
  expect(chooseText(item, "The feed's full text.", reading)).toMatchObject({
    from: "feed",
    text: "The feed's full text.",
    pageProblem: "The page is not there (404).",
  });
  expect(chooseText(item, null, reading)).toMatchObject({ from: "feed", text: "A short summary." });
});

test("passing trouble is worth another try, after the time that the server asks for", () => {
  const busy = {
    outcome: "failed",
    code: "http-503",
    reason: "Busy.",
    hard: false,
    retryAfterSeconds: 30,
  } as const;
  expect(readPage(busy, () => page)).toEqual({
    outcome: "unread",
    reason: "Busy.",
    again: true,
    afterSeconds: 30,
  });
});

test("with neither page nor words of the feed there is nothing, and a reason", () => {
  const reading = readPage(fetched, () => null);
  expect(chooseText({ ...item, summary: " " }, null, reading)).toEqual({
    from: "nothing",
    reason: "The page holds no readable article.",
  });
});

test("a page that our own proxy kept from us is waited for, however often it was tried", () => {
  const reason = "The proxy at proxy.example:3128 does not accept connections.";
  const closed = { outcome: "failed", code: "proxy", reason, hard: false } as const;
  const question = { item, page: closed, feedText: "Words.", lastStart: true };
  expect(readArticle(question, { knowledge: loadKnowledge(), topics: [] })).toEqual({
    ...{ kind: "again", reason, afterSeconds: 120, blameless: true },
  });
});
