import { expect, test } from "vitest";
import { burstDays, isBurst, type Sensitivity, tail, tellsBurst } from "./burst.ts";

const month = (count: number) => Array.from({ length: 28 }, () => count);

test.each([
  [0, 2, 1],
  [1, 2, 1 - Math.exp(-2)],
  [3, 1, 1 - Math.exp(-1) * 2.5],
])("the chance of at least %d when %d is usual", (count, mean, chance) => {
  expect(tail(count, mean)).toBeCloseTo(chance, 12);
});

test.each([
  ["two stories after a silent month", 2, month(0), false],
  ["three stories after a silent month", 3, month(0), true],
  ["six when two is usual", 6, month(2), false],
  ["nine when two is usual", 9, month(2), true],
  ["twenty when ten is usual", 20, month(10), false],
  ["twenty-three when ten is usual", 23, month(10), true],
])("%s", (_, today, past, burst) => {
  expect(isBurst(today, past)).toBe(burst);
});

test.each([
  [
    "a week's knowledge is the least",
    { today: 9, past: [0, 0, 0, 0, 0, 0], sinceAlarm: null },
    false,
  ],
  [
    "a week's knowledge suffices",
    { today: 9, past: [0, 0, 0, 0, 0, 0, 0], sinceAlarm: null },
    true,
  ],
  ["two days after an alarm it rests", { today: 9, past: month(0), sinceAlarm: 2 }, false],
  ["three days after an alarm it speaks again", { today: 9, past: month(0), sinceAlarm: 3 }, true],
])("%s", (_, counts, told) => {
  expect(tellsBurst(counts, "normal")).toBe(told);
});

/** A fixed sequence of numbers in [0, 1): mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Knuth's way to draw from Poisson(mean): good for small means. */
function poisson(mean: number, random: () => number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > floor; product *= random()) count += 1;
  return count;
}

/** Alarms in years in which nothing special ever happens. */
function alarmsAYear(rate: number, sensitivity: Sensitivity, years: number): number {
  const random = seeded(Math.round(rate * 1000) + 7);
  const past: number[] = [];
  let alarms = 0;
  let sinceAlarm: number | null = null;
  for (let day = 0; day < years * 365; day += 1) {
    const today = poisson(rate, random);
    if (sinceAlarm !== null) sinceAlarm += 1;
    if (tellsBurst({ today, past, sinceAlarm }, sensitivity)) {
      alarms += 1;
      sinceAlarm = 0;
    }
    past.push(today);
    if (past.length > burstDays) past.shift();
  }
  return alarms / years;
}

test.each([0.1, 0.25, 0.5, 1, 2, 5, 10])(
  "at %d stories a day, a year of ordinary days brings at most half a false alarm",
  (rate) => {
    expect(alarmsAYear(rate, "normal", 300)).toBeLessThanOrEqual(0.5);
  },
);

test("the high sensitivity pays for finding more with more false alarms", () => {
  const high = alarmsAYear(2, "high", 100);
  expect(high).toBeGreaterThan(alarmsAYear(2, "normal", 100));
  expect(high).toBeLessThan(5);
});

test("most days with four times the usual are found", () => {
  for (const [rate, least] of [
    [0.5, 0.6],
    [2, 0.35],
    [10, 0.95],
  ] as const) {
    const random = seeded(11);
    let found = 0;
    for (let trial = 0; trial < 400; trial += 1) {
      const past = Array.from({ length: burstDays }, () => poisson(rate, random));
      const today = poisson(Math.max(6, 4 * rate), random);
      if (tellsBurst({ today, past, sinceAlarm: null }, "normal")) found += 1;
    }
    expect(found / 400).toBeGreaterThanOrEqual(least);
  }
});
