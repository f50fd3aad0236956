import { describe, expect, it } from "vitest";
import { cleanLine, cleanText, clip, foldLine } from "./clean.ts";

describe("clean text", () => {
  it.each([
    ["NUL, which Postgres refuses", "a\u0000b", "ab"],
    ["controls but line breaks and tabs", "a\u0007\u001bb\tc\nd\r", "ab\tc\nd\r"],
    ["direction overrides", "safe\u202egpj.exe\u2066", "safegpj.exe"],
    ["byte order marks inside", "\ufeffa\ufeffb\uffff", "ab"],
    ["lone surrogates", "a\ud800b", "a\ufffdb"],
    ["whole pairs", "🕊 paz", "🕊 paz"],
    ["windows-1252 in disguise", "don\u0092t \u0093now\u0094", "don’t “now”"],
    ["controls that are no character there either", "a\u0081b", "ab"],
    ["marks of right-to-left languages", "\u200fשלום", "\u200fשלום"],
  ])("%s", (_, dirty, clean) => expect(cleanText(dirty)).toBe(clean));

  it("on one line", () =>
    expect(cleanLine("  one\r\n two\u00a0\u0000 three ")).toBe("one two three"));
});

describe("clipping", () => {
  it("leaves what fits", () => expect(clip("abc", 3)).toBe("abc"));
  it("marks what was cut", () => expect(clip("abcdef", 4)).toBe("abc…"));
  it("never cuts a pair in two", () => expect(clip("ab🕊🕊", 4)).toBe("ab…"));
});

it.each([
  "a b",
  "a  b",
  " a\tb ",
  "a \n b",
  "a\n b",
  "\u00a0a \u2003 b\u3000",
  "a\r\n\r\nb  c d\te",
])("white space of %j is folded as if each run of it were replaced", (text) => {
  expect(foldLine(text)).toBe(text.replace(/\s+/g, " ").trim());
});
