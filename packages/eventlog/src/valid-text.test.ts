import { expect, test } from "vitest";
import { assertText, InvalidText, toJson } from "./valid-text.ts";

const loneHalf = "\ud83d";

test("JSON that jsonb can keep comes out unchanged", () => {
  const data = { title: "ñ 😀 \\u0000 as text", nested: [{ n: 1 }, null] };
  expect(toJson(data, "here")).toBe(JSON.stringify(data));
});

test.each([
  ["a NUL in a field", { title: "a\u0000b" }, "data.title"],
  ["a NUL deep inside", { a: [{ b: "x" }, { b: "\u0000" }] }, "data.a[1].b"],
  ["half of a surrogate pair", { title: `cut ${loneHalf}` }, "data.title"],
  ["the other half", ["\ude00"], "data[0]"],
  ["a NUL in a name", { "a\u0000": 1 }, "data: a field name"],
])("%s is refused with the path of the field", (_, data, path) => {
  const attempt = () => toJson(data, "data");
  expect(attempt).toThrow(InvalidText);
  expect(attempt).toThrow(`${path}: holds`);
});

test("what is not JSON at all is refused", () => {
  expect(() => toJson(undefined, "data")).toThrow("data: undefined is not JSON");
});

test("plain text is checked the same way", () => {
  expect(() => assertText("fine 😀", "text")).not.toThrow();
  expect(() => assertText("no\u0000", "text")).toThrow(InvalidText);
  expect(() => assertText(loneHalf, "text")).toThrow(InvalidText);
});
