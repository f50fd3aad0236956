import { expect, test } from "vitest";
import { silenceOf } from "./silence.ts";

const at = (day: string) => new Date(`${day}T12:00:00Z`);

test.each([
  ["a report within the time", at("2026-03-08"), "2026-03-10", false, "2026-03-15"],
  ["the last report is old enough", at("2026-03-02"), "2026-03-10", true, null],
  ["nothing ever, and the rule is new", null, "2026-03-06", false, "2026-03-08"],
  ["nothing since the rule was made", null, "2026-03-08", true, null],
  [
    "an old report does not count against a new rule",
    at("2025-01-01"),
    "2026-03-06",
    false,
    "2026-03-08",
  ],
])("%s", (_, last, now, tell, again) => {
  const found = silenceOf({ last, speaksFrom: at("2026-03-01"), days: 7 }, at(now));
  expect(found.tell).toBe(tell);
  if (again !== null) expect(found.lookAgain).toEqual(at(again));
  else expect(found.lookAgain > at(now)).toBe(true);
});

test("one silence begins once: however often it is looked at, it is the same", () => {
  const quiet = { last: at("2026-03-02"), speaksFrom: at("2026-03-01"), days: 7 };
  const begins = [10, 11, 25].map((day) => silenceOf(quiet, at(`2026-03-${day}`)).since);
  expect(new Set(begins.map(Number)).size).toBe(1);
});
