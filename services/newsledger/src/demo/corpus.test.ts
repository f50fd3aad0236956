import { describe, expect, it } from "vitest";
import { type Article, articlePath, type Kind, paragraphs } from "./article.ts";
import { coverageToday } from "./articles/today.ts";
import { history } from "./corpus.ts";
import { outlet, outletIds } from "./outlets.ts";

const now = new Date("2026-11-24T07:00:00Z");
const day = coverageToday(now);
const articles: Article[] = [...history(), ...day.today, day.missed, day.correction];
const words = (text: string) => paragraphs(text).join(" ").split(" ").length;
const distinct = (pick: (article: Article) => string) => new Set(articles.map(pick)).size;

describe("the simulated coverage", () => {
  it("has unique ids and unique addresses", () => {
    expect(distinct(({ id }) => id)).toBe(articles.length);
    expect(distinct(articlePath)).toBe(articles.length);
  });

  it("is dated with times that parse, from the arrest in 2017 to the day of the demo", () => {
    const times = articles.map(({ publishedAt }) => Date.parse(publishedAt));
    expect(times.filter(Number.isNaN)).toEqual([]);
    expect(new Date(Math.min(...times)).toISOString()).toBe("2017-11-21T23:40:00.000Z");
    expect(Math.max(...times)).toBeLessThan(now.getTime());
  });

  it("is at least two fifths Spanish", () => {
    const spanish = articles.filter((article) => outlet(article.outlet).language === "es");
    expect(spanish.length / articles.length).toBeGreaterThanOrEqual(0.4);
  });

  it.each<[Kind, number]>([
    ["original", 30],
    ["independent", 20],
    ["copy", 6],
    ["cut", 4],
    ["spun", 3],
    ["correction", 2],
    ["distractor", 10],
  ])("has articles of the kind %s", (kind, least) => {
    expect(articles.filter((article) => article.kind === kind).length).toBeGreaterThanOrEqual(
      least,
    );
  });

  it("tells each story in 90 to 350 words, and cuts none below 60", () => {
    const short = articles.filter(({ kind, text }) => words(text) < (kind === "cut" ? 60 : 90));
    const long = articles.filter(({ text }) => words(text) > 350);
    expect([...short, ...long].map(({ id, text }) => [id, words(text)])).toEqual([]);
  });

  it("quotes somebody in every article of its own", () => {
    const own = articles.filter(({ kind }) => kind !== "cut");
    expect(own.filter(({ text }) => !/".+"|«.+»/s.test(text)).map(({ id }) => id)).toEqual([]);
  });

  it("gives every article outside the distractors a story and a topic, and no distractor either", () => {
    for (const { id, kind, story, topics } of articles)
      expect([id, story === null, topics.length === 0]).toEqual([
        id,
        kind === "distractor",
        kind === "distractor",
      ]);
  });

  it("opens each story with an original, and repeats words only of that story", () => {
    const byId = new Map(articles.map((article) => [article.id, article]));
    for (const article of articles.filter(({ copyOf }) => copyOf !== undefined)) {
      const source = byId.get(article.copyOf ?? "");
      expect([article.id, source?.story]).toEqual([article.id, article.story]);
      expect(Date.parse(source?.publishedAt ?? "")).toBeLessThan(Date.parse(article.publishedAt));
    }
    const stories = new Set(articles.flatMap(({ story }) => story ?? []));
    for (const story of stories) {
      const first = articles.find((article) => article.story === story);
      expect([story, first?.kind]).toEqual([story, "original"]);
    }
  });

  it("tells at least ten stories in both languages", () => {
    const languages = Map.groupBy(
      articles.filter(({ story }) => story !== null),
      ({ story }) => story,
    );
    const bilingual = [...languages.values()].filter(
      (members) => new Set(members.map((member) => outlet(member.outlet).language)).size === 2,
    );
    expect(bilingual.length).toBeGreaterThanOrEqual(10);
  });

  it("leaves exactly one outlet without articles: the one that has no feed", () => {
    const silent = outletIds.filter((id) => !articles.some((article) => article.outlet === id));
    expect(silent).toEqual(["isthmus-review"]);
  });
});

describe("the day of the demo", () => {
  it("is written with the weekday of its own clock, in both languages", () => {
    const [english, , spanish] = day.today;
    expect(english?.text).toContain("ordered Citgo on Tuesday, November 24 to list");
    expect(spanish?.text).toContain("ordenó el martes 24 de noviembre a Citgo");
  });

  it("changes one figure in title and text when the outlet edits its report", () => {
    expect(day.edited.id).toBe(day.today[0]?.id);
    expect(day.edited.title).toBe("Houston judge hears $400 million suit of Citgo 6 brothers");
    expect(day.edited.text).toContain("seek $400 million");
    expect(day.edited.text).not.toContain("$40 million");
  });
});
