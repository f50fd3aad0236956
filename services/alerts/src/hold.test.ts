import { expect, test } from "vitest";
import { holdOf, type Voice } from "./hold.ts";

const voice: Voice = {
  severity: "important",
  quietHours: { timeZone: "America/Caracas", from: "22:00", to: "07:00" },
  throttleMinutes: 60,
  spokeAt: null,
  snoozedUntil: null,
};
const night = "2026-03-02T05:00:00Z"; // one in the morning in Caracas
const noon = "2026-03-02T16:00:00Z";
const evening = "2026-03-03T01:30:00Z"; // half past nine in the evening
const at = (iso: string) => new Date(iso);

test.each<[string, Partial<Voice>, string, string | null]>([
  ["by day it goes at once", {}, noon, null],
  ["by night it waits for the morning", {}, night, "quiet hours 2026-03-02T11:00:00.000Z"],
  ["a critical one does not wait", { severity: "critical" }, night, null],
  ["without quiet hours it goes at once", { quietHours: null }, night, null],
  [
    "soon after another it waits",
    { spokeAt: at("2026-03-02T15:30:00Z") },
    noon,
    "throttled 2026-03-02T16:30:00.000Z",
  ],
  ["an hour after another it goes at once", { spokeAt: at("2026-03-02T15:00:00Z") }, noon, null],
  [
    "without a throttle nothing follows too soon",
    { throttleMinutes: 0, spokeAt: at(noon) },
    noon,
    null,
  ],
  [
    "a throttle holds critical ones too",
    { severity: "critical", spokeAt: at("2026-03-02T15:30:00Z") },
    noon,
    "throttled 2026-03-02T16:30:00.000Z",
  ],
  [
    "snoozed, it waits for the end of that",
    { snoozedUntil: at("2026-03-04T16:00:00Z") },
    night,
    "snoozed 2026-03-04T16:00:00.000Z",
  ],
  [
    "snoozed, a critical one waits too",
    { severity: "critical", snoozedUntil: at("2026-03-04T16:00:00Z") },
    night,
    "snoozed 2026-03-04T16:00:00.000Z",
  ],
  ["a snooze that is over holds nothing", { snoozedUntil: at("2026-03-01T16:00:00Z") }, noon, null],
  [
    "a throttle that ends in the night waits for the morning",
    { spokeAt: at("2026-03-03T01:15:00Z") },
    evening,
    "quiet hours 2026-03-03T11:00:00.000Z",
  ],
  [
    "a snooze that ends in the night waits for the morning",
    { snoozedUntil: at("2026-03-04T05:00:00Z") },
    noon,
    "quiet hours 2026-03-04T11:00:00.000Z",
  ],
  [
    "a snooze that ends before the morning is no more than the night",
    { snoozedUntil: at("2026-03-02T06:00:00Z") },
    night,
    "quiet hours 2026-03-02T11:00:00.000Z",
  ],
])("%s", (_, changes, now, expected) => {
  const hold = holdOf({ ...voice, ...changes }, at(now));
  expect(hold && `${hold.reason} ${hold.until.toISOString()}`).toBe(expected);
});
