import { expect, test } from "vitest";
import { recoveryTold, span } from "./span.ts";

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

test.each([
  [{ downSeconds: 5_400 }, "The feed answers again."],
  [{ downSeconds: 5_400, reason: "It brings news again." }, "It brings news again."],
  [
    { downSeconds: 86_400, since: "2026-03-01T07:05:09.120Z", failures: 4 },
    "The feed answers again. It was in trouble for 24 hours, since 2026-03-01 07:05 UTC; 4 polls failed.",
  ],
  [
    { downSeconds: 600, since: "2026-03-01T07:05:09.120Z", failures: 1 },
    "The feed answers again. It was in trouble for 10 minutes, since 2026-03-01 07:05 UTC; 1 poll failed.",
  ],
  [
    { downSeconds: 3 * 86_400, since: "2026-03-01T07:05:09.120Z" },
    "The feed answers again. It was in trouble for 3 days, since 2026-03-01 07:05 UTC.",
  ],
])("of the recovery %j is told: %s", (recovered, told) => {
  expect(recoveryTold(recovered)).toBe(told);
});
