import type { EventLine } from "@newsledger/readmodels";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LiveTail } from "./live-tail.ts";
import { serverSent } from "./server-sent.ts";

const line = (position: string): EventLine => ({
  position,
  type: "item.seen",
  recordedAt: new Date("2026-01-01T00:00:00Z"),
  title: "Two\nlines",
  topics: [],
  itemId: "i",
  documentId: null,
  storyId: null,
  feedId: "f",
  backfill: false,
  source: "Diario Uno",
  url: null,
  publishedAt: null,
  foundAt: new Date("2026-01-01T00:00:00Z"),
  why: "Carried by a feed you follow.",
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A ledger that answers these, then is silent. */
const holding = (...answers: Awaited<ReturnType<LiveTail["read"]>>[]): LiveTail => ({
  read: async ({ after }) => answers.shift() ?? { items: [], through: after },
  moved: async (_, withinMs) => {
    vi.advanceTimersByTime(withinMs);
  },
});

async function take(tail: LiveTail, count: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of serverSent(tail, { after: 0n }, new AbortController().signal)) {
    texts.push(text);
    if (texts.length === count) break;
  }
  return texts;
}

test("an event is its position, its type and one line of JSON, whatever its title holds", async () => {
  const [, text = ""] = await take(holding({ items: [line("7")], through: 7n }), 2);
  const [id, event, data, ...rest] = text.split("\n");
  expect([id, event, rest]).toEqual(["id: 7", "event: item.seen", ["", ""]]);
  expect(JSON.parse(data?.slice("data: ".length) ?? "")).toMatchObject({ title: "Two\nlines" });
});

test("what a filter leaves out moves the position on without data", async () => {
  const tail = holding({ items: [line("7")], through: 9n }, { items: [], through: 12n });
  const [, first, second] = await take(tail, 3);
  expect(first).toMatch(/\n\nid: 9\n\n$/);
  expect(second).toBe("id: 12\n\n");
});

test("silence is broken by a comment every fifteen seconds", async () => {
  const started = performance.now();
  const [, first, second] = await take(holding(), 3);
  expect([first, second]).toEqual([": still here\n\n", ": still here\n\n"]);
  expect(performance.now() - started).toBe(30_000);
});
