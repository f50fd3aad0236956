import { describe, expect, it } from "vitest";
import { parseNdjsonLine } from "./ndjson.ts";

const ask = (question: unknown) => JSON.parse(parseNdjsonLine(JSON.stringify(question)));
const bytes = (text: string) => Buffer.from(text).toString("base64");

describe("one line in, one line out", () => {
  it("a feed", () => {
    const text =
      "<rss><channel><title>D</title><item><title>t</title><link>a</link><description>&lt;b&gt;x&lt;/b&gt;</description><pubDate>2021-12-10</pubDate></item></channel></rss>";
    expect(
      ask({
        id: "7",
        bytes: bytes(text),
        contentType: null,
        url: "https://news.example/f",
        headers: { "X-Y": 1 },
      }),
    ).toEqual({
      id: "7",
      feed: {
        title: "D",
        link: null,
        language: null,
        encoding: "utf-8",
        entries: [
          {
            id: null,
            title: "t",
            link: "https://news.example/a",
            summary: "<b>x</b>",
            content: null,
            published: "2021-12-10T00:00:00.000Z",
            updated: null,
            author: null,
          },
        ],
        warnings: [],
      },
    });
  });

  it("an address in a header", () => {
    const answer = ask({
      id: 1,
      bytes: bytes("<rss><item><link>a</link></item></rss>"),
      url: "",
      headers: { "Content-Location": "https://news.example/x/f" },
    });
    expect(answer.feed.entries[0].link).toBe("https://news.example/x/a");
  });

  it("no feed", () => {
    expect(ask({ id: "8", bytes: bytes("<html/>") })).toMatchObject({
      id: "8",
      error: { name: "NotAFeed" },
    });
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '{"id":"9"}',
    '{"id":"9","bytes":"%%%"}',
    '{"id":{},"bytes":""}',
    '{"bytes":""}',
  ])("a bad question: %s", (line) => {
    const answer = parseNdjsonLine(line);
    expect(answer).not.toContain("\n");
    expect(JSON.parse(answer)).toMatchObject({
      error: { name: expect.any(String), message: expect.any(String) },
    });
  });
});
