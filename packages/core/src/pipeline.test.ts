import { expect, test } from "vitest";
import { events, newsCodec } from "./events.ts";
import { jobs } from "./jobs.ts";
import { requestsFor } from "./pipeline.ts";

const contentHash = "a".repeat(64);

test("a shortlisted and a matched item ask for the same one piece of work", () => {
  const data = { itemId: "i1", contentHash };
  const [first] = requestsFor({ type: "item.shortlisted", data });
  const [second] = requestsFor({ type: "item.matched", data });
  expect(first).toEqual(second);
  expect(first?.job).toBe("extract-item");
});

test("a revised item is other work than its first version", () => {
  const key = (hash: string) => jobs.extractItem.request({ itemId: "i1", contentHash: hash }).key;
  expect(key("a".repeat(64))).not.toBe(key("b".repeat(64)));
});

test("a fact that nobody waits for asks for nothing", () => {
  expect(requestsFor({ type: "item.seen", data: {} })).toEqual([]);
});

test("every event type is declared once and can be read back", () => {
  const types = Object.values(events).map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
  const stored = events.itemShortlisted.create({
    itemId: "i",
    contentHash,
    reason: "names Caracas",
  });
  expect(newsCodec.decode(stored.type, stored.schemaVersion, stored.data)).toEqual(stored.data);
  expect(() => newsCodec.decode("item.vanished", 1, {})).toThrow(/upgrade/);
});

test("a job's payload carries ids only", () => {
  for (const { data } of [
    jobs.pollFeed.request({ feedId: "f" }),
    jobs.extractItem.request({ itemId: "i", contentHash }),
    jobs.sendDigest.request({ issueId: "s" }),
  ]) {
    expect(JSON.stringify(data).length).toBeLessThan(200);
  }
});
