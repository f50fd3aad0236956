import { expect, test } from "vitest";
import { openAllowance } from "./allowance.ts";

test("a client may ask in a burst, then at the pace of the refill", () => {
  const allowance = openAllowance(60, 3);
  const ask = (at: number) => allowance.take("a", at);
  expect([ask(0), ask(0), ask(0)].map(({ left }) => left)).toEqual([2, 1, 0]);
  expect(ask(0)).toEqual({ left: 0, retryAfterSeconds: 1 });
  expect(ask(999).retryAfterSeconds).toBe(1);
  expect(ask(1_000).retryAfterSeconds).toBe(0);
  expect(ask(3_600_000).left).toBe(2);
});

test("one client does not use up another's", () => {
  const allowance = openAllowance(60, 1);
  allowance.take("a", 0);
  expect(allowance.take("a", 0).retryAfterSeconds).toBe(1);
  expect(allowance.take("b", 0).retryAfterSeconds).toBe(0);
});

test("a clock that goes back gives nothing away", () => {
  const allowance = openAllowance(60, 1);
  allowance.take("a", 10_000);
  expect(allowance.take("a", 0).retryAfterSeconds).toBe(1);
});
