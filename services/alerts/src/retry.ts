/** What one attempt to deliver came to. `status` is null when no answer came. */
export interface Attempt {
  readonly status: number | null;
  readonly retryAfterSeconds: number;
}

export type Next =
  | { verdict: "delivered" }
  | { verdict: "gone" }
  | { verdict: "retry"; afterSeconds: number }
  | { verdict: "failed" };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Waits before the second attempt, the third …: ten attempts over a little more than three days. */
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
];

export const maxAttempts = waits.length + 1;

/** What follows the `attempts`-th attempt. `random` in [0, 1) spreads the wait by ±20 %. */
export function next(attempt: Attempt, attempts: number, random: number): Next {
  const { status, retryAfterSeconds } = attempt;
  if (status !== null && status >= 200 && status < 300) return { verdict: "delivered" };
  // Standard Webhooks: 410 says that the receiver wants no more of them.
  if (status === 410) return { verdict: "gone" };
  const wait = waits[attempts - 1];
  if (wait === undefined) return { verdict: "failed" };
  const spread = wait * (0.8 + 0.4 * random);
  const asked = Math.min(retryAfterSeconds, day);
  return { verdict: "retry", afterSeconds: Math.round(Math.max(spread, asked)) };
}
