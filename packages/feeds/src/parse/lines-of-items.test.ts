import { expect, test } from "vitest";
import { NotAFeed } from "./not-a-feed.ts";
import { parseFeed } from "./parse.ts";

const read = (text: string) => parseFeed({ bytes: new TextEncoder().encode(text) });

test("lines of JSON are items, the last line the newest, under the usual names", () => {
  const { format, items, warnings } = read(
    [
      '{"id":"1","url":"https://gazette.example/1","title":"First","summary":"Short <b>.","date_published":"2026-03-02T10:00:00Z","author":"Ana"}',
      "",
      '{"guid":2,"link":"https://gazette.example/2","title":"Second","text":"The whole of it.","published":"2026-03-03","tags":["a",7]}',
      '{"id":"3","content_html":"<p>No title here</p>","publishedAt":"2026-03-04T00:00:00Z","language":"es"}',
    ].join("\n"),
  );
  expect(format).toBe("ndjson");
  expect(warnings).toEqual([]);
  expect(items).toMatchObject([
    {
      guid: "3",
      title: "No title here",
      link: null,
      language: "es",
      published: "2026-03-04T00:00:00.000Z",
    },
    {
      guid: "2",
      title: "Second",
      link: "https://gazette.example/2",
      content: "The whole of it.",
      categories: ["a"],
    },
    {
      guid: "1",
      title: "First",
      summary: "Short <b>.",
      author: "Ana",
      published: "2026-03-02T10:00:00.000Z",
    },
  ]);
});

test("a line that is broken, or cut in the middle, costs itself", () => {
  const { items, warnings } = read(
    '{"id":"1","title":"First"}\n{"no":"item"}\n{"id":"2","title":"Second"}\n{"id":"3","ti',
  );
  expect(items.map(({ title }) => title)).toEqual(["Second", "First"]);
  expect(warnings).toEqual([
    "A line was no item (JSON with an id or url, and a title or text) and was left out.",
  ]);
});

test("of a list that grows for ever, the newest are read", () => {
  const lines = Array.from({ length: 2_500 }, (_, n) => `{"id":"${n}","title":"T${n}"}`);
  const { items, warnings } = read(lines.join("\n"));
  expect(items).toHaveLength(2_000);
  expect(items[0]?.guid).toBe("2499");
  expect(warnings).toEqual(["Only the last 2000 items were read."]);
});

test.each([
  '{"error":"not found","message":"no such page"}',
  '{"id":7}',
  '{"title":"nothing to know it by"}',
  '[{"id":"1","title":"a list"}]',
  '{\n  "id": "1"\n',
])("JSON of another kind is no feed: %s", (text) => {
  expect(() => read(text)).toThrow(NotAFeed);
});
