import { expect, test } from "vitest";
import { isTimeZone, quietUntil } from "./quiet.ts";

const until = (timeZone: string, from: string, to: string, at: string) =>
  quietUntil({ timeZone, from, to }, new Date(at))?.toISOString() ?? null;

test.each([
  ["before they begin", "22:00", "07:00", "2026-03-02T01:59:30Z", null],
  ["at their first minute", "22:00", "07:00", "2026-03-02T02:00:00Z", "2026-03-02T11:00:00.000Z"],
  ["after midnight", "22:00", "07:00", "2026-03-02T08:30:20Z", "2026-03-02T11:00:00.000Z"],
  ["a minute before the end", "22:00", "07:00", "2026-03-02T10:59:40Z", "2026-03-02T11:00:00.000Z"],
  ["at the end", "22:00", "07:00", "2026-03-02T11:00:00Z", null],
  ["within one day", "13:00", "15:00", "2026-03-02T17:30:00Z", "2026-03-02T19:00:00.000Z"],
  ["outside within one day", "13:00", "15:00", "2026-03-02T19:30:00Z", null],
])("quiet hours in Caracas, %s", (_, from, to, at, expected) => {
  expect(until("America/Caracas", from, to, at)).toBe(expected);
});

test.each([
  ["the clocks go forward", "America/Chicago", "2026-03-08T05:00:00Z", "2026-03-08T12:00:00.000Z"],
  ["the clocks go back", "America/Chicago", "2026-11-01T04:00:00Z", "2026-11-01T13:00:00.000Z"],
  ["in Madrid, forward", "Europe/Madrid", "2026-03-28T22:30:00Z", "2026-03-29T05:00:00.000Z"],
  [
    "on an island that shifts by half an hour",
    "Australia/Lord_Howe",
    "2026-10-03T12:30:00Z",
    "2026-10-03T20:00:00.000Z",
  ],
])("they end at seven by the clock on the wall when %s", (_, zone, at, expected) => {
  expect(until(zone, "22:00", "07:00", at)).toBe(expected);
});

test("an end that the clock leaps over is when it leaps", () => {
  expect(until("America/Chicago", "22:00", "02:30", "2026-03-08T06:00:00Z")).toBe(
    "2026-03-08T08:00:00.000Z",
  );
});

test("an end that the clock shows twice is the first of them", () => {
  expect(until("America/Chicago", "22:00", "01:30", "2026-11-01T05:00:00Z")).toBe(
    "2026-11-01T06:30:00.000Z",
  );
});

test("the end always lies ahead, and is quiet no more", () => {
  const zones = ["America/Caracas", "America/Chicago", "Europe/Madrid", "Asia/Kathmandu"];
  for (const zone of zones)
    for (let hour = 0; hour < 24 * 366; hour += 61) {
      const at = new Date(Date.UTC(2026, 0, 1, hour, 17));
      const quiet = { timeZone: zone, from: "21:30", to: "06:45" };
      const end = quietUntil(quiet, at);
      if (end === null) continue;
      expect(end.getTime()).toBeGreaterThan(at.getTime());
      expect(end.getTime() - at.getTime()).toBeLessThan(12 * 3_600_000);
      expect(quietUntil(quiet, end)).toBeNull();
    }
});

test.each([
  ["America/Caracas", true],
  ["UTC", true],
  ["+02:00", false],
  ["Mars/Olympus", false],
  ["", false],
])("%s as a time zone: %s", (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
