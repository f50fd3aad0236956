import { describe, expect, test } from "vitest";
import { type Answer, medianGapSeconds, nextPoll, phaseOf } from "./schedule.ts";

const limits = { minIntervalSeconds: 300, defaultIntervalSeconds: 900, maxIntervalSeconds: 86_400 };
const pace = { intervalSeconds: 900, rhythmSeconds: 900 };
const middle = { phase: 0.5, courteous: true };

const items = (facts: Partial<Extract<Answer, { kind: "items" }>> = {}): Answer => ({
  kind: "items",
  total: 20,
  fresh: 10,
  publishedAt: [],
  advertisedSeconds: null,
  maxAgeSeconds: null,
  retryAfterSeconds: null,
  hasValidators: true,
  ...facts,
});
const failed = (facts: Partial<Extract<Answer, { kind: "failed" }>> = {}): Answer => ({
  kind: "failed",
  failures: 1,
  severity: "temporary",
  retryAfterSeconds: null,
  dead: false,
  ...facts,
});
const unchanged = (maxAgeSeconds: number | null = null): Answer => ({
  kind: "unchanged",
  maxAgeSeconds,
});
const everyHours = (hours: number, count = 10): Date[] =>
  Array.from(
    { length: count },
    (_, index) => new Date(Date.UTC(2026, 0, 10) - index * hours * 3_600_000),
  );

describe("the next poll", () => {
  test.each<[string, Answer, number]>([
    ["our own proxy is closed: soon, for it costs no stranger anything", { kind: "no-road" }, 450],
    ["half of the items new: the interval stays", items(), 900],
    ["hardly any new: longer", items({ fresh: 1 }), 1350],
    ["nearly all new, some may have been missed: shorter", items({ fresh: 18 }), 450],
    ["an empty feed: longer", items({ total: 0, fresh: 0 }), 1350],
    ["unchanged: longer", unchanged(), 1350],
    [
      "an item every six hours: towards three hours, not at once",
      items({ publishedAt: everyHours(6) }),
      5400,
    ],
    [
      "an item a week: never slower than the longest interval",
      items({ fresh: 0, publishedAt: everyHours(168) }),
      43_200,
    ],
    [
      "an item a minute: never faster than the shortest interval",
      items({ fresh: 20, publishedAt: everyHours(1 / 60) }),
      450,
    ],
    ["the feed's ttl is kept", items({ advertisedSeconds: 7200 }), 7200],
    ["an absurd ttl is cut to the longest interval", items({ advertisedSeconds: 9e9 }), 86_400],
    ["max-age is kept", items({ maxAgeSeconds: 3600 }), 3600],
    ["max-age of an unchanged answer is kept", unchanged(3600), 3600],
    ["Retry-After is kept", items({ retryAfterSeconds: 5000 }), 5000],
    ["Retry-After is believed up to a day", items({ retryAfterSeconds: 600_000 }), 86_400],
    ["without validators half an hour at least", items({ hasValidators: false }), 1800],
    ["a passing failure: a little later", failed(), 1125],
    ["a soft failure: later", failed({ severity: "soft" }), 1350],
    ["a hard failure: twice as late", failed({ severity: "hard" }), 1800],
    ["ten failures: linear, not exponential", failed({ failures: 10 }), 3150],
    ["a thousand failures: daily", failed({ failures: 1000, severity: "hard" }), 86_400],
    ["a dead feed: daily", failed({ failures: 3, dead: true }), 86_400],
    [
      "a failure with a Retry-After of weeks: a day at first",
      failed({ retryAfterSeconds: 9e6 }),
      86_400,
    ],
    [
      "said again: as long as it asks",
      failed({ failures: 2, retryAfterSeconds: 400_000 }),
      400_000,
    ],
    ["and at most a week", failed({ failures: 2, retryAfterSeconds: 9e6 }), 604_800],
    ["a failure with Retry-After waits as long", failed({ retryAfterSeconds: 4000 }), 4000],
  ])("%s", (_, answer, seconds) => {
    expect(nextPoll(pace, answer, limits, middle).afterSeconds).toBe(seconds);
  });

  test.each([0, 0.25, 0.5, 0.999])(
    "is spread by at most a tenth and never below the shortest interval (%d)",
    (phase) => {
      const { afterSeconds } = nextPoll(pace, items(), limits, { phase, courteous: true });
      expect(afterSeconds).toBeGreaterThanOrEqual(810);
      expect(afterSeconds).toBeLessThanOrEqual(990);
      const quick = { intervalSeconds: 300, rhythmSeconds: 300 };
      expect(
        nextPoll(quick, items(), limits, { phase, courteous: true }).afterSeconds,
      ).toBeGreaterThanOrEqual(300);
    },
  );

  test("before anything is known of a feed, the default interval is the measure", () => {
    const next = nextPoll(null, items(), { ...limits, defaultIntervalSeconds: 2000 }, middle);
    expect(next).toEqual({ intervalSeconds: 2000, rhythmSeconds: 2000, afterSeconds: 2000 });
  });

  test("hosts that the operator opened are spared nothing", () => {
    const answer = items({ hasValidators: false });
    expect(nextPoll(pace, answer, limits, { phase: 0.5, courteous: false }).afterSeconds).toBe(900);
  });

  test("however long it stays quiet, the interval stays near the feed's rhythm", () => {
    let now = pace;
    for (let polls = 0; polls < 50; polls++) now = nextPoll(now, unchanged(), limits, middle);
    expect(now.intervalSeconds).toBe(3600);
  });

  test("limits of a second or two are kept, whatever the feed's rhythm", () => {
    const fast = { minIntervalSeconds: 1, defaultIntervalSeconds: 1, maxIntervalSeconds: 2 };
    let now = { intervalSeconds: 1, rhythmSeconds: 1 };
    for (const answer of [
      items({ publishedAt: everyHours(6) }),
      unchanged(),
      failed({ severity: "hard", failures: 9 }),
    ]) {
      const next = nextPoll(now, answer, fast, { phase: 0.9, courteous: true });
      expect(next.afterSeconds).toBeGreaterThanOrEqual(1);
      expect(next.afterSeconds).toBeLessThanOrEqual(2);
      now = next;
    }
  });
});

test.each([
  [[], null],
  [everyHours(1, 2), null],
  [everyHours(1, 3), 3600],
  [[...everyHours(1, 5), new Date(0)], 3600],
])("the usual gap between %j", (times, gap) => {
  expect(medianGapSeconds(times)).toBe(gap);
});

test("phases of a thousand feeds fill the range evenly, and are the same every time", () => {
  const phases = Array.from({ length: 1000 }, (_, index) => phaseOf(`feed-${index}`, 1));
  expect(phases.every((phase) => phase >= 0 && phase < 1)).toBe(true);
  for (const low of [0, 0.25, 0.5, 0.75]) {
    const share = phases.filter((phase) => phase >= low && phase < low + 0.25).length;
    expect(share).toBeGreaterThan(200);
    expect(share).toBeLessThan(300);
  }
  expect(phaseOf("feed-1", 1)).toBe(phases[1]);
  expect(phaseOf("feed-1", 2)).not.toBe(phases[1]);
});
