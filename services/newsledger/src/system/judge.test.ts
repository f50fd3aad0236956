import { expect, test } from "vitest";
import type { Facts } from "./facts.ts";
import { reasonClass } from "./gauges.ts";
import { duration, judge, size } from "./judge.ts";

const well: Facts = {
  database: {
    bytes: 2e9,
    events: 1e6,
    eventsLastDay: 10_000,
    partitions: 4,
    monthsAhead: 2,
    unpartitioned: false,
    connections: 20,
    maxConnections: 100,
  },
  readers: [{ name: "relay", behind: 0, parked: 0, lagSeconds: 0 }],
  fenceSeconds: 0,
  seal: { ageSeconds: 60, unsealed: true },
  work: [{ job: "extract-item", due: 3, running: 2, quarantined: 0, oldestDueSeconds: 5 }],
  feeds: {
    states: { ok: 20, degraded: 0 },
    failing: {},
    due: 1,
    oldestDueSeconds: 2,
    lastNewItemSeconds: 600,
  },
  deliveries: { pending: { planned: 1 }, failedLastDay: 0, oldestDueSeconds: 1, webhooksOff: 0 },
  digests: {
    pending: 0,
    failedLastDay: 0,
    lastSentSeconds: 3_600,
    overdueSeconds: 0,
    heldSeconds: null,
  },
  diskFreeBytes: 500e9,
};

test("a ledger that is well gives no advice", () => {
  const lines = judge(well, { kind: "postgres" });
  expect(lines.filter(({ state, advice }) => state !== "ok" || advice !== "")).toEqual([]);
  expect(lines.find(({ part }) => part === "database")?.found).toBe(
    "2.0 GB, 20 MB a day; about 1000000 events",
  );
});

test.each<[string, Partial<Facts>, string, "look" | "bad", RegExp]>([
  [
    "a proxy that lets nobody out",
    { feeds: { ...well.feeds, failing: { proxy: 12 } } },
    "proxy",
    "bad",
    /NEWSLEDGER_PROXY/,
  ],
  ["an old fence", { fenceSeconds: 90 }, "fence", "bad", /hangs/],
  [
    "seals that stopped",
    { seal: { ageSeconds: 7_200, unsealed: true } },
    "seals",
    "look",
    /running/,
  ],
  [
    "a reader that put events aside",
    { readers: [{ name: "alerts", behind: 0, parked: 2, lagSeconds: 0 }] },
    "reads: alerts",
    "look",
    /replay alerts/,
  ],
  [
    "a reader that is far behind",
    { readers: [{ name: "alerts", behind: 9, parked: 0, lagSeconds: 7_200 }] },
    "reads: alerts",
    "bad",
    /role running/,
  ],
  [
    "work that waits",
    {
      work: [{ job: "extract-item", due: 9, running: 0, quarantined: 0, oldestDueSeconds: 4_000 }],
    },
    "work: extract-item",
    "bad",
    /role running/,
  ],
  [
    "feeds of which most fail",
    { feeds: { ...well.feeds, states: { ok: 2, dead: 3 } } },
    "feeds",
    "bad",
    /--trouble/,
  ],
  [
    "a long silence",
    { feeds: { ...well.feeds, lastNewItemSeconds: 60 * 3_600 } },
    "news",
    "bad",
    /reach/,
  ],
  [
    "polls that do not happen",
    { feeds: { ...well.feeds, oldestDueSeconds: 5_000 } },
    "polling",
    "bad",
    /poller/,
  ],
  [
    "messages held by a restore",
    { deliveries: { ...well.deliveries, pending: { suspended: 3 } } },
    "deliveries",
    "look",
    /webhooks release/,
  ],
  [
    "mail held by a restore",
    { digests: { ...well.digests, heldSeconds: 60 } },
    "digests",
    "bad",
    /digest release/,
  ],
  [
    "an overdue digest",
    { digests: { ...well.digests, overdueSeconds: 2_000 } },
    "digests",
    "look",
    /mail server/,
  ],
  ["a full disk", { diskFreeBytes: 5e8 }, "disk", "bad", /retire/],
  [
    "a month without a partition",
    { database: { ...well.database, monthsAhead: -1 } },
    "partitions",
    "bad",
    /create tables/,
  ],
])("%s is told, with what to do", (_, change, part, state, advice) => {
  const found = judge({ ...well, ...change }, { kind: "postgres" }).find(
    (one) => one.part === part,
  );
  expect(found?.state).toBe(state);
  expect(found?.advice).toMatch(advice);
});

test.each([
  [{ policy: "allkeys-lru" }, "bad", /noeviction/],
  [{ appendOnly: false }, "look", /appendonly yes/],
  [{ usedBytes: 99, maxBytes: 100 }, "bad", /more memory/],
] as const)("a Redis with %j is told", (change, state, advice) => {
  const redis = {
    kind: "redis",
    problem: null,
    policy: "noeviction",
    appendOnly: true,
    usedBytes: 1,
    maxBytes: 0,
  } as const;
  const found = judge(well, { ...redis, ...change }).find(({ part }) => part === "queue");
  expect(found?.state).toBe(state);
  expect(found?.advice).toMatch(advice);
});

test.each([
  ["press.test answered 503", "503"],
  ["press.test did not finish its answer in time.", "timeout"],
  ["something unheard of", "other"],
  [null, "other"],
])("the reason %j is counted as %s", (reason, expected) => {
  expect(reasonClass(reason)).toBe(expected);
});

test("sizes and durations read as a person says them", () => {
  expect([0, 900, 1_500, 25e6, 3.2e12].map(size)).toEqual([
    "0 B",
    "900 B",
    "1.5 kB",
    "25 MB",
    "3.2 TB",
  ]);
  expect([5, 600, 10_000, 400_000].map(duration)).toEqual(["5 s", "10 min", "3 h", "5 days"]);
});
