import { expect, test } from "vitest";
import { english } from "./english.ts";
import { spanish } from "./spanish.ts";
import { chooseLanguage, voiceOf } from "./voice.ts";

const nothing = { query: undefined, cookie: undefined, accept: undefined };

test.each([
  [{}, "en"],
  [{ accept: "es-VE,es;q=0.9,en;q=0.8" }, "es"],
  [{ accept: "en;q=0.5, es" }, "es"],
  [{ accept: "de-DE, fr;q=0.8" }, "en"],
  [{ accept: "es;q=0" }, "en"],
  [{ accept: "es", cookie: "en" }, "en"],
  [{ accept: "en", cookie: "en", query: "es" }, "es"],
  [{ query: "xx", cookie: "es" }, "es"],
] as const)("%j is answered in %s", (asked, language) => {
  expect(chooseLanguage({ ...nothing, ...asked })).toBe(language);
});

test("dates, moments and numbers read as each language writes them", () => {
  const [en, es] = [voiceOf("en"), voiceOf("es")];
  expect([en.date("2021-12-07"), es.date("2021-12-07")]).toEqual(["7 Dec 2021", "7 dic 2021"]);
  expect(es.date("2021-12")).toBe("diciembre de 2021");
  expect(es.moment(new Date("2021-12-07T06:33:00Z"))).toBe("7 dic 2021, 06:33 UTC");
  expect([en.count(1, "copy"), es.count(12_000, "copy")]).toEqual(["1 copy", "12.000 copias"]);
});

test("no sentence is left untranslated", () => {
  const alike = Object.keys(english).filter((key) => {
    const [a, b] = [english, spanish].map((texts) => texts[key as keyof typeof english]);
    return typeof a === "string" && a === b;
  });
  expect(alike).toEqual([]);
});
