import { describe, expect, it } from "vitest";
import { feedCatalogue } from "./catalogue.ts";
import { canonicalUrl } from "./identity/canonical-url.ts";

const { feeds, templates } = feedCatalogue();
const enabled = feeds.filter((feed) => feed.enabled);

describe("the shipped list of feeds", () => {
  it("has enough to begin with, in both languages", () => {
    expect(enabled.filter(({ language }) => language === "es").length).toBeGreaterThan(30);
    expect(enabled.filter(({ language }) => language === "en").length).toBeGreaterThan(30);
  });

  it("names every feed and every address once", () => {
    const every = [...feeds, ...templates];
    expect(new Set(every.map(({ id }) => id)).size).toBe(every.length);
    expect(new Set(feeds.map(({ url }) => canonicalUrl(url))).size).toBe(feeds.length);
  });

  it("polls nothing whose address is a guess, a search, a social network or a known trap", () => {
    const doubtful = enabled.filter(
      ({ id, kind, evidence }) =>
        evidence.strength === "composed" ||
        /^(search-|social$)/.test(kind) ||
        ["ofac-rss-wrong", "cnn-world-dead", "el-diario-ve"].includes(id),
    );
    expect(doubtful).toEqual([]);
  });

  it("gives state media little weight, and a reason for every feed", () => {
    for (const feed of feeds) {
      expect(feed.evidence.facts.length).toBeGreaterThan(0);
      if (feed.kind === "news-state") expect(feed.weight).toBeLessThanOrEqual(0.5);
    }
  });

  it("keeps addresses with a part to fill in apart", () => {
    expect(templates.length).toBeGreaterThan(0);
    expect(templates.every((template) => !template.enabled)).toBe(true);
    expect(feeds.filter(({ url }) => url.includes("{"))).toEqual([]);
  });
});
