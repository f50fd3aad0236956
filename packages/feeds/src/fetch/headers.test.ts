import { describe, expect, it } from "vitest";
import {
  conditional,
  header,
  maxAgeSeconds,
  pick,
  retryAfterSeconds,
  validatorsOf,
} from "./headers.ts";

const now = Date.UTC(2026, 0, 1);
const inTwoMinutes = new Date(now + 120_000).toUTCString();

describe("Retry-After", () => {
  it.each([
    ["seconds", { "retry-after": "120" }, 120],
    ["a date", { "retry-after": inTwoMinutes }, 120],
    [
      "a date against the server's own clock",
      { "retry-after": "Fri, 02 Jan 2026 00:00:10 GMT", date: "Fri, 02 Jan 2026 00:00:00 GMT" },
      10,
    ],
    ["a past date", { "retry-after": "Mon, 01 Jan 2001 00:00:00 GMT" }, undefined],
    ["nonsense", { "retry-after": "soon" }, undefined],
    ["a year", { "retry-after": "31536000" }, 604_800],
    ["nothing", {}, undefined],
  ])("as %s", (_, headers, seconds) => expect(retryAfterSeconds(headers, now)).toBe(seconds));
});

describe("freshness", () => {
  it.each([
    ["max-age", { "cache-control": "public, max-age=600" }, 600],
    ["max-age less Age", { "cache-control": "max-age=600", age: "100" }, 500],
    ["a stale copy", { "cache-control": "max-age=600", age: "700" }, undefined],
    ["s-maxage, which is for shared caches", { "cache-control": "s-maxage=600" }, undefined],
    ["no-store", { "cache-control": "no-store, max-age=600" }, undefined],
    ["Expires", { expires: inTwoMinutes }, 120],
    ["Expires: 0", { expires: "0" }, undefined],
    ["max-age before Expires", { "cache-control": "max-age=5", expires: inTwoMinutes }, 5],
  ])("by %s", (_, headers, seconds) => expect(maxAgeSeconds(headers, now)).toBe(seconds));
});

describe("validators", () => {
  it("go back byte for byte", () => {
    const validators = validatorsOf({ etag: 'W/"a,b=;c"', "last-modified": "yesterday or so" });
    expect(conditional(validators)).toEqual({
      "if-none-match": 'W/"a,b=;c"',
      "if-modified-since": "yesterday or so",
    });
  });

  it.each(['"\u00e9"', '"a\r\nX: 1"', "", "x".repeat(1025)])("%j is dropped, not sent", (etag) => {
    expect(validatorsOf({ etag })).toEqual({});
    expect(conditional({ etag })).toEqual({});
  });
});

it("of a repeated header the first counts; picked ones are joined and clipped", () => {
  expect(header({ a: ["1", "2"] }, "a")).toBe("1");
  expect(pick({ link: ["<a>", "<b>"], other: "x" }, ["link", "absent"])).toEqual({
    link: "<a>, <b>",
  });
  expect(pick({ link: "x".repeat(9_999) }, ["link"]).link).toHaveLength(2_048);
});
