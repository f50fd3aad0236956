import { type IdentityScheme, isLocal, type Reader } from "@newsledger/feeds";
import { sql } from "kysely";
import type { StandingConcern } from "./concern.ts";
import type { FeedState, Health } from "./health.ts";
import type { Portrait } from "./portrait.ts";
import type { Pace } from "./schedule.ts";

/** A feed as a poll needs it. */
export interface Feed {
  readonly feedId: string;
  readonly url: string;
  readonly title: string;
  readonly titled: boolean;
  readonly source: string | null;
  readonly language: string | null;
  readonly hostKey: string;
  readonly history: boolean;
  readonly health: Health;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  readonly identity: IdentityScheme;
  readonly redirectTo: string | null;
  readonly redirectCount: number;
  /** Null before the first poll. */
  readonly pace: Pace | null;
  /** How often it was polled before. */
  readonly polls: number;
  readonly lastSuccessAt: Date | null;
  readonly reader: Reader;
  /** Null before its first items. */
  readonly portrait: Portrait | null;
  readonly concern: StandingConcern | null;
  /** Items were missing from its last document, and wait to be missed once more. */
  readonly missing: boolean;
}

export interface FeedRow {
  feed_id: string;
  url: string;
  title: string;
  titled: boolean;
  source: string | null;
  language: string | null;
  host_key: string;
  history: boolean;
  state: FeedState;
  state_code: string | null;
  state_reason: string | null;
  failure_count: number;
  first_failure_at: Date | null;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  identity: IdentityScheme;
  redirect_to: string | null;
  redirect_count: number;
  interval_seconds: number | null;
  rhythm_seconds: number | null;
  polls: string;
  last_success_at: Date | null;
  reader: Reader;
  portrait: Portrait | null;
  concern_code: StandingConcern["code"] | null;
  concern_reason: string | null;
  concern_since: Date | null;
  missing: boolean;
}

/** What a poll reads of a row: less than half of it. */
export const feedColumns = sql.raw(
  "feed_id, url, title, titled, source, language, host_key, history, state, state_code, state_reason, " +
    "failure_count, first_failure_at, etag, last_modified, body_hash, identity, redirect_to, redirect_count, " +
    "interval_seconds, rhythm_seconds, polls, last_success_at, reader, portrait, concern_code, concern_reason, " +
    "concern_since, missing",
);

export const feedOf = (row: FeedRow): Feed => ({
  feedId: row.feed_id,
  url: row.url,
  title: row.title,
  titled: row.titled,
  source: row.source,
  language: row.language,
  hostKey: row.host_key,
  history: row.history,
  health: {
    state: row.state,
    failures: row.failure_count,
    firstFailureAt: row.first_failure_at,
    code: row.state_code,
    reason: row.state_reason,
  },
  etag: row.etag,
  lastModified: row.last_modified,
  bodyHash: row.body_hash,
  identity: row.identity,
  redirectTo: row.redirect_to,
  redirectCount: row.redirect_count,
  pace:
    row.interval_seconds === null || row.rhythm_seconds === null
      ? null
      : { intervalSeconds: row.interval_seconds, rhythmSeconds: row.rhythm_seconds },
  polls: Number(row.polls),
  lastSuccessAt: row.last_success_at,
  reader: row.reader,
  portrait: row.portrait,
  concern: concernOf(row),
  missing: row.missing,
});

const concernOf = (row: FeedRow): StandingConcern | null =>
  row.concern_code === null || row.concern_since === null
    ? null
    : { code: row.concern_code, reason: row.concern_reason ?? "", since: row.concern_since };

/** What shares a server's patience: the host, with its port where that is not the usual one. */
export const hostKeyOf = (url: string): string => (isLocal(url) ? url : new URL(url).host);
