import { expect, test } from "vitest";
import { linkHeader } from "./link-header.ts";
import { parseFeed } from "./parse.ts";

const read = (value: string) => Object.fromEntries(linkHeader(value, "https://gazette.example/a/"));

test.each([
  [
    '<https://hub.example/>; rel="hub", <https://gazette.example/feed>; rel=self',
    { hub: "https://hub.example/", self: "https://gazette.example/feed" },
  ],
  [
    '<feed.xml>;rel="self alternate"',
    { self: "https://gazette.example/a/feed.xml", alternate: "https://gazette.example/a/feed.xml" },
  ],
  ['<https://a.example/,b>; title="x, <y>; rel=no"; rel="HUB"', { hub: "https://a.example/,b" }],
  [
    "<https://one.example/>; rel=hub, <https://two.example/>; rel=hub",
    { hub: "https://one.example/" },
  ],
  ["<javascript:alert(1)>; rel=hub", {}],
  ["<https://hub.example/>", {}],
  ["nonsense; rel=hub", {}],
  ["", {}],
])("%s", (value, found) => {
  expect(read(value)).toEqual(found);
});

test("a long header of beginnings takes no time", () => {
  const started = performance.now();
  linkHeader('<a>;"'.repeat(400), null);
  linkHeader("<".repeat(2_000), null);
  expect(performance.now() - started).toBeLessThan(50);
});

test("a hub that is offered in the header goes before one in the document", () => {
  const feed = (headers: Record<string, string>) =>
    parseFeed({
      bytes: Buffer.from(
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://inner.example/"/><link rel="self" href="https://inner.example/self"/></feed>',
      ),
      url: "https://gazette.example/feed",
      headers,
    });
  expect(feed({})).toMatchObject({
    hub: "https://inner.example/",
    self: "https://inner.example/self",
  });
  const link = '<https://outer.example/>; rel="hub", </self>; rel="self"';
  expect(feed({ link })).toMatchObject({
    hub: "https://outer.example/",
    self: "https://gazette.example/self",
  });
});
