/** Far more than usual: a test on counts alone, so that it is the same on every reading of the ledger. */

export type Sensitivity = "normal" | "high";

/** How unlikely a day must be, were it a usual one. */
const levels: Readonly<Record<Sensitivity, number>> = { normal: 0.001, high: 0.01 };

/** So many days make what is usual. */
export const burstDays = 28;
/** With fewer days behind it, nothing is known to be usual. */
const leastDays = 7;
/** After an alarm, the next days are part of it. */
const restDays = 2;
const leastStories = 3;

export interface DailyCounts {
  /** New stories of the day so far. */
  readonly today: number;
  /** New stories of each day before, at most the last 28: stories, not their copies. */
  readonly past: readonly number[];
  /** Days since this rule last told of a burst; null: never. */
  readonly sinceAlarm: number | null;
}

export const tellsBurst = (counts: DailyCounts, sensitivity: Sensitivity): boolean =>
  counts.past.length >= leastDays &&
  (counts.sinceAlarm === null || counts.sinceAlarm > restDays) &&
  isBurst(counts.today, counts.past, levels[sensitivity]);

/** Whether today stands out. Half a story is added to the past: a silent month does not make one story a burst. */
export function isBurst(today: number, past: readonly number[], p = 0.001): boolean {
  const sum = past.reduce((total, count) => total + count, 0);
  return today >= leastStories && tail(today, (sum + 0.5) / (past.length + 1)) < p;
}

/** P(X ≥ count) for a Poisson variable. */
export function tail(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let below = term;
  for (let i = 1; i < count; i += 1) {
    term *= mean / i;
    below += term;
  }
  return count <= 0 ? 1 : Math.max(0, 1 - below);
}
