import { expect, test } from "vitest";
import { webLink } from "./link.ts";

test.each([
  ["https://a.example/x", "https://a.example/x"],
  ["http://a.example/", "http://a.example/"],
  ["javascript:alert(1)", null],
  ["JaVaScRiPt:alert(1)", null],
  ["\tjavascript:alert(1)", null],
  ["data:text/html,x", null],
  ["//a.example/x", null],
  ["not an address", null],
  [null, null],
])("%j", (url, expected) => {
  expect(webLink(url)).toBe(expected);
});
