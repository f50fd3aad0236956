import type { TopicTier } from "@newsledger/core";
import { describe, expect, it } from "vitest";
import { changesOf, type HistoricMatch } from "./topic-history.ts";

const item = (itemId: string) => ({
  itemId,
  title: itemId,
  source: "Harbour Gazette",
  url: null,
  published: "2022-03-08",
  found: "2022-03-09",
});
const match = (itemId: string, tier: TopicTier): [string, HistoricMatch] => [
  itemId,
  { ...item(itemId), tier, why: "names it: ferry" },
];

describe("a topic replayed over the ledger", () => {
  it("shows what would be new, gone, or told sooner, and nothing else", () => {
    const changes = changesOf({
      known: new Map(["a", "b", "c", "d", "e"].map((id) => [id, item(id)])),
      matches: new Map([match("a", "alert"), match("b", "digest"), match("d", "alert")]),
      recorded: new Map<string, TopicTier>([
        ["b", "digest"],
        ["c", "alert"],
        ["d", "digest"],
      ]),
    });
    expect(changes.map(({ itemId, change, before, now }) => [itemId, change, before, now])).toEqual(
      [
        ["a", "new", null, "alert"],
        ["c", "gone", "alert", null],
        ["d", "tier", "digest", "alert"],
      ],
    );
  });
});
