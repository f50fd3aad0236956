import { describe, expect, it } from "vitest";
import { english } from "./articles/english.ts";
import { spanish } from "./articles/spanish.ts";
import { signature } from "./copies/signature.ts";
import { loadKnowledge } from "./knowledge/load.ts";
import { readable } from "./page/readable.ts";
import { loadTopics } from "./topics/load.ts";
import { matchTopics } from "./topics/match.ts";
import { understand } from "./understand.ts";

const knowledge = loadKnowledge();
const topics = loadTopics();
const sources = [...english, ...spanish].map(({ title, text }) => `${title}\n\n${text}`);
const shards = [
  "“",
  "”",
  "«",
  '"',
  "’s",
  "\u0301",
  "\ud83d",
  "\0",
  "\n\n",
  "(",
  "—",
  "U.S.",
  "EE. UU.",
  "2017-13-45",
  "31 de febrero de 2021",
  "Nov. 99",
  "Zambrano",
  "José",
  "y",
  "of",
  "<p>",
  "]]>",
  "İ",
  "ﬁ",
  "\u202e",
];

/** A fixed sequence of numbers in [0, 1). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An article torn at random places, with shards pushed in. */
function damaged(seed: number): string {
  const random = sequence(seed);
  let text = sources[seed % sources.length] ?? "";
  for (let round = 0; round < 12; round++) {
    const at = Math.floor(random() * text.length);
    const length = Math.floor(random() * 40);
    const shard = shards[Math.floor(random() * shards.length)] ?? "";
    text = text.slice(0, at) + shard + text.slice(random() < 0.5 ? at : at + length);
  }
  return text;
}

describe("damaged articles", () => {
  it("are read without a fault, and whatever is found lies where it says", () => {
    for (let seed = 1; seed <= 120; seed++) {
      const text = damaged(seed);
      const { entities, dates, quotes, occurrences } = understand(
        { title: "", text, publishedAt: "2021-12-10T00:00:00Z", url: null, source: "" },
        knowledge,
      );
      const spans = [...entities.flatMap((one) => one.mentions), ...dates, ...quotes];
      for (const { start, end, text: said } of spans)
        expect(said.normalize("NFC"), `seed ${seed}`).toBe(text.slice(start, end).normalize("NFC"));
      for (const { start, end, sentence } of occurrences)
        expect(sentence.normalize("NFC"), `seed ${seed}`).toBe(
          text.slice(start, end).normalize("NFC"),
        );
      for (const date of dates) expect(date.iso).toMatch(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/);
    }
  });

  it("match topics with reasons that point at their words", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const text = damaged(seed);
      for (const { reasons } of matchTopics(topics, { title: text.slice(0, 90), summary: "", text })
        .matches)
        for (const { field, start, end, matched } of reasons)
          expect((field === "title" ? text.slice(0, 90) : text).slice(start, end)).toBe(matched);
    }
  });

  it("as pages give text that a database takes, or nothing", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const page = readable(
        `<html><body><p>${damaged(seed)}</p></body></html>`,
        "https://press.test/",
      );
      expect(page?.text.includes("\0") ?? false).toBe(false);
      expect(page?.text.isWellFormed() ?? true).toBe(true);
    }
  });

  it("have signatures of the same form", () => {
    for (let seed = 1; seed <= 50; seed++) expect(signature(damaged(seed)).bands).toHaveLength(32);
  });

  it("a copy of an article gives the same answer every time", () => {
    const [text = ""] = sources;
    const read = () =>
      understand({ title: "", text, publishedAt: null, url: null, source: "" }, knowledge);
    expect(read()).toEqual(read());
  });
});
