import { expect, test } from "vitest";
import type { Rows } from "./decide.ts";
import { talliesOf } from "./tallies.ts";

const event = (position: bigint, type: string) => ({ position, type }) as Rows["events"][number];
const member = (position: bigint, relation: string, day: string, ...topic_ids: string[]) =>
  ({ position, relation, public_at: new Date(day), topic_ids }) as Rows["story_articles"][number];

const rows = {
  events: [event(1n, "item.seen"), event(2n, "item.seen"), event(3n, "story.opened")],
  articles: [],
  mentions: [],
  occurrences: [],
  story_articles: [
    member(1n, "first", "2021-12-31T23:59:00Z", "a", "b"),
    member(2n, "independent", "2021-12-01T00:00:00Z", "a", "a"),
    member(3n, "copy", "2022-01-01T00:00:00Z", "a"),
  ],
} as unknown as Rows;
const told = (counted: bigint) =>
  talliesOf(rows, new Map(), counted).map(({ kind, key, part, amount }) => [
    ...[kind, key, part, amount],
  ]);

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

test("an article counts for whom it names as it was last understood", () => {
  const mention = (entity_id: string | null, name: string) => ({
    ...{ position: 5n, entity_id, name, type: "person" },
  });
  const deed = { position: 5n, code: "release", actor_ids: ["b"], target_ids: ["a", "a"] };
  const again = {
    ...{ events: [], story_articles: [], articles: [{ position: 5n, source: "El Eco" }] },
    ...{ mentions: [mention("a", "A"), mention("b", "B"), mention(null, "C")] },
    occurrences: [deed],
  } as unknown as Rows;
  const before = {
    source: "El Eco",
    mentions: [{ entity_id: "a", name: "Aa", type: "person" }],
    occurrences: [],
  } as const;
  const counts = (replaced: Parameters<typeof talliesOf>[1]) =>
    talliesOf(again, replaced, 4n).map(({ kind, key, part, amount }) => [
      `${kind} ${key} ${part}`.trim(),
      amount,
    ]);
  const first = Object.fromEntries(counts(new Map()));
  expect(first).toEqual({
    ...{ "named a A": 1, "typed a person": 1, "articles a": 1, "outlets a El Eco": 1 },
    ...{ "named b B": 1, "typed b person": 1, "articles b": 1, "outlets b El Eco": 1 },
    ...{ "acts b release": 1, "suffers a release": 1 },
    ...{ "takes part a release": 1, "takes part b release": 1 },
  });
  expect(Object.fromEntries(counts(new Map([[5n, before]])))).toEqual({
    ...first,
    ...{ "named a Aa": -1, "typed a person": 0, "articles a": 0, "outlets a El Eco": 0 },
  });
});
