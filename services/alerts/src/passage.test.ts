import { expect, test } from "vitest";
import { passage } from "./passage.ts";

const quoteOf = (text: string, word: string): string => {
  const start = text.indexOf(word);
  return passage(text, start, start + word.length).quote;
};

test.each([
  ["One came. Two met Ana Prado in Lima. Three left.", "Ana Prado", "Two met Ana Prado in Lima."],
  ["Ana Prado spoke first. Then others.", "Ana Prado", "Ana Prado spoke first."],
  ["A title without an end\nAna Prado said no\nMore", "Ana Prado", "Ana Prado said no"],
  ["He said «no.» Ana Prado said “yes.” Nobody else.", "Ana Prado", "Ana Prado said “yes.”"],
  ["Ana Prado", "Ana Prado", "Ana Prado"],
])("in %j the sentence of %j is %j", (text, word, quote) => {
  expect(quoteOf(text, word)).toBe(quote);
});

test("the offsets are those of the quotation in the text", () => {
  const text = "One.   Two met Ana Prado in Lima.   Three.";
  const start = text.indexOf("Ana");
  const found = passage(text, start, start + 9);
  expect(text.slice(found.start, found.end)).toBe(found.quote);
});

test("a text without sentences is cut, around the span", () => {
  const text = `${"x ".repeat(5_000)}Ana Prado${" y".repeat(5_000)}`;
  const quote = quoteOf(text, "Ana Prado");
  expect(quote.length).toBeLessThanOrEqual(330);
  expect(quote).toContain("Ana Prado");
});

test("a cut never leaves half a character", () => {
  for (const shift of ["", "x"]) {
    const text = `${shift}${"😀".repeat(400)}Ana Prado${"😀".repeat(400)}`;
    const start = text.indexOf("Ana");
    const found = passage(text, start, start + 9);
    expect(found.quote.isWellFormed()).toBe(true);
    expect(text.slice(found.start, found.end)).toBe(found.quote);
  }
});
