import { expect, test } from "vitest";
import { nextRound } from "./reconciler.ts";

test.each([
  ["nothing is known to fall due", 5, [], 5],
  ["sources do not know", 5, [null, null], 5],
  ["it falls due later", 5, [60, null], 5],
  ["it falls due before: just after that moment", 5, [60, 1.2], 1.25],
  ["it falls due all the time: not without a pause", 5, [0, -3], 0.05],
])("the reconciler comes again, when %s", (_, every, moments, seconds) => {
  expect(nextRound(every, moments)).toBeCloseTo(seconds);
});
