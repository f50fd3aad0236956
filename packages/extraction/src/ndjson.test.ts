import { describe, expect, it } from "vitest";
import { extractNdjsonLine } from "./ndjson.ts";

const answer = (article: unknown): Record<string, unknown> =>
  JSON.parse(extractNdjsonLine(typeof article === "string" ? article : JSON.stringify(article)));

describe("extract --ndjson", () => {
  const article = {
    id: "a1",
    lang: "en",
    url: "https://press.test/1",
    source: "Harbour Gazette",
    title: "Envoy meets the Citgo 6",
    publishedAt: "2021-12-10T12:00:00Z",
    text: "Roger Carstens visited the six executives, Tomeu Vadell, José Luis and Alirio Zambrano among them, at El Helicoide on Tuesday. “They are strong,” Carstens said. Ric Grennell wrote nothing; Laurena Carolina Corniels Ruiz is the judge.",
  };
  const result = answer(article);

  it("keeps the id and names the topics", () => {
    expect(result).toMatchObject({ id: "a1", topics: ["citgo-6", "us-venezuela"] });
  });
  it("lists each person once, with the forms in the text, and never a corrupted one", () => {
    expect(result.persons).toEqual([
      { name: "Roger Carstens", aliases: ["Carstens"], entity: "roger-carstens" },
      { name: "Tomeu Vadell", aliases: [], entity: "tomeu-vadell" },
      { name: "José Luis Zambrano", aliases: ["José Luis"], entity: "jose-luis-zambrano" },
      { name: "Alirio Zambrano", aliases: [], entity: "alirio-jose-zambrano" },
      { name: "Ric Grennell", aliases: [] },
      { name: "Lorena Cornielles", aliases: [], entity: "lorena-cornielles" },
    ]);
  });
  it("gives dates, quotes with speakers, and occurrences", () => {
    expect(result.dates).toMatchObject([{ iso: "2021-12-07", precision: "day", text: "Tuesday" }]);
    expect(result.quotes).toMatchObject([{ text: "They are strong", speaker: "Roger Carstens" }]);
    expect(result.events).toMatchObject([
      { code: "meet", actor: ["Roger Carstens"], target: ["Citgo 6"], date: "2021-12-07" },
    ]);
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ["a line that is not JSON", "{", { id: null, error: "the line is not JSON" }],
    ["a line without an id", { text: "x" }, { id: null }],
    ["a field of the wrong kind", { id: 7, text: ["x"] }, { id: 7 }],
    ["an empty line", "", { id: null }],
  ])("%s is answered, not thrown", (_, line, expected) => {
    const got = answer(line);
    expect(got).toMatchObject(expected);
    expect(got.error).toEqual(expect.any(String));
  });

  it.each([
    ["nothing but an id", { id: 1 }],
    ["no date of publication", { id: 1, title: "Venezuela", text: "On Tuesday they met." }],
    ["a date that is none", { id: 1, text: "On Tuesday they met.", publishedAt: "soon" }],
    ["half characters and NUL", { id: 1, text: "On Tuesday \ud800 \0 they met “\udfff”." }],
    [
      "a language that we do not read",
      {
        id: 1,
        text: "Der Richter hat das Urteil am Dienstag nicht gesprochen und die Verhandlung vertagt.",
      },
    ],
    ["only marks", { id: 1, text: '“”«»‘’""((()))…;:,.-–—' }],
  ])("%s is read like any article", (_, line) => {
    expect(answer(line)).toMatchObject({ id: 1, topics: [], persons: [], events: [] });
  });
});
