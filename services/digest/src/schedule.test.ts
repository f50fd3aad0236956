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

/** The digests that a computer composes which is awake only at these times: each time, everything that was missed is one. */
function composed(schedule: Schedule, from: string, awake: readonly string[]): string[] {
  let due = nextDue(schedule, new Date(from));
  return awake.flatMap((time) => {
    const now = new Date(time);
    if (now < due) return [];
    const { periodEnd, nextDueAt } = collapse(schedule, due, now);
    due = nextDueAt;
    return [periodEnd.toISOString().slice(0, 16)];
  });
}

test.each<[string, Schedule, string, string[], string[]]>([
  [
    "a laptop asleep for three days: one digest on waking, then the usual one",
    daily("07:00", "America/Caracas"),
    "2026-11-20T12:00Z",
    ["2026-11-21T11:00Z", "2026-11-24T15:00Z", "2026-11-24T23:00Z", "2026-11-25T11:00Z"],
    ["2026-11-21T11:00", "2026-11-24T11:00", "2026-11-25T11:00"],
  ],
  [
    "asleep over the hour that Chicago skips: one on waking",
    daily("02:30", "America/Chicago"),
    "2026-03-06T12:00Z",
    ["2026-03-07T08:30Z", "2026-03-09T20:00Z", "2026-03-10T07:30Z"],
    ["2026-03-07T08:30", "2026-03-09T07:30", "2026-03-10T07:30"],
  ],
  [
    "asleep over the hour that Madrid repeats: one on waking, and not again an hour later",
    daily("02:30", "Europe/Madrid"),
    "2026-10-24T12:00Z",
    ["2026-10-25T00:40Z", "2026-10-25T01:40Z", "2026-10-26T01:30Z"],
    ["2026-10-25T00:30", "2026-10-26T01:30"],
  ],
  [
    "a week of Mondays missed: one",
    { ...daily("07:00", "Europe/Madrid"), schedule: "weekly" },
    "2026-11-01T12:00Z",
    ["2026-11-02T06:00Z", "2026-11-24T15:00Z", "2026-11-30T06:00Z"],
    ["2026-11-02T06:00", "2026-11-23T06:00", "2026-11-30T06:00"],
  ],
  [
    "weekdays only, asleep over a weekend: nothing was missed",
    { ...daily("", "UTC"), schedule: "30 6 * * 1-5" },
    "2026-11-20T07:00Z",
    ["2026-11-21T12:00Z", "2026-11-22T12:00Z", "2026-11-23T06:30Z"],
    ["2026-11-23T06:30"],
  ],
])("%s", (_, schedule, from, awake, expected) => {
  expect(composed(schedule, from, awake)).toEqual(expected);
});

test("seven in the morning in Caracas and in Madrid are two times, and the difference changes with the clock", () => {
  const hours = (from: string) =>
    ["America/Caracas", "Europe/Madrid"].map((zone) =>
      nextDue(daily("07:00", zone), new Date(from)).toISOString().slice(11, 16),
    );
  expect(hours("2026-07-01T00:00Z")).toEqual(["11:00", "05:00"]);
  expect(hours("2026-12-01T00:00Z")).toEqual(["11:00", "06:00"]);
});

test.each(["America/New_York", "Europe/Madrid", "America/Caracas", "America/Santiago"])(
  "a year of mornings in %s has as many digests as days, each on its own day",
  (timeZone) => {
    const times = served(daily("02:30", timeZone), "2026-01-01T12:00Z", "2027-01-01T11:00Z");
    const local = new Intl.DateTimeFormat("en-CA", { timeZone });
    const days = times.map((time) => local.format(new Date(`${time}Z`)));
    expect(new Set(days).size).toBe(days.length);
    const [first = "", last = ""] = [days[0], days.at(-1)];
    expect(days.length).toBe((Date.parse(last) - Date.parse(first)) / 86_400_000 + 1);
    expect(days.length).toBeGreaterThan(360);
  },
);

test("a clock that changes by half an hour costs some mornings, and not the digest", () => {
  const lordHowe = daily("02:15", "Australia/Lord_Howe");
  const times = served(lordHowe, "2026-04-02T12:00Z", "2026-04-08T12:00Z");
  expect(times.at(-1)).toBe("2026-04-07T15:45");
  expect(times.length).toBeGreaterThanOrEqual(4);
}, 30_000);
