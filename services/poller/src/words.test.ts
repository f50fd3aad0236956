import { expect, test } from "vitest";
import { span } from "./words.ts";

test.each([
  [0, "1 minute"],
  [90, "2 minutes"],
  [3_600, "60 minutes"],
  [5_400, "2 hours"],
  [86_400, "24 hours"],
  [3 * 86_400, "3 days"],
  [100 * 86_400, "3 months"],
  [900 * 86_400, "2 years"],
])("%d seconds are %s", (seconds, words) => {
  expect(span(seconds)).toBe(words);
});
