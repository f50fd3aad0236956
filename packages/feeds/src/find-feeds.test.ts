import { expect, test } from "vitest";
import type { FeedOutcome } from "./fetch/types.ts";
import { findFeeds } from "./find-feeds.ts";

const home = "https://gazette.example/";
const rss = "<rss><channel><title>G</title><item><title>a</title></item></channel></rss>";
const named = `<html><head><link rel="alternate" type="application/rss+xml" href="/news.xml"></head></html>`;

function site(pages: Record<string, string>) {
  const asked: string[] = [];
  const fetcher = {
    async feed(url: string): Promise<FeedOutcome> {
      asked.push(url);
      const body = pages[url];
      if (body === undefined)
        return { outcome: "failed", code: "http-404", reason: "It is not there.", hard: false };
      const bytes = Buffer.from(body);
      return {
        ...{ outcome: "fetched", status: 200, bytes, headers: {}, bodyHash: "", finalUrl: url },
      };
    },
  };
  return { fetcher, asked };
}

test("a feed is what it is, after one look", async () => {
  const { fetcher, asked } = site({ [`${home}feed`]: rss });
  expect(await findFeeds(fetcher, `${home}feed`)).toEqual({ kind: "feed", url: `${home}feed` });
  expect(asked).toHaveLength(1);
});

test("a page that names its feed is believed", async () => {
  const { fetcher } = site({ [home]: named });
  expect(await findFeeds(fetcher, home)).toEqual({ kind: "page", feeds: [`${home}news.xml`] });
});

test("of several that it names, the first that is a feed comes first", async () => {
  const link = (path: string) => `<link rel="alternate" type="application/rss+xml" href="${path}">`;
  const page = `<html>${link("/old")}${link("/feed")}${link("/other")}</html>`;
  const { fetcher, asked } = site({ [home]: page, [`${home}feed`]: rss, [`${home}other`]: rss });
  expect(await findFeeds(fetcher, home)).toEqual({
    kind: "page",
    feeds: [`${home}feed`, `${home}old`, `${home}other`],
  });
  expect(asked).toHaveLength(3);
});

test("without a name, the usual places are tried until one is a feed", async () => {
  const { fetcher, asked } = site({ [`${home}about`]: "<html></html>", [`${home}rss.xml`]: rss });
  const found = await findFeeds(fetcher, `${home}about`);
  expect(found).toEqual({ kind: "page", feeds: [`${home}rss.xml`] });
  expect(asked.at(-1)).toBe(`${home}rss.xml`);
});

test.each([
  ["a page without any", { [home]: "<html></html>" }, /names no feed/],
  ["nothing at all", {}, /not there/],
  ["something else", { [home]: "plain words" }, /plain text/],
])("%s is told in words", async (_, pages, reason) => {
  const found = await findFeeds(site(pages).fetcher, home);
  expect(found).toMatchObject({ kind: "none", reason: expect.stringMatching(reason) });
});
