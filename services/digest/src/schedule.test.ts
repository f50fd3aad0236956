import { expect, test } from "vitest";
import { checkSchedule, collapse, nextDue, type Schedule, ScheduleInvalid } from "./schedule.ts";

const daily = (at: string, timeZone: string): Schedule => ({ schedule: "daily", at, timeZone });

test.each<[string, Schedule, string, string]>([
  [
    "morning in Caracas",
    daily("07:00", "America/Caracas"),
    "2026-11-24T00:00Z",
    "2026-11-24T11:00Z",
  ],
  ["strictly after", daily("07:00", "America/Caracas"), "2026-11-24T11:00Z", "2026-11-25T11:00Z"],
  [
    "summer time in Houston",
    daily("07:00", "America/Chicago"),
    "2026-07-01T00:00Z",
    "2026-07-01T12:00Z",
  ],
  [
    "winter time in Houston",
    daily("07:00", "America/Chicago"),
    "2026-12-01T00:00Z",
    "2026-12-01T13:00Z",
  ],
  [
    "Mondays",
    { ...daily("07:00", "UTC"), schedule: "weekly" },
    "2026-11-24T08:00Z",
    "2026-11-30T07:00Z",
  ],
  [
    "cron: weekdays at 06:30",
    { ...daily("", "UTC"), schedule: "30 6 * * 1-5" },
    "2026-11-27T07:00Z",
    "2026-11-30T06:30Z",
  ],
  [
    "twice a day",
    { ...daily("", "Europe/Madrid"), schedule: "0 8,20 * * *" },
    "2026-11-24T07:00Z",
    "2026-11-24T19:00Z",
  ],
  ["the day after a leap day", daily("23:59", "UTC"), "2028-02-29T23:59Z", "2028-03-01T23:59Z"],
])("%s", (_, schedule, after, expected) => {
  expect(nextDue(schedule, new Date(after))).toEqual(new Date(expected));
});

/** Every time served from a start to an end, as the loop serves them: always from the last one on. */
function served(schedule: Schedule, from: string, to: string): string[] {
  const times: string[] = [];
  let due = nextDue(schedule, new Date(from));
  while (due <= new Date(to)) {
    times.push(due.toISOString().slice(0, 16));
    // An hour later the loop looks again: the clock may meanwhile have repeated the hour.
    due = collapse(schedule, due, new Date(due.getTime() + 3_000_000)).nextDueAt;
  }
  return times;
}

test.each<[string, Schedule, string, string, string[]]>([
  [
    "the hour that New York skips: once, after the gap",
    daily("02:30", "America/New_York"),
    "2026-03-07T12:00Z",
    "2026-03-09T12:00Z",
    ["2026-03-08T07:30", "2026-03-09T06:30"],
  ],
  [
    "the hour that New York repeats: once",
    daily("01:30", "America/New_York"),
    "2026-10-31T12:00Z",
    "2026-11-02T12:00Z",
    ["2026-11-01T05:30", "2026-11-02T06:30"],
  ],
  [
    "the hour that Madrid skips: once",
    daily("02:30", "Europe/Madrid"),
    "2026-03-28T12:00Z",
    "2026-03-30T12:00Z",
    ["2026-03-29T01:30", "2026-03-30T00:30"],
  ],
  [
    "the hour that Madrid repeats: once",
    daily("02:30", "Europe/Madrid"),
    "2026-10-24T12:00Z",
    "2026-10-26T12:00Z",
    ["2026-10-25T00:30", "2026-10-26T01:30"],
  ],
])("%s", (_, schedule, from, to, expected) => {
  expect(served(schedule, from, to)).toEqual(expected);
});

test("missed runs collapse into the last one", () => {
  const due = new Date("2026-11-01T07:00Z");
  expect(collapse(daily("07:00", "UTC"), due, new Date("2026-11-24T12:00Z"))).toEqual({
    periodEnd: new Date("2026-11-24T07:00Z"),
    nextDueAt: new Date("2026-11-25T07:00Z"),
  });
});

test("nothing missed: the period ends when it was due", () => {
  const due = new Date("2026-11-24T07:00Z");
  expect(collapse(daily("07:00", "UTC"), due, new Date("2026-11-24T07:00:03Z"))).toEqual({
    periodEnd: due,
    nextDueAt: new Date("2026-11-25T07:00Z"),
  });
});

test("after years of silence it is still one, and found at once", () => {
  const due = new Date("2016-11-24T07:00Z");
  const { periodEnd } = collapse(
    { ...daily("", "UTC"), schedule: "*/15 * * * *" },
    due,
    new Date("2026-11-24T12:05Z"),
  );
  expect(periodEnd).toEqual(new Date("2026-11-24T12:00Z"));
});

test("a yearly digest that was missed is served as of when it was due", () => {
  const yearly = { ...daily("", "UTC"), schedule: "0 7 21 11 *" };
  const due = new Date("2025-11-21T07:00Z");
  expect(collapse(yearly, due, new Date("2026-06-01T00:00Z"))).toEqual({
    periodEnd: due,
    nextDueAt: new Date("2026-11-21T07:00Z"),
  });
});

test.each([
  daily("25:00", "UTC"),
  daily("7", "UTC"),
  daily("07:00", "Mars/Olympus"),
  { ...daily("07:00", "UTC"), schedule: "" },
  { ...daily("07:00", "UTC"), schedule: "* * * * * *" },
  { ...daily("07:00", "UTC"), schedule: "every day" },
  { ...daily("07:00", "UTC"), schedule: "* * * * *" },
  { ...daily("07:00", "UTC"), schedule: "0 0 31 2 *" },
])("%j is refused with a sentence", (schedule) => {
  expect(() => checkSchedule(schedule)).toThrow(ScheduleInvalid);
});

test.each([daily("07:00", "America/Caracas"), { ...daily("x", "UTC"), schedule: "0 8,20 * * *" }])(
  "%j is taken",
  (schedule) => {
    expect(() => checkSchedule(schedule)).not.toThrow();
  },
);
