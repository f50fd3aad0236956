import type { Severity } from "@newsledger/core";
import { type QuietHours, quietUntil } from "./quiet.ts";

/** Alerts are always raised; what may wait is only the telling. */
export interface Voice {
  readonly severity: Severity;
  readonly quietHours: QuietHours | null;
  readonly throttleMinutes: number;
  /** When the rule last spoke at once. */
  readonly spokeAt: Date | null;
  readonly snoozedUntil: Date | null;
}

export interface Hold {
  readonly until: Date;
  readonly reason: "quiet hours" | "snoozed" | "throttled";
}

/** Until when an alert is held back, and why: the longest reason counts. Null: it goes at once. */
export function holdOf(voice: Voice, now: Date): Hold | null {
  const { severity, quietHours, throttleMinutes, spokeAt, snoozedUntil } = voice;
  const quiet = quietHours === null || severity === "critical" ? null : quietUntil(quietHours, now);
  const throttled =
    spokeAt === null ? null : new Date(spokeAt.getTime() + throttleMinutes * 60_000);
  const reasons: readonly (readonly [Hold["reason"], Date | null])[] = [
    ["snoozed", snoozedUntil],
    ["quiet hours", quiet],
    ["throttled", throttled],
  ];
  let hold: Hold | null = null;
  for (const [reason, until] of reasons)
    if (until !== null && until > now && (hold === null || until > hold.until))
      hold = { until, reason };
  if (
    hold === null ||
    hold.reason === "quiet hours" ||
    quietHours === null ||
    severity === "critical"
  )
    return hold;
  // What ends in the night waits for the morning.
  const morning = quietUntil(quietHours, hold.until);
  return morning === null ? hold : { until: morning, reason: "quiet hours" };
}
