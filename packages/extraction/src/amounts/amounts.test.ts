import { describe, expect, it } from "vitest";
import { cut } from "../text/article.ts";
import { findAmounts } from "./find.ts";

const read = (text: string, language: "en" | "es") =>
  findAmounts(cut(text, language)).map(({ kind, value, unit }) => `${kind} ${value} ${unit}`);

describe("amounts", () => {
  it.each<["en" | "es", string, string[]]>([
    ["en", "The bid was worth $5.9 billion in cash.", ["money 5900000000 USD"]],
    ["en", "They ask for US$400 million.", ["money 400000000 USD"]],
    ["en", "It cost 1,234,567 dollars.", ["money 1234567 USD"]],
    ["en", "A fine of two million euros.", ["money 2000000 EUR"]],
    ["en", "Output rose to 200,000 barrels a day.", ["barrels 200000 barrels a day"]],
    ["en", "A ship with 1.5 million barrels left.", ["barrels 1500000 barrels"]],
    [
      "en",
      "He got 13 years in prison, she eight years and ten months in jail.",
      ["sentence 156 months", "sentence 106 months"],
    ],
    ["en", "He was sentenced to eight years.", ["sentence 96 months"]],
    ["en", "He has worked there for eight years.", []],
    ["en", "It opened in 2017 at number 5.", []],
    ["es", "La oferta fue de 5.900 millones de dólares.", ["money 5900000000 USD"]],
    ["es", "Reclaman US$ 400 millones.", ["money 400000000 USD"]],
    ["es", "Pagó 1.234.567,50 bolívares.", ["money 1234567.5 VES"]],
    ["es", "Vale 5,9 mil millones de euros.", ["money 5900000000 EUR"]],
    ["es", "Produce 200.000 barriles diarios.", ["barrels 200000 barrels a day"]],
    ["es", "Recibió 8 años y 10 meses de prisión.", ["sentence 106 months"]],
    ["es", "Trabajó ocho años en la empresa.", []],
  ])("%s: %s", (language, text, expected) => {
    expect(read(text, language)).toEqual(expected);
  });

  it("lie where they say", () => {
    const text = "First. They paid $5 million, and €3 more.";
    for (const one of findAmounts(cut(text, "en")))
      expect(text.slice(one.start, one.end)).toBe(one.text);
  });
});
