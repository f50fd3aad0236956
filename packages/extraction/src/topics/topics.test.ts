import { describe, expect, it } from "vitest";
import { loadTopics, parseTopic, TopicInvalid } from "./load.ts";
import { matchTopics } from "./match.ts";

const topics = loadTopics();
const tiers = (title: string, summary = "", text?: string) =>
  Object.fromEntries(
    matchTopics(topics, { title, summary, text }).matches.map((m) => [m.topicId, m.tier]),
  );

describe("the shipped topics", () => {
  it.each<[string, string, Record<string, string>]>([
    ["Citgo 6 families mark four years", "", { "citgo-6": "alert", "us-venezuela": "alert" }],
    ["Los seis de Citgo vuelven a la cárcel", "", { "citgo-6": "alert", "us-venezuela": "alert" }],
    ["CITGO-6 FAMILIES ASK FOR HELP", "", { "citgo-6": "alert", "us-venezuela": "alert" }],
    ["Tomeu Vadell home in Louisiana", "", { "citgo-6": "alert", "us-venezuela": "alert" }],
    ["Jorge Toledo wins the village race", "", {}],
    ["Jorge Toledo remains in a Caracas cell", "", { "citgo-6": "alert" }],
    ["Goalkeeper José Pereira signs for Caracas", "He trained in Venezuela before", {}],
    ["El lateral Gustavo Cárdenas ficha en Caracas", "Jugó tres años en Venezuela", {}],
    ["José Pereira, preso en Venezuela, cumple años", "", { "citgo-6": "alert" }],
    ["Judge delays trial of former Citgo executives", "", { "citgo-6": "alert" }],
    ["Exjecutivos de Citgo demandan a la empresa", "", { "citgo-6": "alert" }],
    ["Exdirectivos de Citgo, a juicio en Caracas", "", { "citgo-6": "alert" }],
    ["Citgo sign glows again over Fenway Park", "Executives freed the old bulbs", {}],
    ["Clerk arrested at Citgo gas station", "", {}],
    ["US lifts sanctions on Venezuela’s gold", "", { "us-venezuela": "alert" }],
    ["They told us Venezuela is lovely in spring, and oil is cheap", "", {}],
    ["EE. UU. alivia sanciones a Venezuela", "", { "us-venezuela": "alert" }],
    ["Delaware judge approves Citgo sale", "", { "us-venezuela": "alert" }],
    ["Venezuela beats United States in baseball final", "Fans filled Caracas", {}],
    ["Baseball player detained in Venezuela, US embassy says", "", { "us-venezuela": "alert" }],
    ["Plátano maduro con queso: la receta de Washington", "", {}],
    ["Maduro receives White House envoy", "", { "us-venezuela": "alert" }],
    ["Venezuela and the United States", "", { "us-venezuela": "digest" }],
    ["Toledo museum opens a glass show", "Visitors come from all over Ohio", {}],
    ["JEP colombiana cita a exmilitares", "", {}],
  ])("%s", (title, summary, expected) => {
    expect(tiers(title, summary)).toEqual(expected);
  });

  it("a true story survives a caption about the Citgo sign", () => {
    const text =
      "The Citgo sign near Fenway Park.\n\nThe families of the Citgo 6 spoke in Houston.";
    expect(tiers("Families speak", "", text)).toMatchObject({ "citgo-6": "alert" });
  });

  it("a paragraph deep in the page is enough for the digest, not for an alert", () => {
    const filler = `${"The ministry spoke about roads and bridges and schools for a long time. ".repeat(12)}\n\n`;
    const text = `${filler}Separately, Venezuela said that Washington had eased oil sanctions.`;
    expect(tiers("A busy day at the ministry", "", text)).toEqual({ "us-venezuela": "digest" });
  });

  it("every reason points at the words that it shows", () => {
    const item = {
      title: "«Los seis de Citgo»: un año más",
      summary: "EE. UU. pide a Caracas la liberación de los detenidos",
      text: "Los ejecutivos de Citgo siguen presos en Venezuela, según Washington.",
    };
    const { matches } = matchTopics(topics, item);
    expect(matches).toHaveLength(2);
    for (const { reasons } of matches)
      for (const { field, start, end, matched } of reasons)
        expect(item[field].slice(start, end)).toBe(matched);
  });
});

describe("entities as terms", () => {
  const topic = (hint: string) => `
id: wait
version: 1
title: { en: Wait, es: Espera }
about: { en: Wait, es: Espera }
subjects: [matthew-heath]
terms: { who: ["entity:matthew-heath"] }
rules: [{ rule: names him, any: [who], tier: alert }]
hints: ["${hint}"]
`;
  it("stand for every spelling that the knowledge holds", () => {
    const found = matchTopics([parseTopic(topic("role:detained in Venezuela"), "wait")], {
      title: "Matthew John Heath writes home",
      summary: "",
    });
    expect(found.matches[0]?.reasons[0]?.matched).toBe("Matthew John Heath");
  });
  it("that nobody bears are refused when the topic is read", () => {
    expect(() => parseTopic(topic("role:astronaut"), "wait")).toThrow(TopicInvalid);
  });
});

describe("the shortlist", () => {
  const why = (title: string, summary = "") => matchTopics(topics, { title, summary }).shortlist;
  it.each([
    ["Citgo names a new finance chief", "mentions “Citgo” (title) and says little more"],
    [
      "Protestas en Caracas por la falta de agua",
      "mentions “Caracas” (title) and says little more",
    ],
  ])("%s is worth a look", (title, reason) => {
    expect(why(title)).toBe(reason);
  });
  it.each([
    ["Rain expected in Boston", "Showers and wind until Sunday evening."],
    ["Arepas venezolanas: la receta de mi abuela", ""],
    ["", ""],
  ])("%s is not", (title, summary) => {
    expect(why(title, summary)).toBeNull();
  });
  it.each([
    ["Se sabe poco de Osman Khan", "Sus vecinos preguntan por él."],
    ["Neighbours of Eyvin Hernández wait", "He has not called since spring."],
  ])("%s: one who is known to be detained", (title, summary) => {
    expect(why(title, summary)).toMatch(/mentions/);
  });
  it("a title with nothing beside it decides nothing: the page is read", () => {
    expect(why("A quiet visit")).toBe("the feed gives only a title");
  });
  it("what matches is not on the shortlist as well", () => {
    expect(why("Citgo 6 freed")).toBeNull();
  });
});

describe("a topic that cannot be used", () => {
  it("says which list is missing", () => {
    const yaml = `
id: x
version: 1
title: { en: X, es: X }
about: { en: X, es: X }
subjects: [venezuela]
terms: { a: [one] }
rules: [{ rule: r, any: [b], tier: alert }]
hints: [one]`;
    expect(() => parseTopic(yaml, "x.yaml")).toThrow(/x\.yaml.*no list of terms is called "b"/);
  });
  it("is refused when it is no YAML at all", () => {
    expect(() => parseTopic("{{", "bad")).toThrow(TopicInvalid);
  });
});
