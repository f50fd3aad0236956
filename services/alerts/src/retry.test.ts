import { expect, test } from "vitest";
import { maxAttempts, next } from "./retry.ts";

const middle = 0.5; // no spread
const after = (attempts: number, retryAfterSeconds = 0, random = middle) =>
  next({ accepted: false, status: 500, retryAfterSeconds }, attempts, random);

test("eleven attempts over more than three days, however they are spread; then it is given up", () => {
  const waits = Array.from({ length: maxAttempts }, (_, i) => after(i + 1));
  expect(waits.map((wait) => ("afterSeconds" in wait ? wait.afterSeconds : wait.verdict))).toEqual([
    5,
    300,
    1_800,
    7_200,
    18_000,
    36_000,
    50_400,
    72_000,
    86_400,
    86_400,
    "failed",
  ]);
  const total = waits.reduce(
    (sum, wait) => sum + ("afterSeconds" in wait ? wait.afterSeconds : 0),
    0,
  );
  expect(total * 0.8).toBeGreaterThan(3 * 86_400);
  expect(total * 1.2).toBeLessThan(5 * 86_400);
});

test("waits are spread by a fifth either way", () => {
  expect(after(2, 0, 0)).toEqual({ verdict: "retry", afterSeconds: 240 });
  expect(after(2, 0, 0.9999)).toEqual({ verdict: "retry", afterSeconds: 360 });
});

test.each([
  [200, "delivered"],
  [204, "delivered"],
  [299, "delivered"],
  [301, "retry"],
  [307, "retry"],
  [400, "retry"],
  [404, "retry"],
  [410, "gone"],
  [429, "retry"],
  [503, "retry"],
  [null, "retry"],
])("an answer of %s means %s", (status, then) => {
  const accepted = status !== null && status < 300;
  expect(next({ accepted, status, retryAfterSeconds: 0 }, 1, middle).verdict).toBe(then);
});

test("Retry-After lengthens the wait, never shortens it, and is capped at a day", () => {
  expect(after(1, 120)).toEqual({ verdict: "retry", afterSeconds: 120 });
  expect(after(3, 120)).toEqual({ verdict: "retry", afterSeconds: 1_800 });
  expect(after(1, 999_999)).toEqual({ verdict: "retry", afterSeconds: 86_400 });
});

test("what was refused for good is not tried again", () => {
  const refused = { accepted: false, status: null, retryAfterSeconds: 0, hopeless: true };
  expect(next(refused, 1, middle)).toEqual({ verdict: "failed" });
});
