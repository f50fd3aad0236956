import { describe, expect, it } from "vitest";
import { cut } from "./article.ts";
import { fold } from "./fold.ts";
import { languageOf } from "./language.ts";
import { normalise } from "./normalise.ts";
import { sentences } from "./sentence.ts";
import { tokens } from "./token.ts";

const cutUp = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

describe("sentences", () => {
  it.each([
    ["titles do not end a sentence", "Mr. Vance met Dr. Ruiz. They left.", 2],
    ["a month does not end one before its day", "It opened on Nov. 21 in Lara. Rain fell.", 2],
    ["an initial does not", "J. R. Ortega spoke. He left.", 2],
    ["U.S. before a name does not", "The U.S. Embassy closed. Staff flew home.", 2],
    ["U.S. before a new sentence does", "He flew to the U.S. The trip was long.", 2],
    ["EE. UU. inside a sentence does not", "Viajó a EE. UU. con su hija. Volvió.", 2],
    ["a decimal does not", "It fell 3.5 points. Then it rose.", 2],
    ["a question inside quotes does not", "“Why?” asked Ana. Nobody knew.", 2],
    ["Spanish openers begin one", "Llegó tarde. ¿Por qué? Nadie lo sabe.", 3],
    ["a headline without a full stop ends at the blank line", "Six freed\n\nThey came home.", 2],
  ])("%s", (_, text, count) => {
    expect(cutUp(text)).toHaveLength(count);
  });

  it("a line wrapped by hand does not end a sentence", () => {
    const wrapped =
      "The delegation arrived in the capital late in the evening and was taken\nstraight to the palace for talks. It left at dawn.";
    expect(cutUp(wrapped)).toHaveLength(2);
  });

  it("paragraphs are counted", () => {
    expect(sentences("One.\n\nTwo. Three.\nFour.").map((s) => s.paragraph)).toEqual([0, 1, 1, 2]);
  });

  it("of what never ends are cut after a semicolon, a comma or a space, and lose nothing", () => {
    const list = Array.from({ length: 400 }, (_, at) => `vessel number ${at}, of Prado;`).join(" ");
    const cuts = cutUp(`Listed: ${list}`);
    expect(cuts.length).toBeGreaterThan(4);
    expect(Math.max(...cuts.map((one) => one.length))).toBeLessThanOrEqual(1_000);
    expect(cuts.slice(0, -1).every((one) => one.endsWith(";"))).toBe(true);
    expect(cuts.join(" ")).toBe(`Listed: ${list}`);
    expect(cutUp("(".repeat(2_500)).map((one) => one.length)).toEqual([1_000, 1_000, 500]);
  });
});

describe("tokens", () => {
  it("an abbreviation is one word without its dots", () => {
    expect(tokens("EE. UU. y U.S.").map((t) => t.folded)).toEqual(["eeuu", "y", "us"]);
  });
  it("possessives, contractions and Irish names are told apart", () => {
    expect(tokens("Ana’s aunt didn’t see O’Brien").map((t) => t.text)).toEqual(
      "Ana|’s|aunt|didn’t|see|O’Brien".split("|"),
    );
  });
  it("every token lies where it says", () => {
    const text = "Año 2017: «los 6» — dijo Ñáñez.";
    for (const token of tokens(text)) expect(text.slice(token.start, token.end)).toBe(token.text);
  });
});

describe("fold", () => {
  it("takes case and accents away", () => {
    expect(fold("GUAIDÓ Ñáñez")).toBe("guaido nanez");
  });
});

describe("normalise", () => {
  it("finds the way back from composed letters to the original", () => {
    const decomposed = "Guaido\u0301 hablo\u0301 hoy";
    const { text, original } = normalise(decomposed);
    const at = text.indexOf("habló");
    expect(decomposed.slice(original(at), original(at + 5))).toBe("hablo\u0301");
  });
  it("changes nothing that is composed already", () => {
    expect(normalise("Guaidó").original(3)).toBe(3);
  });
});

describe("language", () => {
  it.each([
    ["en", "The judge said that the men were taken to the prison"],
    ["es", "El juez dijo que los hombres fueron llevados a la cárcel"],
    ["other", "O juiz disse que os homens foram levados para a prisão com uma ordem"],
    ["other", "12345"],
  ])("%s by its function words", (language, text) => {
    expect(languageOf(tokens(text).map((t) => t.folded))).toBe(language);
  });

  it("a Spanish paragraph in an English article keeps its own language", () => {
    const english =
      "The company said that it was ready to work with the court and that the sale would go on as planned by the judge in March.";
    const spanish =
      "La empresa dijo que está lista para trabajar con la corte y que la venta se hará como lo ha dicho el juez en el mes de marzo.";
    const article = cut(`${english} ${english}\n\n${spanish}`);
    expect(article.sentences.map((s) => s.language)).toEqual(["en", "en", "es"]);
  });
});
