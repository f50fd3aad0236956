/** Whether it has been silent for too long, and when to look again. */
export interface Quiet {
  /** The last report; null when there was none ever. */
  readonly last: Date | null;
  /** Nobody waited for anything before the rule was made. */
  readonly speaksFrom: Date;
  readonly days: number;
}

export interface Silence {
  /** The beginning of this silence: it is told once. */
  readonly since: Date;
  readonly tell: boolean;
  readonly lookAgain: Date;
}

const hour = 3_600_000;

export function silenceOf({ last, speaksFrom, days }: Quiet, now: Date): Silence {
  const since = last !== null && last > speaksFrom ? last : speaksFrom;
  const due = new Date(since.getTime() + days * 24 * hour);
  const tell = due <= now;
  // A report ends the silence at any time; none can make it due earlier than this.
  return { since, tell, lookAgain: tell ? new Date(now.getTime() + hour) : due };
}
