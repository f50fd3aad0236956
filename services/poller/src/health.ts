import type { Severity } from "./schedule.ts";

export type FeedState = "new" | "ok" | "degraded" | "dead" | "retired";

export interface Health {
  readonly state: FeedState;
  readonly failures: number;
  readonly firstFailureAt: Date | null;
  /** One word for programs, one sentence for people: what the last failure was; null when all is well. */
  readonly code: string | null;
  readonly reason: string | null;
}

export type Outcome =
  | { readonly kind: "success" }
  | { readonly kind: "gone"; readonly reason: string }
  | {
      readonly kind: "failure";
      readonly code: string;
      readonly reason: string;
      readonly severity: Severity;
    };

/** What has to be told; null when the state did not change in a way that anybody must know. */
export type HealthChange =
  | { readonly type: "feed.degraded" | "feed.dead"; code: string; reason: string; failures: number }
  | {
      readonly type: "feed.recovered";
      downSeconds: number;
      since: Date | null;
      /** Polls that failed. */
      failures: number;
    }
  | { readonly type: "feed.retired"; reason: string }
  | null;

const failuresUntilDegraded = 3;
const dead = 3 * 24 * 60 * 60 * 1000;

/** How one outcome changes a feed's health. A feed is never given up silently: a dead one is still asked daily. */
export function judge(
  health: Health,
  outcome: Outcome,
  now: Date,
): { health: Health; change: HealthChange } {
  if (outcome.kind === "gone") return gone(health, outcome.reason);
  return outcome.kind === "success" ? succeeded(health, now) : failed(health, outcome, now);
}

function succeeded(
  { state, failures, firstFailureAt }: Health,
  now: Date,
): ReturnType<typeof judge> {
  const down = firstFailureAt ? (now.getTime() - firstFailureAt.getTime()) / 1000 : 0;
  const told = state === "degraded" || state === "dead";
  return {
    health: { state: "ok", failures: 0, firstFailureAt: null, code: null, reason: null },
    change: told
      ? {
          ...{ type: "feed.recovered", downSeconds: Math.max(0, Math.round(down)) },
          ...{ since: firstFailureAt, failures },
        }
      : null,
  };
}

function failed(
  before: Health,
  { code, reason, severity }: Extract<Outcome, { kind: "failure" }>,
  now: Date,
): ReturnType<typeof judge> {
  // Nobody asked the feed: that says nothing of it. Why it was not asked is worth knowing all the same.
  if (code === closedRoad) return { health: { ...before, code, reason }, change: null };
  const failures = before.failures + 1;
  const firstFailureAt = before.firstFailureAt ?? now;
  const state = stateAfter(
    before.state,
    failures,
    severity,
    code === "proxy-refused" ? 0 : now.getTime() - firstFailureAt.getTime(),
  );
  const type = state === "dead" ? "feed.dead" : "feed.degraded";
  const told = state !== before.state && (state === "dead" || state === "degraded");
  return {
    health: { state, failures, firstFailureAt, code, reason },
    change: told ? { type, code, reason, failures } : null,
  };
}

function stateAfter(
  state: FeedState,
  failures: number,
  severity: Severity,
  downMs: number,
): FeedState {
  if (state === "dead" || (failures >= failuresUntilDegraded && downMs >= dead)) return "dead";
  if (state === "degraded" || failures >= failuresUntilDegraded || severity === "hard")
    return "degraded";
  return state;
}

function gone({ failures, firstFailureAt }: Health, reason: string): ReturnType<typeof judge> {
  return {
    health: { state: "retired", failures, firstFailureAt, code: "http-410", reason },
    change: { type: "feed.retired", reason },
  };
}

/** The proxy by which feeds are asked does not answer, or not to us. */
export const closedRoad = "proxy";

const soft = new Set([
  "proxy-refused",
  "dns",
  "http-404",
  "http-403",
  "http-401",
  "tls",
  "challenge",
]);

/** Hard: nobody but a person can mend it. Soft: it may come back. Temporary: it usually does. */
export const severityOf = (failure: { readonly hard: boolean; readonly code: string }): Severity =>
  failure.hard ? "hard" : soft.has(failure.code) ? "soft" : "temporary";
