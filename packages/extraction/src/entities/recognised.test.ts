import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../knowledge/load.ts";
import { cut } from "../text/article.ts";
import { listed, resolve } from "./resolve.ts";

const knowledge = loadKnowledge();
const named = (text: string, language: "en" | "es") => {
  const article = cut(text, language);
  return listed(article, resolve(article, knowledge))
    .filter((one) => one.id === null)
    .map((one) => `${one.type}: ${one.name}`);
};

describe("names that nobody listed", () => {
  it.each<["en" | "es", string, string[]]>([
    [
      "en",
      "The ferry to Vanderhoof left before noon, and Oksana Melnychuk missed it.",
      ["person: Oksana Melnychuk"],
    ],
    [
      "en",
      "A cook from Brookhaven told Priyanka Deshmukh about the storm in Brookhaven.",
      ["place: Brookhaven", "person: Priyanka Deshmukh"],
    ],
    [
      "es",
      "La maestra viajó con Baltasar Iriondo a la costa y luego habló con Iriondo.",
      ["person: Baltasar Iriondo"],
    ],
  ])("%s: %s", (language, text, expected) => {
    expect(named(text, language)).toEqual(expect.arrayContaining(expected));
  });

  it.each<["en" | "es", string]>([
    ["en", "Nine men waited. Three of them slept. Winter came early to the valley."],
    ["es", "El Estado pagó la deuda. Nadie lo agradeció. El invierno llegó temprano."],
  ])("%s: %s has none", (language, text) => {
    expect(named(text, language)).toEqual([]);
  });

  it("never take a word from a known name", () => {
    const article = cut(
      "Amber Energy bid again. The lawyers of Amber left with Tomeu Vadell.",
      "en",
    );
    expect(listed(article, resolve(article, knowledge)).map((one) => one.id)).toEqual([
      "amber-energy",
      "tomeu-vadell",
    ]);
  });

  it("given names wait for the surname that follows", () => {
    const article = cut("Ana María y Luisa Ibarrola salieron de la casa.", "es");
    const names = listed(article, resolve(article, knowledge)).map((one) => one.name);
    expect(names.toSorted()).toEqual(["Ana María Ibarrola", "Luisa Ibarrola"]);
  });
});
