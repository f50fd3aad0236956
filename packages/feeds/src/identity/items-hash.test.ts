import { expect, test } from "vitest";
import { itemsHash } from "./items-hash.ts";

const rss = (built: string, ...titles: string[]) =>
  Buffer.from(
    `<rss><channel><lastBuildDate>${built}</lastBuildDate>${titles.map((title) => `<item><title>${title}</title></item>`).join("\n")}</channel></rss><!-- ${built} -->`,
  );

test("a head that was built anew leaves the items the same; a word in one of them does not", () => {
  const before = itemsHash(rss("Monday", "a", "b"));
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(itemsHash(rss("Tuesday", "a", "b"))).toBe(before);
  expect(itemsHash(rss("Monday", "a", "c"))).not.toBe(before);
  expect(itemsHash(rss("Monday", "a"))).not.toBe(before);
});

test.each([
  ["a feed without items", rss("Monday")],
  ["JSON", Buffer.from('{"items":[]}')],
  ["two bytes a character", Buffer.from("<item></item>", "utf16le")],
  ["nothing", Buffer.alloc(0)],
])("%s has no such hash", (_, bytes) => {
  expect(itemsHash(bytes)).toBeNull();
});
