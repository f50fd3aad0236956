import { expect, test } from "vitest";
import { Collector } from "./collector.ts";

const pieces = (sizes: readonly number[]): Buffer[] =>
  sizes.map((size, index) => Buffer.alloc(size, 65 + (index % 26)));

test.each([
  ["nothing", []],
  ["a piece", [10]],
  ["pieces", [10, 0, 20]],
  ["as much as is kept in pieces", [200 * 1024, 56 * 1024]],
  ["one byte more", [200 * 1024, 56 * 1024, 1]],
  ["one large piece", [3 << 20]],
  ["many", Array.from({ length: 100 }, (_, n) => 1_000 * n + 1)],
] as const)("%s", (_, sizes) => {
  const collector = new Collector(8 << 20);
  const chunks = pieces(sizes);
  for (const chunk of chunks) collector.add(chunk);
  expect(collector.length).toBe(chunks.reduce((sum, { length }) => sum + length, 0));
  expect(collector.take().equals(Buffer.concat(chunks))).toBe(true);
});

test("what is dropped is gone at once", () => {
  const collector = new Collector(8 << 20);
  for (const chunk of pieces([1 << 20, 5])) collector.add(chunk);
  collector.drop();
  expect(collector.length).toBe(0);
  expect(collector.take()).toHaveLength(0);
});
