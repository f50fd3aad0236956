import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../knowledge/load.ts";
import { understand } from "../understand.ts";

const knowledge = loadKnowledge();

/** Who and what is named, as `type:id or name`, for each mention in the order of the text. */
function named(text: string): string[] {
  const { entities } = understand(
    { title: "", text, publishedAt: "2026-03-02T12:00:00Z", url: null, source: "Gazette" },
    knowledge,
  );
  return entities
    .flatMap(({ id, name, type, mentions }) =>
      mentions.map(({ start }) => ({ start, name: `${type}:${id ?? name}` })),
    )
    .toSorted((a, b) => a.start - b.start)
    .map((one) => one.name);
}

describe("two people with one surname", () => {
  it.each<[string, string[]]>([
    [
      "Prosecutor Tarek William Saab spoke of Alex Saab. Saab was arrested in Caracas.",
      ["person:tarek-william-saab", "person:alex-saab", "place:caracas"],
    ],
    [
      "Delcy Rodríguez y su hermano Jorge Rodríguez, presidente de la Asamblea Nacional, viajaron. Rodríguez no habló.",
      ["person:delcy-rodriguez", "person:jorge-rodriguez", "organisation:asamblea-nacional"],
    ],
    [
      "Ana Prado met the lawyer Luis Prado on Tuesday. Prado said nothing. Luis Prado left first.",
      ["person:Ana Prado", "person:Luis Prado", "person:Luis Prado"],
    ],
    [
      "Alex Saab, businessman, and Jason Saad, an American, were both in the news. Saab denied it, and Saad was freed.",
      ["person:alex-saab", "person:jason-saad", "person:alex-saab", "person:jason-saad"],
    ],
    [
      "The brothers José Luis Zambrano and Alirio José Zambrano, held with Citgo's others, wrote. Their brother Alirio Rafael Zambrano read it aloud.",
      [
        "person:jose-luis-zambrano",
        "person:alirio-jose-zambrano",
        "organisation:citgo",
        "person:alirio-rafael-zambrano",
      ],
    ],
  ])("%s", (text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});

describe("a person and a place", () => {
  it.each<[string, string[]]>([
    [
      "Jorge Toledo, the former Citgo manager, was born far from Toledo, Ohio.",
      ["person:jorge-toledo", "organisation:citgo", "place:toledo-ohio"],
    ],
    ["La maestra Rosa Caracas vive en Valencia.", ["person:Rosa Caracas", "place:valencia"]],
    [
      "Antonio Sucre, pescador, salió de Cumaná, estado Sucre.",
      ["person:Antonio Sucre", "place:cumana", "place:town-ve-sucre-state"],
    ],
    ["Simón Bolívar nació en Caracas.", ["person:Simón Bolívar", "place:caracas"]],
    [
      "The singer Carlos Miranda sang in Miranda state.",
      ["person:Carlos Miranda", "place:town-ve-miranda-state"],
    ],
    [
      "Denzel Washington visited Washington, D.C., in May. Washington said little.",
      ["person:Denzel Washington", "place:washington", "person:Denzel Washington"],
    ],
    [
      "The actor Quvenzhané Houston flew from Houston to Caracas.",
      ["person:Quvenzhané Houston", "place:houston", "place:caracas"],
    ],
    [
      "Ana Toledo viajó a Toledo. Luis vio a Toledo en la calle.",
      ["person:Ana Toledo", "place:toledo-ohio", "person:Ana Toledo"],
    ],
    ["Senator Rick Scott spoke of Scott County.", ["person:rick-scott", "place:Scott County"]],
    [
      "George Washington University is in Washington.",
      ["organisation:George Washington University", "place:washington"],
    ],
  ])("%s", (text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});

describe("a Spanish common word", () => {
  it.each<[string, string[]]>([
    ["Se cortó el cabello y comió un plátano maduro.", []],
    ["El plátano está maduro. Maduro, sabe mejor.", []],
    ["El presidente Maduro comió un plátano maduro.", ["person:nicolas-maduro"]],
    [
      "Nicolás Maduro y Diosdado Cabello hablaron. Cabello se rió y Maduro calló.",
      [
        "person:nicolas-maduro",
        "person:diosdado-cabello",
        "person:diosdado-cabello",
        "person:nicolas-maduro",
      ],
    ],
    ["Cabello largo y cabello corto: qué se lleva este año.", []],
    ["Irán a la plaza cuando termine la guerra.", []],
    ["Granada de mano halló la policía en un patio.", []],
    [
      "La ministra Blanca Guerra pidió calma. Guerra viajó después.",
      ["person:Blanca Guerra", "person:Blanca Guerra"],
    ],
  ])("%s", (text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});
