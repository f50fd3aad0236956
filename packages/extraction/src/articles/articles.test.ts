import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../knowledge/load.ts";
import { loadTopics } from "../topics/load.ts";
import { matchTopics } from "../topics/match.ts";
import { articleText, understand } from "../understand.ts";
import { english } from "./english.ts";
import type { Expectation } from "./expectation.ts";
import { spanish } from "./spanish.ts";

const knowledge = loadKnowledge();
const topics = loadTopics();

function read({ title, text: body, publishedAt }: Expectation) {
  const text = articleText(title, body);
  const understood = understand({ title, text, publishedAt, url: null, source: "test" }, knowledge);
  const { matches } = matchTopics(topics, {
    title,
    summary: "",
    text,
    entities: understood.entities,
  });
  return { text, understood, matches };
}

const named = (understood: ReturnType<typeof read>["understood"], type: string) =>
  understood.entities.filter((entity) => entity.type === type).map((entity) => entity.name);

const holds = (participants: readonly { name: string }[], names: readonly string[]): boolean =>
  names.every((name) => participants.some((one) => one.name === name));

describe.each([
  ["English", english],
  ["Spanish", spanish],
] as const)("%s articles", (_, articles) => {
  describe.each(articles.map((one) => [one.about, one] as const))("%s", (_about, article) => {
    const { text, understood, matches } = read(article);

    it("topics", () => {
      expect(matches.map((match) => match.topicId)).toEqual(article.topics);
    });
    it("persons", () => {
      expect(named(understood, "person").toSorted()).toEqual([...article.persons].toSorted());
    });
    it("bodies", () => {
      expect(named(understood, "organisation").toSorted()).toEqual([...article.orgs].toSorted());
    });
    it("places", () => {
      expect(named(understood, "place").toSorted()).toEqual([...article.places].toSorted());
    });
    it("dates", () => {
      expect([...new Set(understood.dates.map((date) => date.iso))].toSorted()).toEqual(
        [...article.dates].toSorted(),
      );
    });
    it("occurrences", () => {
      for (const [code, actors, targets, date] of article.events ?? []) {
        const same = understood.occurrences.filter(
          (one) =>
            one.code === code &&
            holds(one.actors, actors) &&
            holds(one.targets, targets) &&
            (date === undefined || one.date === date),
        );
        expect(same, `${code} of ${targets.join(", ") || actors.join(", ")}`).toHaveLength(1);
      }
      for (const code of article.notEvents ?? [])
        expect(understood.occurrences.map((one) => one.code)).not.toContain(code);
    });
    it("quotes", () => {
      const found = understood.quotes.map(({ text: words, speaker }) => [words, speaker] as const);
      for (const [start, speaker] of article.quotes ?? [])
        expect(found.find(([words]) => words.startsWith(start))?.[1]).toBe(speaker);
      expect(found.length).toBeGreaterThanOrEqual(article.quotes?.length ?? 0);
    });
    it("everything lies where it says", () => {
      for (const { mentions } of understood.entities)
        for (const mention of mentions)
          expect(text.slice(mention.start, mention.end)).toBe(mention.text);
      for (const one of [...understood.dates, ...understood.quotes])
        expect(text.slice(one.start, one.end)).toBe(one.text);
      for (const one of understood.occurrences)
        expect(text.slice(one.start, one.end)).toBe(one.sentence);
    });
  });
});
