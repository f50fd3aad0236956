import { expect, test } from "vitest";
import { compareQuotes } from "./quotes.ts";

const quote = (text: string, source: string, speaker: string | null = null) => ({
  text,
  source,
  speaker,
  language: "en",
});

test("the same words are one line with all who carry them, whatever their marks; a part belongs to the whole", () => {
  const compared = compareQuotes([
    quote("Nobody told us.", "A"),
    quote("nobody told us – nobody", "B", "Ana"),
    quote("We want them home, now.", "A", "Luis"),
    quote("we want them home now", "C"),
    quote("home", "A"),
  ]);
  expect(compared).toEqual([
    { text: "nobody told us – nobody", speaker: "Ana", language: "en", sources: ["B", "A"] },
    { text: "We want them home, now.", speaker: "Luis", language: "en", sources: ["A", "C"] },
  ]);
});
