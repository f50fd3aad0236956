import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../knowledge/load.ts";
import { cut } from "../text/article.ts";
import { listed, resolve } from "./resolve.ts";

const knowledge = loadKnowledge();
const ids = (text: string, language: "en" | "es", type: string) => {
  const article = cut(text, language);
  return listed(article, resolve(article, knowledge))
    .filter((one) => one.type === type)
    .map((one) => one.id ?? one.name);
};

describe("names that more than one bears", () => {
  it.each<["en" | "es", string, string[]]>([
    ["es", "El portero José Pereira jugará en el Caracas de Venezuela.", ["José Pereira"]],
    ["en", "The painter Jorge Toledo lives in Caracas.", ["Jorge Toledo"]],
    ["es", "José Pereira sigue preso en Caracas.", ["jose-angel-pereira"]],
    ["en", "Jorge Toledo, once of Citgo, is home.", ["jorge-toledo"]],
    ["en", "Jorge Rodríguez spoke for Venezuela.", ["jorge-rodriguez"]],
    ["es", "Jorge Rodríguez abrió una panadería en Caracas.", ["Jorge Rodríguez"]],
  ])("%s: %s", (language, text, expected) => {
    expect(ids(text, language, "person")).toEqual(expected);
  });
});

describe("words that are places elsewhere", () => {
  it.each<["en" | "es", string, string[]]>([
    ["es", "Irán a juicio los seis ejecutivos de Citgo.", []],
    ["es", "Irán y Catar firmaron un acuerdo.", ["country-ir", "qatar"]],
    ["es", "Gustavo Cárdenas y Jorge Toledo son de Citgo. Cárdenas y Toledo están libres.", []],
    ["en", "Jorge Toledo of Citgo moved to Toledo, Ohio.", ["toledo-ohio"]],
  ])("%s: %s", (language, text, expected) => {
    expect(ids(text, language, "place")).toEqual(expected);
  });
});
