import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import type { Saving } from "./save.ts";

/** What is written of a feed that is as well as before and brought nothing: nine polls of ten. */
export interface Steady {
  readonly feedId: string;
  readonly fence: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly intervalSeconds: number;
  readonly rhythmSeconds: number;
  readonly afterSeconds: number;
}

/** Null when anything else changed that is to be written. */
export function steadyOf({ claim: { feed, fence }, standing }: Saving): Steady | null {
  const { reading, health, next } = standing;
  if (reading.kind !== "unchanged") return null;
  const asBefore =
    feed.redirectTo === null &&
    (reading.movedTo === null || reading.movedTo === feed.url) &&
    feed.health.state === "ok" &&
    health.state === "ok" &&
    feed.health.code === null &&
    feed.health.failures + health.failures === 0 &&
    feed.concern === null &&
    standing.concern === null &&
    standing.gap === null &&
    standing.portrait === feed.portrait &&
    standing.identity === feed.identity &&
    standing.missing === feed.missing;
  if (!asBefore) return null;
  const { etag, lastModified } = reading;
  return { feedId: feed.feedId, fence, etag, lastModified, ...next };
}

/** In one statement; those that are returned were still ours. */
export async function saveSteady(
  db: Resources["db"],
  polls: readonly Steady[],
): Promise<{ feed_id: string; fence: string }[]> {
  const { rows } = await sql<{ feed_id: string; fence: string }>`
    update newsledger.feeds as f set
      etag = r.etag, last_modified = r.last_modified,
      interval_seconds = r.interval_seconds, rhythm_seconds = r.rhythm_seconds,
      next_poll_at = now() + make_interval(secs => r.after_seconds),
      polls = f.polls + 1, last_polled_at = now(), last_success_at = now(), lease_until = null
    from unnest(
      ${polls.map(({ feedId }) => feedId)}::text[], ${polls.map(({ fence }) => fence)}::bigint[],
      ${polls.map(({ etag }) => etag)}::text[], ${polls.map((poll) => poll.lastModified)}::text[],
      ${polls.map((poll) => poll.intervalSeconds)}::int[],
      ${polls.map((poll) => poll.rhythmSeconds)}::int[],
      ${polls.map((poll) => poll.afterSeconds)}::int[]
    ) as r (feed_id, fence, etag, last_modified, interval_seconds, rhythm_seconds, after_seconds)
    where f.feed_id = r.feed_id and f.fence = r.fence and f.lease_until is not null
    returning f.feed_id, f.fence`.execute(db);
  return rows;
}
