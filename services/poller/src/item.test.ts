import type { ParsedFeed, ParsedItem } from "@newsledger/feeds";
import { describe, expect, test } from "vitest";
import { clip, draftsOf, languageOf, publishedOf } from "./item.ts";
import { compare } from "./revise.ts";

const now = new Date("2026-03-10T12:00:00Z");
const feed = { feedId: "gazette", language: null, identity: "guid" as const };

const item = (facts: Partial<ParsedItem> = {}): ParsedItem => ({
  guid: "g1",
  guidIsPermalink: false,
  title: "Harbour reopens",
  titleHtml: null,
  link: "https://gazette.test/harbour?utm_source=rss",
  summary: "Ships return to the harbour.",
  description: null,
  content: null,
  author: "A. Writer",
  published: "2026-03-10T08:00:00.000Z",
  publishedRaw: "Tue, 10 Mar 2026 08:00:00 GMT",
  publishedConfidence: "exact",
  updated: null,
  language: null,
  categories: [],
  enclosures: [],
  ...facts,
});
const parsed = (items: readonly ParsedItem[], language: string | null = null): ParsedFeed => ({
  format: "rss",
  encoding: "utf-8",
  title: "The Gazette",
  titleHtml: null,
  link: null,
  language,
  older: null,
  hub: null,
  self: null,
  ttlSeconds: null,
  updatePeriodSeconds: null,
  items,
  warnings: [],
});
const one = (facts: Partial<ParsedItem> = {}) => {
  const [draft] = draftsOf(feed, parsed([item(facts)]), now).drafts;
  if (!draft) throw new Error("no draft");
  return draft;
};

describe("an item on its way into the ledger", () => {
  test("has its link as given and in canonical form", () => {
    expect(one()).toMatchObject({
      link: "https://gazette.test/harbour?utm_source=rss",
      url: "https://gazette.test/harbour",
    });
  });

  test("the oldest comes first, and each once", () => {
    const items = [
      item({ guid: "c" }),
      item({ guid: "b" }),
      item({ guid: "c" }),
      item({ guid: "a" }),
    ];
    const { drafts } = draftsOf(feed, parsed(items), now);
    const only = (guid: string) => one({ guid }).itemId;
    expect(drafts.map(({ itemId }) => itemId)).toEqual([only("a"), only("b"), only("c")]);
  });

  test("no more than 2,000 are taken from one answer", () => {
    const items = Array.from({ length: 2_100 }, (_, index) => item({ guid: `g${index}` }));
    expect(draftsOf(feed, parsed(items), now).drafts).toHaveLength(2_000);
  });

  test("its full text is kept when it says more than the summary", () => {
    expect(one({ content: "<p>Ships return to the harbour.</p>" }).text).toBeNull();
    const body = `<p>${"The first ship came at dawn. ".repeat(5)}</p>`;
    expect(one({ content: body }).text).toContain("The first ship came at dawn.");
  });

  test("what Postgres cannot hold is replaced, what is endless is clipped", () => {
    const draft = one({
      title: `a\u0000b\ud800${"x".repeat(5_000)}`,
      link: `https://gazette.test/${"y".repeat(5_000)}`,
    });
    expect(draft.title.startsWith("a\ufffdb\ufffdx")).toBe(true);
    expect(draft.title).toHaveLength(1_000);
    expect(draft.link).toBeNull();
    expect(clip("ab\u{1f600}", 3)).toBe("ab\ufffd");
  });

  test("the language that a person set wins over what feed and item claim", () => {
    const claims = parsed([item({ language: "en-US" })], "en");
    expect(draftsOf({ ...feed, language: "es" }, claims, now).drafts[0]?.language).toBe("es");
    expect(draftsOf(feed, claims, now).drafts[0]?.language).toBe("en");
    expect(draftsOf(feed, parsed([item()], "es-VE"), now).drafts[0]?.language).toBe("es");
  });

  test("one that cannot be read is put aside; the others are kept", () => {
    const bad = item({ guid: "bad", content: 7 as unknown as string });
    const { drafts, spoilt } = draftsOf(feed, parsed([item(), bad, item({ guid: "g3" })]), now);
    expect(drafts).toHaveLength(2);
    expect(spoilt).toHaveLength(1);
    expect(spoilt[0]?.excerpt).toContain("Harbour reopens");
    expect(spoilt[0]?.reason).not.toBe("");
  });
});

test.each([
  [
    "2026-03-10T08:00:00Z",
    "raw",
    { publishedAt: new Date("2026-03-10T08:00:00Z"), publishedRaw: null },
  ],
  [
    "2026-03-10T12:05:00Z",
    "raw",
    { publishedAt: new Date("2026-03-10T12:05:00Z"), publishedRaw: null },
  ],
  ["2027-01-01T00:00:00Z", "next year", { publishedAt: now, publishedRaw: "next year" }],
  ["0001-01-01T00:00:00Z", "year one", { publishedAt: null, publishedRaw: "year one" }],
  [null, "yesterday-ish", { publishedAt: null, publishedRaw: "yesterday-ish" }],
  [null, null, { publishedAt: null, publishedRaw: null }],
  ["not a date", null, { publishedAt: null, publishedRaw: "not a date" }],
])("a date %j, written %j, is kept as %j", (published, publishedRaw, kept) => {
  const publishedConfidence = "exact";
  expect(publishedOf({ published, publishedRaw, publishedConfidence }, now)).toEqual(kept);
});

test("a date of which a part was assumed is kept with what the feed wrote", () => {
  const assumed = {
    ...{ published: "2026-03-10T00:00:00Z", publishedRaw: "10 March 2026" },
    publishedConfidence: "assumed",
  } as const;
  expect(publishedOf(assumed, now)).toEqual({
    publishedAt: new Date("2026-03-10T00:00:00Z"),
    publishedRaw: "10 March 2026",
  });
});

test.each([
  ["es-VE", "es"],
  ["EN_us", "en"],
  ["spa", "spa"],
  ["english", null],
  ["", null],
  [null, null],
])("language %j is %j", (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

describe("whether an item is new", () => {
  const known = one();
  test.each<[string, Partial<ParsedItem>, string | string[]]>([
    ["the same", {}, "known"],
    [
      "other tracking parameters",
      { link: "https://gazette.test/harbour?utm_source=mail" },
      "known",
    ],
    ["only the date moved", { published: "2026-03-10T11:00:00.000Z" }, "known"],
    ["a corrected title", { title: "Harbour to reopen" }, ["title"]],
    ["another summary", { summary: "Ships will return." }, ["summary"]],
    [
      "a full text where there was none",
      { content: `<p>${"Long text. ".repeat(20)}</p>` },
      ["text"],
    ],
    ["another address", { link: "https://gazette.test/harbour-2" }, ["link"]],
    ["another author", { author: null }, ["author"]],
    [
      "several at once",
      { title: "New", published: "2026-03-11T00:00:00Z" },
      ["title", "published"],
    ],
  ])("%s", (_, change, expected) => {
    const verdict = compare(known, one(change));
    if (typeof expected === "string") expect(verdict).toEqual({ kind: expected });
    else
      expect(verdict).toEqual({
        kind: "revised",
        previousHash: known.contentHash,
        changed: expected,
      });
  });

  test("one that was never seen is", () => {
    expect(compare(undefined, known)).toEqual({ kind: "new" });
  });
});
