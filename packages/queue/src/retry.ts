/**
 * Thrown by a handler that knows when it is worth trying again, e.g. from a Retry-After. The start still counts, unless it is
 * `blameless`: what stopped it says nothing of this work, and holds all other up as well.
 */
export class RetryLater extends Error {
  override name = "RetryLater";
  readonly afterSeconds: number;
  readonly blameless: boolean;
  constructor(
    message: string,
    afterSeconds: number,
    { blameless = false, ...options }: ErrorOptions & { blameless?: boolean } = {},
  ) {
    super(message, options);
    this.afterSeconds = afterSeconds;
    this.blameless = blameless;
  }
}

const longestSeconds = 30 * 24 * 3600;

/** 5 s, 10 s, 20 s … at most one hour. */
export const backoffSeconds = (starts: number): number =>
  Math.min(5 * 2 ** Math.max(starts - 1, 0), 3600);

/**
 * How long to wait after a failed start. What a handler asked for is kept to the letter; our own pauses are spread by
 * ±20 %, so that what failed together does not come back together. `random` is in [0, 1).
 */
export function pauseAfter(
  error: unknown,
  starts: number,
  random: number,
  backoff: (starts: number) => number = backoffSeconds,
): number {
  const wanted =
    error instanceof RetryLater ? error.afterSeconds : backoff(starts) * (0.8 + 0.4 * random);
  return Number.isFinite(wanted)
    ? Math.min(Math.max(wanted, 0), longestSeconds)
    : backoffSeconds(starts);
}
