/** What one attempt to deliver came to. `status` is null when no answer came. */
export interface Attempt {
  /** Taken; for mail there is no status to tell. */
  readonly accepted: boolean;
  readonly status: number | null;
  readonly retryAfterSeconds: number;
  /** Trying again would be of no use. */
  readonly hopeless?: boolean;
}

export type Next =
  | { verdict: "delivered" }
  | { verdict: "gone" }
  | { verdict: "retry"; afterSeconds: number }
  | { verdict: "failed" };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Waits before the second attempt, the third …: eleven attempts, over more than three days however they are spread. */
const waits = [
  5,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  day,
  day,
];

export const maxAttempts = waits.length + 1;

/** What follows the `attempts`-th attempt. `random` in [0, 1) spreads the wait by ±20 %. */
export function next(attempt: Attempt, attempts: number, random: number): Next {
  const { accepted, status, retryAfterSeconds, hopeless = false } = attempt;
  if (accepted) return { verdict: "delivered" };
  // Standard Webhooks: 410 says that the receiver wants no more of them.
  if (status === 410) return { verdict: "gone" };
  if (hopeless) return { verdict: "failed" };
  const wait = waits[attempts - 1];
  if (wait === undefined) return { verdict: "failed" };
  const spread = wait * (0.8 + 0.4 * random);
  const asked = Math.min(retryAfterSeconds, day);
  return { verdict: "retry", afterSeconds: Math.round(Math.max(spread, asked)) };
}
