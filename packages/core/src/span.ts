/** Spans of time in words, for sentences that people read. */

const units: readonly (readonly [name: string, seconds: number])[] = [
  ["year", 365.25 * 86_400],
  ["month", 30.44 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 years", "2 days", "40 minutes": the largest unit that fits at least one and a half times, so little is lost. */
export function span(seconds: number): string {
  const [name, size] = units.find(([, each]) => seconds >= 1.5 * each) ?? ["minute", 60];
  const count = Math.max(1, Math.round(seconds / size));
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** That a feed is well again, and for how long it was not; events of old did not say since when. */
export function recoveryTold({ reason = "The feed answers again.", ...trouble }: Recovery): string {
  const { downSeconds, since, failures = 0 } = trouble;
  if (since === undefined) return reason;
  const from = since.slice(0, 16).replace("T", " ");
  const polls = failures === 0 ? "" : `; ${failures} ${failures === 1 ? "poll" : "polls"} failed`;
  return `${reason} It was in trouble for ${span(downSeconds)}, since ${from} UTC${polls}.`;
}

interface Recovery {
  readonly reason?: string | undefined;
  readonly downSeconds: number;
  readonly since?: string | undefined;
  readonly failures?: number | undefined;
}
