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
