import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import type { Concern } from "./concern.ts";
import { closedRoad, type FeedState } from "./health.ts";

type Db = Resources["db"];

/** A feed as a person sees it. */
export interface FeedView {
  readonly feedId: string;
  readonly url: string;
  readonly title: string;
  readonly source: string;
  readonly language: string | null;
  readonly kind: string;
  /** `off`: in the list, but not followed. */
  readonly state: FeedState | "off";
  /** It answers, and still something is wrong with it. */
  readonly concern: Concern["code"] | null;
  /** Nobody could ask it: our own proxy was closed. */
  readonly closedRoad: boolean;
  /** Why it is not well, in a sentence; null when it is. */
  readonly reason: string | null;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastPolledAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly lastNewItemAt: Date | null;
  /** Null when it is not followed. */
  readonly nextPollAt: Date | null;
  readonly items: number;
}

/** That it does not answer goes before what its answers show; a gap is worth knowing for a week. */
const reasonOf = sql<string | null>`coalesce(state_reason, concern_reason,
  case when gap_at > now() - interval '7 days' then gap_reason end)`;

/** Every feed but the removed ones, those in trouble first; or only the one of that id or address. */
export async function listFeeds(db: Db, only: string | null = null): Promise<FeedView[]> {
  const { rows } = await sql<Omit<FeedView, "items"> & { items: string }>`
    select feed_id as "feedId", url, title, coalesce(source, title) as source, language, kind,
      case when enabled or state = 'retired' then state else 'off' end as state,
      concern_code as concern, coalesce(state_code = ${closedRoad}, false) as "closedRoad", ${reasonOf} as reason, failure_count as failures, first_failure_at as "failingSince",
      last_polled_at as "lastPolledAt", last_success_at as "lastSuccessAt",
      last_new_item_at as "lastNewItemAt", case when enabled then next_poll_at end as "nextPollAt",
      (select count(*) from newsledger.feed_items i where i.feed_id = feeds.feed_id) as items
    from newsledger.feeds
    where removed_at is null and (${only}::text is null or feed_id = ${only} or url = ${only})
    order by array_position(array['dead', 'degraded', 'retired', 'new', 'ok'], state), enabled desc,
      concern_code is null, title, feed_id`.execute(db);
  return rows.map((row) => ({ ...row, items: Number(row.items) }));
}

/** How the feeds fare altogether. */
export async function feedHealth(db: Db): Promise<Record<FeedState | "off", number>> {
  const { rows } = await sql<{ state: FeedState | "off"; count: string }>`
    select case when enabled or state = 'retired' then state else 'off' end as state, count(*)
    from newsledger.feeds where removed_at is null group by 1`.execute(db);
  const counts = { new: 0, ok: 0, degraded: 0, dead: 0, retired: 0, off: 0 };
  for (const { state, count } of rows) counts[state] = Number(count);
  return counts;
}

/** Of how many feeds the last poll did not get past our own proxy. */
export async function closedRoads(db: Db): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from newsledger.feeds where removed_at is null and enabled and state_code = ${closedRoad}`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0);
}

/** What a reader needs to know of a followed feed, so that silence and breakage look different. */
export interface FeedSummary {
  readonly feedId: string;
  readonly title: string;
  readonly url: string;
  readonly state: "new" | "healthy" | "silent" | "stale" | "degraded" | "dead" | "retired";
  readonly lastGoodPollAt: Date | null;
  readonly nextPollAt: Date | null;
  readonly reason: string | null;
}

export async function feedSummaries(db: Db): Promise<FeedSummary[]> {
  const feeds = await listFeeds(db);
  return feeds.flatMap(({ feedId, title, url, lastSuccessAt, nextPollAt, reason, ...feed }) => {
    const state = summaryState(feed);
    if (state === null) return [];
    return [{ feedId, title, url, state, lastGoodPollAt: lastSuccessAt, nextPollAt, reason }];
  });
}

/** Null for a feed that is not followed. One whose items lack dates brings its news all the same. */
export function summaryState({
  state,
  concern,
  closedRoad: shut,
}: Pick<FeedView, "state" | "concern" | "closedRoad">): FeedSummary["state"] | null {
  if (state === "off") return null;
  if (shut && (state === "ok" || state === "new")) return "degraded";
  if (state !== "ok") return state;
  if (concern === null || concern === "undated") return "healthy";
  return concern === "silent" ? "silent" : "stale";
}
