import { describe, expect, it } from "vitest";
import { parseTopic, type Topic } from "./load.ts";
import { matchTopics, type ToMatch } from "./match.ts";

const topic = (number: number, rule: string): Topic =>
  parseTopic(
    `
id: harbour-${number}
version: 1
title: { en: Harbour, es: Puerto }
about: { en: Harbour, es: Puerto }
subjects: [${number % 2 ? "citgo-6" : "jorge-toledo"}]
terms: { boats: [ferry${number}, trawler*, "oil lighterage ${number}"] }
rules: [{ ${rule}, tier: alert }]
must not: [regatta]
hints: [harbour${number}]
`,
    `harbour-${number}`,
  );
const many = Array.from({ length: 60 }, (_, number) =>
  topic(
    number,
    number % 3 === 0
      ? 'rule: told, when: "occurrence:arrest AND NOT football"'
      : "rule: boats, any: [boats]",
  ),
);
const told = { code: "arrest" as const, actors: [], targets: [], sentence: "", start: 0, end: 0 };
const toledo = { id: "jorge-toledo", type: "person" as const, name: "Jorge Toledo", mentions: [] };

describe("many topics at once", () => {
  it.each<[string, ToMatch]>([
    ["a word of one", { title: "Ferry7 sinks", summary: "" }],
    ["a stem of all", { title: "Trawlers at sea", summary: "" }],
    ["a phrase", { title: "", summary: "The oil lighterage 13 began" }],
    ["a misspelt word of a phrase", { title: "Oil lighterge 13", summary: "" }],
    [
      "a hint",
      { title: "Harbour22 quiet", summary: "Nothing moved in the fog for the whole of the day" },
    ],
    ["what bars", { title: "Regatta of trawlers", summary: "" }],
    [
      "nothing",
      { title: "Weather", summary: "It rained in the hills for the whole of the day and night" },
    ],
    [
      "what the article tells",
      { title: "Night", summary: "", text: "They came.", occurrences: [told] },
    ],
    ["a subject", { title: "Night", summary: "", text: "Toledo came.", entities: [toledo] }],
  ])("%s gives what asking each of them gives", (_, item) => {
    const each = many.map((one) => matchTopics([one], item));
    expect(matchTopics(many, item).matches).toEqual(each.flatMap(({ matches }) => matches));
    const hinted = each
      .map(({ shortlist }) => shortlist)
      .filter((why) => why?.startsWith("mentions"));
    if (hinted.length > 0 && each.every(({ matches }) => matches.length === 0))
      expect(matchTopics(many, item).shortlist).toBe(hinted[0]);
  });
});
