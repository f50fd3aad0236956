import { feedCatalogue } from "@newsledger/feeds";
import { expect, test } from "vitest";
import { outletKinds } from "./outlet.ts";

const feed = (changes: object) => ({
  ...{ id: "a", title: "A", language: "en" as const, country: "VE", weight: 1, topics: [] },
  ...{ enabled: true, evidence: { strength: "listed" as const, facts: [] }, mirrors: [] },
  ...{ url: "https://www.daily.example/feed", source: "The Daily", kind: "news-general" as const },
  ...changes,
});
const kindOf = outletKinds({
  feeds: [
    feed({}),
    feed({ url: "https://justice.example.gov/rss", source: "Justice", kind: "government" }),
    feed({ url: "https://search.example/rss?q=x", source: "Search", kind: "search-google" }),
    feed({
      url: "https://free.example/rss",
      source: "Free Press",
      kind: "news-independent",
      mirrors: ["mirror.example/free"],
    }),
  ],
});

test.each([
  ["by its host", "https://daily.example/2026/a", "Anything", "news-general"],
  ["by a host below it", "https://english.daily.example/a", "Anything", "news-general"],
  ["by its mirror", "https://mirror.example/x", "Anything", "news-independent"],
  [
    "by its name, when the address says nothing",
    "https://agg.example/1",
    "the daily ",
    "news-general",
  ],
  ["by its name, without an address", null, "Justice", "government"],
  ["a search is no outlet", "https://search.example/a", "Search", null],
  ["one that nobody has described", "https://other.example/a", "Other", null],
  ["an address that is none", "nonsense", "Other", null],
])("an article's outlet: %s", (_, url, source, expected) => {
  expect(kindOf({ url, source })).toBe(expected);
});

test("the shipped catalogue describes its outlets", () => {
  const shipped = outletKinds(feedCatalogue());
  expect(shipped({ url: "https://efectococuyo.com/x", source: "?" })).toBe("news-independent");
});
