import { expect, test } from "vitest";
import { NotAFeed } from "../parse/not-a-feed.ts";
import { parseFeed } from "../parse/parse.ts";
import { openParser, TooSlow } from "./parser.ts";
import { readFeed } from "./reader.ts";

const rss = (items: number) =>
  Buffer.from(
    `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Gaceta</title><link>https://gazette.example/</link><description/>${Array.from(
      { length: items },
      (_, n) =>
        `<item><title>Noticia ${n} &amp; más</title><link>https://gazette.example/${n}</link><guid>g${n}</guid><pubDate>Fri, 10 Dec 2021 12:00:00 GMT</pubDate><description>Breve ${n}.</description><content:encoded><![CDATA[<p>Largo ${n}</p>]]></content:encoded></item>`,
    ).join("")}</channel></rss>`,
  );
const input = (bytes: Uint8Array) => ({ bytes, url: "https://gazette.example/feed" });

test("a thread of its own reads the same as this one", async () => {
  await using parser = openParser({ inlineBytes: 0, workers: 2 });
  const documents = [rss(3), rss(40), rss(7)];
  const read = await Promise.all(
    documents.map((bytes) => parser.read(input(Buffer.from(bytes)), "own")),
  );
  expect(read).toEqual(documents.map((bytes) => parseFeed(input(bytes))));
}, 30_000);

test("what is no feed is said in the same words, and the thread goes on", async () => {
  await using parser = openParser({ inlineBytes: 0 });
  const page = Buffer.from("<!doctype html><title>Hello</title>");
  const refused = await Promise.resolve(parser.read(input(page), "own")).catch((error) => error);
  expect(refused).toBeInstanceOf(NotAFeed);
  expect(refused.message).toMatch(/web page/);
  expect((await parser.read(input(rss(1)), "own")).items).toHaveLength(1);
}, 30_000);

test("one that takes too long is stopped, and the next is read", async () => {
  await using parser = openParser({ inlineBytes: 0, timeoutMs: 1 });
  await expect(parser.read(input(rss(2_000)), "own")).rejects.toBeInstanceOf(TooSlow);
  await using patient = openParser({ inlineBytes: 0 });
  expect((await patient.read(input(rss(2)), "own")).items).toHaveLength(2);
}, 30_000);

test("a thread that has read much makes way for a new one, with all that it remembers", async () => {
  const threads: unknown[] = [];
  const count = (thread: unknown) => threads.push(thread);
  process.on("worker", count);
  await using parser = openParser();
  const [large, small] = [rss(10_000), rss(1_500)];
  expect(large.length).toBeLessThan(4 << 20);
  expect(2 * large.length).toBeGreaterThan(4 << 20);
  for (const bytes of [large, large, small])
    expect((await parser.read(input(Buffer.from(bytes)), "own")).items.length).toBeGreaterThan(
      1_000,
    );
  process.off("worker", count);
  expect(threads).toHaveLength(2);
}, 30_000);

test("a small document is read at once", () => {
  const parser = openParser();
  expect(parser.read(input(rss(2)), "own")).toMatchObject({ title: "Gaceta" });
});

test("rss-parser reads what it can as our own parser does, and says why it cannot", async () => {
  const keys = ["guid", "title", "link", "summary", "content", "published"] as const;
  const shown = (feed: { items: readonly object[] }) =>
    feed.items.map((item) => keys.map((key) => (item as Record<string, unknown>)[key]));
  const theirs = await readFeed(input(rss(5)), "rss-parser");
  expect(shown(theirs)).toEqual(shown(parseFeed(input(rss(5)))));
  const cut = rss(5).subarray(0, -30);
  await expect(readFeed(input(cut), "rss-parser")).rejects.toThrow(/rss-parser cannot read/);
});
