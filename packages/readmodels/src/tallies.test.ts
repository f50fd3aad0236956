import { expect, test } from "vitest";
import type { Rows } from "./decide.ts";
import { talliesOf } from "./tallies.ts";

const event = (position: bigint, type: string) => ({ position, type }) as Rows["events"][number];
const member = (position: bigint, relation: string, day: string, ...topic_ids: string[]) =>
  ({ position, relation, public_at: new Date(day), topic_ids }) as Rows["story_articles"][number];

const rows = {
  events: [event(1n, "item.seen"), event(2n, "item.seen"), event(3n, "story.opened")],
  story_articles: [
    member(1n, "first", "2021-12-31T23:59:00Z", "a", "b"),
    member(2n, "independent", "2021-12-01T00:00:00Z", "a", "a"),
    member(3n, "copy", "2022-01-01T00:00:00Z", "a"),
  ],
} as unknown as Rows;
const told = (counted: bigint) =>
  talliesOf(rows, counted).map(({ kind, key, month, amount }) => [kind, key, month, amount]);

test("events are counted by type, articles by topic and month: stories, own reports, copies", () => {
  expect(told(0n)).toEqual([
    ["events", "item.seen", "", 2],
    ["events", "story.opened", "", 1],
    ["stories", "a", "2021-12", 1],
    ["reports", "a", "2021-12", 2],
    ["stories", "b", "2021-12", 1],
    ["reports", "b", "2021-12", 1],
    ["copies", "a", "2022-01", 1],
  ]);
});

test("what was counted before is not counted again", () => {
  expect(told(2n)).toEqual([
    ["events", "story.opened", "", 1],
    ["copies", "a", "2022-01", 1],
  ]);
  expect(told(3n)).toEqual([]);
});
