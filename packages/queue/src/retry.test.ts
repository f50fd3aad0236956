import { describe, expect, test } from "vitest";
import { backoffSeconds, pauseAfter, RetryLater } from "./retry.ts";

test.each([
  [1, 5],
  [2, 10],
  [3, 20],
  [8, 640],
  [11, 3600],
  [1_000_000, 3600],
  [0, 5],
])("after start %i the pause is %i s", (starts, seconds) => {
  expect(backoffSeconds(starts)).toBe(seconds);
});

describe("the pause after a failed start", () => {
  test.each([
    [0, 8],
    [0.5, 10],
    [1, 12],
  ])("is spread: with a random %f it is %i s instead of 10", (random, seconds) => {
    expect(pauseAfter(new Error("x"), 2, random)).toBeCloseTo(seconds);
  });
  test("is what the handler asked for, not spread", () => {
    expect(pauseAfter(new RetryLater("busy", 90), 1, 0.9)).toBe(90);
  });
  test("can be set by job", () => {
    expect(pauseAfter(new Error("x"), 3, 0.5, (starts) => starts * 100)).toBeCloseTo(300);
  });
  test.each([
    [-5, 0],
    [Number.NaN, 5],
    [Number.POSITIVE_INFINITY, 5],
    [1e12, 30 * 24 * 3600],
  ])("is a number Postgres can add: %f s asked becomes %i s", (asked, seconds) => {
    expect(pauseAfter(new RetryLater("odd", asked), 1, 0)).toBe(seconds);
  });
});
