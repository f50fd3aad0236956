import { expect, test } from "vitest";
import { type PaceFacts, type PaceReason, paceReason } from "./pace.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 1, 0, minutes));
const facts: PaceFacts = {
  ...{ state: "ok", closedRoad: false, failures: 0 },
  ...{ lastPolledAt: at(0), nextPollAt: at(30), intervalSeconds: 1_800, rhythmSeconds: 1_800 },
};

test.each<[PaceReason, Partial<PaceFacts>]>([
  ["rhythm", {}],
  ["rhythm", { nextPollAt: at(33) }],
  ["quiet", { rhythmSeconds: 900 }],
  ["busy", { rhythmSeconds: 3_600 }],
  ["asked", { nextPollAt: at(60) }],
  ["called", { nextPollAt: at(5) }],
  ["failing", { failures: 1, nextPollAt: at(90) }],
  ["dead", { state: "dead", failures: 40, nextPollAt: at(1_440) }],
  ["no-road", { closedRoad: true, failures: 3, nextPollAt: at(3) }],
  ["new", { lastPolledAt: null }],
  ["new", { intervalSeconds: null }],
  ["off", { nextPollAt: null }],
])("it is asked then because: %s (%j)", (reason, changed) => {
  expect(paceReason({ ...facts, ...changed })).toBe(reason);
});
