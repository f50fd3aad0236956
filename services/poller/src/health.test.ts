import { expect, test } from "vitest";
import { type Health, judge, type Outcome, severityOf } from "./health.ts";

const now = new Date("2026-03-10T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const health = (facts: Partial<Health> = {}): Health => ({
  state: "ok",
  failures: 0,
  firstFailureAt: null,
  code: null,
  reason: null,
  ...facts,
});
const failure = (severity: "hard" | "soft" | "temporary" = "temporary"): Outcome => ({
  kind: "failure",
  code: "timeout",
  reason: "press.test did not finish its answer in time.",
  severity,
});

const closed = { ...failure(), code: "proxy", reason: "The proxy at p.test:3128 is away." };

test("a proxy of our own that is closed is said, and held against no feed", () => {
  for (const state of ["new", "ok", "degraded"] as const) {
    const before = health({ state, failures: 9, firstFailureAt: hoursAgo(100) });
    const { code, reason } = { ...closed };
    expect(judge(before, closed, now)).toEqual({
      health: { ...before, code, reason },
      change: null,
    });
  }
  const told = judge(health({ code: "proxy", reason: "away" }), { kind: "success" }, now);
  expect(told).toEqual({ health: health(), change: null });
});

test("one whose rules forbid an address keeps the feed in trouble, and never makes it dead", () => {
  const refused = { ...failure("soft"), code: "proxy-refused" };
  const before = health({ failures: 9, firstFailureAt: hoursAgo(100) });
  expect(judge(before, refused, now)).toMatchObject({
    health: { state: "degraded" },
    change: { type: "feed.degraded", code: "proxy-refused" },
  });
});

test.each<[string, Health, Outcome, Health["state"], string | null]>([
  ["a new feed that answers is ok", health({ state: "new" }), { kind: "success" }, "ok", null],
  ["one failure is nobody's business", health(), failure(), "ok", null],
  ["a new feed that fails once stays new", health({ state: "new" }), failure(), "new", null],
  [
    "the third failure is told",
    health({ failures: 2, firstFailureAt: hoursAgo(1) }),
    failure(),
    "degraded",
    "feed.degraded",
  ],
  [
    "a hard failure is told at once",
    health({ state: "new" }),
    failure("hard"),
    "degraded",
    "feed.degraded",
  ],
  [
    "and told once",
    health({ state: "degraded", failures: 5, firstFailureAt: hoursAgo(5) }),
    failure("hard"),
    "degraded",
    null,
  ],
  [
    "after three days it is dead",
    health({ state: "degraded", failures: 9, firstFailureAt: hoursAgo(72) }),
    failure(),
    "dead",
    "feed.dead",
  ],
  [
    "two failures three days apart are no death",
    health({ failures: 1, firstFailureAt: hoursAgo(80) }),
    failure(),
    "ok",
    null,
  ],
  [
    "a dead feed stays dead, told once",
    health({ state: "dead", failures: 99, firstFailureAt: hoursAgo(99) }),
    failure(),
    "dead",
    null,
  ],
  [
    "a degraded feed that answers has recovered",
    health({ state: "degraded", failures: 3, firstFailureAt: hoursAgo(2) }),
    { kind: "success" },
    "ok",
    "feed.recovered",
  ],
  [
    "a dead one too",
    health({ state: "dead", failures: 30, firstFailureAt: hoursAgo(100) }),
    { kind: "success" },
    "ok",
    "feed.recovered",
  ],
  [
    "failures that were never told recover silently",
    health({ failures: 2, firstFailureAt: hoursAgo(1) }),
    { kind: "success" },
    "ok",
    null,
  ],
  [
    "410 retires a feed",
    health(),
    { kind: "gone", reason: "press.test says it is gone." },
    "retired",
    "feed.retired",
  ],
])("%s", (_, before, outcome, state, told) => {
  const after = judge(before, outcome, now);
  expect(after.health.state).toBe(state);
  expect(after.change?.type ?? null).toBe(told);
});

test("what is told says since when, how often and why", () => {
  const degraded = judge(health({ failures: 2, firstFailureAt: hoursAgo(1) }), failure(), now);
  expect(degraded.change).toEqual({
    type: "feed.degraded",
    code: "timeout",
    reason: "press.test did not finish its answer in time.",
    failures: 3,
  });
  expect(degraded.health).toMatchObject({
    failures: 3,
    firstFailureAt: hoursAgo(1),
    code: "timeout",
  });
  const recovered = judge(degraded.health, { kind: "success" }, now);
  expect(recovered.change).toEqual({
    ...{ type: "feed.recovered", downSeconds: 3600 },
    ...{ since: hoursAgo(1), failures: 3 },
  });
  expect(recovered.health).toEqual(health());
});

test.each([
  [{ hard: true, code: "blocked-address" }, "hard"],
  [{ hard: false, code: "http-404" }, "soft"],
  [{ hard: false, code: "dns" }, "soft"],
  [{ hard: false, code: "http-503" }, "temporary"],
  [{ hard: false, code: "timeout" }, "temporary"],
])("%j is %s", (given, severity) => {
  expect(severityOf(given)).toBe(severity);
});
