import type { StoryReport, StoryView } from "@newsledger/readmodels";
import { expect, test } from "vitest";
import { storyPage } from "./story-page.ts";
import { voiceOf } from "./voice.ts";

const hour = (n: number) => new Date(Date.UTC(2021, 11, 10, n));

const report = (documentId: string, more: Partial<StoryReport>): StoryReport => ({
  documentId,
  itemId: `item-of-${documentId}`,
  title: "Six moved to house arrest",
  language: "en",
  relation: "copy",
  source: `Paper ${documentId}`,
  url: null,
  publishedAt: hour(9),
  foundAt: hour(12),
  why: "",
  position: "1",
  byline: null,
  words: 100,
  textHash: null,
  names: [],
  nearest: null,
  ...more,
});

const story = (reports: StoryReport[]): StoryView => ({
  storyId: "s",
  title: "Six moved to house arrest",
  language: "en",
  source: "Paper a",
  url: null,
  publishedAt: hour(9),
  foundAt: hour(12),
  why: "",
  because: [],
  topics: [],
  occurrences: [],
  independent: 1,
  copies: 1,
  lateFind: false,
  backfill: false,
  reports,
  edits: [],
});

const copyOf = (documentId: string) => ({ documentId, method: "containment", score: 1 });

test.each([
  ["published before what it is a copy of", hour(8), true],
  ["published after it", hour(10), false],
  ["published at the same time", hour(9), false],
  ["without a date", null, false],
])("a copy %s: the page says so when it matters", async (_, publishedAt, said) => {
  const reports = [
    report("a", { relation: "first" }),
    report("b", { publishedAt, nearest: copyOf("a") }),
  ];
  const page = await storyPage(voiceOf("en"), story(reports), [], (id) => id);
  expect(String(page).includes("found later, published before")).toBe(said);
});
