import type { CaseTopic } from "@newsledger/readmodels";
import type { Administration } from "./administration.ts";

/** What a reader needs to know of one feed, so that silence and breakage look different. */
export interface FeedSummary {
  feedId: string;
  title: string;
  url: string;
  /**
   * `new` until its first answer; `silent` and `stale` when it answers but brings nothing, or no news; `retired` when it
   * is no longer polled.
   */
  state: "new" | "healthy" | "silent" | "stale" | "degraded" | "dead" | "retired";
  /** When it last answered as a feed should; null if it never did. */
  lastGoodPollAt: Date | null;
  nextPollAt: Date | null;
  /** One sentence for people; null when all is well. */
  reason: string | null;
}

/** One feed with its past: how it is asked and why then, what it brought, and what became of it. */
export interface FeedDetail extends Omit<FeedSummary, "state"> {
  /** `off`: in the list, but not followed. */
  state: FeedSummary["state"] | "off";
  source: string;
  language: string | null;
  items: number;
  polls: number;
  lastPolledAt: Date | null;
  lastNewItemAt: Date | null;
  failures: number;
  failingSince: Date | null;
  intervalSeconds: number | null;
  /** Why it is asked when it is. */
  pace:
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
  /** Its server can say that nothing changed. */
  validators: boolean;
  /** Until when a hub promised to call when it changes. */
  hubUntil: Date | null;
  redirect: { to: string; times: number } | null;
  /** What had to be repaired in its last document, in English. */
  warnings: readonly string[];
  /** What it brought on each of the last days, oldest first. */
  days: readonly { day: string; items: number }[];
  /** The ids of its newest items, the newest first. */
  newest: readonly string[];
  /** Oldest first; `told` in English. */
  history: readonly { at: Date; type: string; told: string }[];
}

/** Routes that another service answers: every request at or below `path`, as it came. A 404 passes on to the next. */
export interface Mount {
  path: string;
  /** `env` holds the connection that the request came by, as the web server knows it. */
  fetch(request: Request, env?: object): Response | Promise<Response>;
}

export interface ApiOptions {
  topics: readonly CaseTopic[];
  version: string;
  feeds?: (() => Promise<readonly FeedSummary[]>) | undefined;
  /** One of them, with its past; null when there is none such. */
  feed?: ((feedId: string) => Promise<FeedDetail | null>) | undefined;
  mounts?: readonly Mount[] | undefined;
  /** What administrators can do; left out: there is nothing to administer here. */
  administration?: Administration | undefined;
  /** Whether /subscribe, among the mounts, takes readers who ask for digests. */
  mailSignUp?: boolean | undefined;
  /** Whether reading needs a key, with limits for everyone; left out: when others than this machine can reach us. */
  guarded?: boolean | undefined;
  /** How much each client may ask where reading needs a key; 600 when left out. */
  requestsPerMinute?: number | undefined;
  /** How long trying out a topic or a rule may take; 30 when left out. */
  trialSeconds?: number | undefined;
}
