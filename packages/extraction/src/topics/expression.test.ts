import { describe, expect, it } from "vitest";
import { parseTopic, TopicInvalid } from "./load.ts";
import { matchTopics, type ToMatch } from "./match.ts";

const topic = (when: string, more = "") =>
  parseTopic(
    `
id: harbour
version: 1
title: { en: Harbour, es: Puerto }
about: { en: Harbour, es: Puerto }
subjects: [citgo]
terms: { boats: [ferry, trawler*] }
rules: [{ rule: told, when: ${JSON.stringify(when)}, tier: alert${more} }]
hints: [harbour]
`,
    "harbour",
  );
const item = (title: string, text = "", more: Partial<ToMatch> = {}): ToMatch => ({
  title,
  summary: "",
  text,
  ...more,
});
const words = (when: string, one: ToMatch, more?: string) =>
  matchTopics([topic(when, more)], one).matches[0]?.reasons.map(({ matched }) => matched);

describe("what a rule may say", () => {
  it.each<[string, ToMatch, string[] | undefined]>([
    ["storm AND harbour", item("Storm over the harbour"), ["Storm", "harbour"]],
    ["storm harbour", item("Storm over the harbour"), ["Storm", "harbour"]],
    ["storm AND harbour", item("Storm over the hills"), undefined],
    ["storm OR flood*", item("Flooding in the hills"), ["Flooding"]],
    ["storm AND NOT football", item("Storm stops the football final"), undefined],
    ["storm AND NOT title:football", item("Storm", "The football was wet."), ["Storm"]],
    ['"house arrest" OR title:"life sentence"', item("A house, an arrest"), undefined],
    ['"house arrest"', item("Under HOUSE-ARREST since May"), ["HOUSE-ARREST"]],
    ["(storm OR wind) AND (ferry OR bridge)", item("Wind closes bridge"), ["Wind", "bridge"]],
    ["NEAR/3(ferry, storm)", item("Ferry lost in the storm"), undefined],
    ["NEAR/4(ferry, storm)", item("Ferry lost in the storm"), ["Ferry", "storm"]],
    ["NEAR/4(ferry, storm)", item("Ferry", "Storm"), undefined],
    ["list:boats AND storm", item("Trawlers in a storm"), ["Trawlers", "storm"]],
    [
      "entity:tomeu-vadell",
      item("Letter to Tomeu Vadell Recalde"),
      ["Tomeu Vadell", "Tomeu Vadell Recalde"],
    ],
    ["opening:storm", item("Weather", `${"calm ".repeat(80)} storm`), undefined],
  ])("%s on %j", (when, one, expected) => {
    expect(words(when, one)).toEqual(expected);
  });

  it("asks what the article tells, and shows the sentence", () => {
    const told = {
      code: "arrest" as const,
      actors: [],
      targets: [],
      sentence: "They were arrested.",
      start: 0,
      end: 19,
    };
    const one = item("Ferry news", "They were arrested.", { occurrences: [told] });
    expect(words("ferry AND occurrence:arrest", one)).toEqual(["Ferry", "They were arrested."]);
    expect(words("ferry AND occurrence:release", one)).toBeUndefined();
  });

  it("keeps to its languages and its field", () => {
    const spanish = item("Ferry", "", { language: "es-VE" });
    expect(words("ferry", spanish, ", languages: [en]")).toBeUndefined();
    expect(words("ferry", spanish, ", languages: [es]")).toEqual(["Ferry"]);
    expect(words("ferry", item("Ferry"), ", in: text")).toBeUndefined();
  });
});

describe("what cannot be read", () => {
  it.each([
    ["storm AND", "ends too early"],
    ["(storm", "closing bracket"],
    ["storm)", "nothing is expected"],
    ["NOT storm", "say what must"],
    ["storm OR NOT wind", "say what must"],
    ['"storm', "quotation mark"],
    ["NEAR/3(storm)", "two things"],
    ["occurrence:picnic", "no occurrence"],
    ["list:planes", "no list"],
    ["entity:nobody-at-all", "nobody is known"],
    ["title:*", "no word"],
    [`${"(".repeat(40)}a${")".repeat(40)}`, "deeper"],
    ["a ".repeat(1500), "longer"],
  ])("%s: %s", (when, reason) => {
    expect(() => topic(when)).toThrow(TopicInvalid);
    expect(() => topic(when)).toThrow(reason);
  });
});
