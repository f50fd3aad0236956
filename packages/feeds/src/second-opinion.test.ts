import { describe, expect, it } from "vitest";
import { parseFeed } from "./parse/parse.ts";
import { secondOpinion } from "./second-opinion.ts";

const rss = (inner: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>D</title><link>https://news.example/</link><description>d</description>${inner}</channel></rss>`;
const items = Array.from(
  { length: 20 },
  (_, n) =>
    `<item><title>Noticia ${n} &amp; más</title><link>https://news.example/${n}</link><guid>${n}</guid><pubDate>Fri, 10 Dec 2021 12:00:00 GMT</pubDate></item>`,
).join("");

describe("a second reader", () => {
  it.each([
    ["RSS", rss(items)],
    [
      "Atom",
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>D</title><id>x</id><updated>2021-12-10T12:00:00Z</updated><entry><id>1</id><title>Uno</title><link href="https://news.example/1"/><updated>2021-12-10T12:00:00Z</updated></entry></feed>`,
    ],
  ])("sees the same items as we do in good %s", async (_, text) => {
    const ours = parseFeed({ bytes: Buffer.from(text) }).items.map(({ title, link }) => ({
      title,
      link,
    }));
    expect(await secondOpinion(text)).toEqual({ readable: true, items: ours, problem: null });
  });

  it("says why a strict program cannot read what we can", async () => {
    const text = rss(items).slice(0, -40);
    expect(parseFeed({ bytes: Buffer.from(text) }).items.length).toBeGreaterThan(18);
    expect(await secondOpinion(text)).toMatchObject({
      readable: false,
      items: [],
      problem: expect.stringMatching(/./),
    });
  });

  it("survives what would break it", async () => {
    expect((await secondOpinion(rss("<a>".repeat(100_000)))).readable).toBe(false);
    expect((await secondOpinion("x".repeat((32 << 20) + 1))).readable).toBe(false);
  });
});
