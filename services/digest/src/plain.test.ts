import { expect, test } from "vitest";
import { line, safeUrl } from "./plain.ts";

test.each([
  ["Two\r\nBcc: evil@example.org", "Two Bcc: evil@example.org"],
  ["a\u0000b\u0007c", "a b c"],
  ["evil \u202etxt.exe", "evil txt.exe"],
  ["\u{f0000}marker\ue000", "marker"],
  ["half \ud83d character", "half \ufffd character"],
  ["  many   spaces\t", "many spaces"],
  ["Ñandú «señal» 😀", "Ñandú «señal» 😀"],
  ["line\u2028separator", "line separator"],
])("%j becomes %j", (text, expected) => {
  expect(line(text)).toBe(expected);
});

test("a long line is cut between characters", () => {
  const cut = line("😀".repeat(50), 20);
  expect(cut.length).toBeLessThanOrEqual(20);
  expect(cut.isWellFormed()).toBe(true);
  expect(cut.endsWith("…")).toBe(true);
});

test.each([
  ["https://news.example/a?b=1", "https://news.example/a?b=1"],
  ["http://news.example", "http://news.example/"],
  ["javascript:alert(1)", null],
  [" JaVaScRiPt:alert(1)", null],
  ["data:text/html,x", null],
  ["/relative", null],
  ["", null],
  [null, null],
])("the link %j becomes %j", (url, expected) => {
  expect(safeUrl(url)).toBe(expected);
});
