import type { FeedState } from "./health.ts";

/** Why a feed is asked when it is asked, in one word for programs. */
export type PaceReason =
  | "off"
  | "new"
  | "no-road"
  | "dead"
  | "failing"
  | "asked"
  | "called"
  | "quiet"
  | "busy"
  | "rhythm";

export interface PaceFacts {
  readonly state: FeedState | "off";
  readonly closedRoad: boolean;
  readonly failures: number;
  readonly lastPolledAt: Date | null;
  readonly nextPollAt: Date | null;
  readonly intervalSeconds: number | null;
  /** Half the usual gap between its items. */
  readonly rhythmSeconds: number | null;
}

/** Each poll is moved by up to a tenth, so that feeds do not march in step. */
const spread = 0.15;

export function paceReason(facts: PaceFacts): PaceReason {
  const { lastPolledAt, nextPollAt, intervalSeconds, rhythmSeconds } = facts;
  if (nextPollAt === null) return "off";
  if (lastPolledAt === null || intervalSeconds === null || rhythmSeconds === null) return "new";
  if (facts.closedRoad) return "no-road";
  if (facts.state === "dead") return "dead";
  if (facts.failures > 0) return "failing";
  const wait = (nextPollAt.getTime() - lastPolledAt.getTime()) / 1000;
  if (wait > intervalSeconds * (1 + spread)) return "asked";
  if (wait < intervalSeconds * (1 - spread)) return "called";
  if (intervalSeconds > rhythmSeconds * (1 + spread)) return "quiet";
  return intervalSeconds < rhythmSeconds * (1 - spread) ? "busy" : "rhythm";
}
