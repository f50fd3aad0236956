import { describe, expect, test } from "vitest";
import { cleanJson, cleanText, errorText } from "./clean.ts";

describe("clean text", () => {
  test.each([
    ["plain ñ 🌎", "plain ñ 🌎"],
    ["a\u0000b", "a\ufffdb"],
    ["half \ud83c", "half \ufffd"],
    ["\udf0e half", "\ufffd half"],
  ])("%j becomes %j", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });
});

describe("clean JSON", () => {
  test("texts are cleaned at every depth, names too", () => {
    expect(cleanJson({ a: ["x\u0000", { "b\u0000": "\ud800" }], n: 1, t: true, z: null })).toEqual({
      a: ["x\ufffd", { "b\ufffd": "\ufffd" }],
      n: 1,
      t: true,
      z: null,
    });
  });
  test("what JSON does not know goes as JSON would have it", () => {
    expect(cleanJson({ at: new Date(0), gone: undefined })).toEqual({
      at: "1970-01-01T00:00:00.000Z",
    });
    expect(cleanJson(undefined)).toBeNull();
  });
});

describe("the text of an error", () => {
  test("tells the causes too", () => {
    const error = new Error("send digest", { cause: new Error("connection refused") });
    expect(errorText(error)).toBe("send digest: connection refused");
  });
  test("is short, clean, and made of whatever was thrown", () => {
    expect(errorText("x".repeat(5000))).toHaveLength(2000);
    expect(errorText(new Error("a\u0000"))).toBe("a\ufffd");
    expect(errorText(null)).toBe("null");
  });
  test("ends, though an error be its own cause", () => {
    const error = new Error("round");
    error.cause = error;
    expect(errorText(error)).toBe("round");
  });
});
