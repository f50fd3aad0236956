import { jobs } from "@newsledger/core";
import type { Resources } from "@newsledger/host";
import type { DueSource } from "@newsledger/queue";
import { sql } from "kysely";
import { type Feed, type FeedRow, feedColumns, feedOf } from "./feed.ts";
import { exemptIn, inFlightPerHost, spacingOf } from "./host-gate.ts";
import { leaseSeconds } from "./lease.ts";

type Db = Resources["db"];

/** The right to poll one feed until the lease ends. Every claim raises the fence: an older one is worth nothing. */
export interface Claim {
  readonly feed: Feed;
  readonly fence: string;
  /** Postgres's time of the claim. */
  readonly now: Date;
}

/** The feeds that may be polled now: due, in nobody's hands, and their hosts not busy. One a host at a time. */
export function dueFeeds(db: Db, allowHosts: readonly string[]): DueSource {
  return {
    job: jobs.pollFeed.name,
    async due(limit) {
      const { rows } = await sql<{ feed_id: string; fence: string }>`
        with due as (
          select feed_id, fence, host_key, next_poll_at,
            row_number() over (partition by host_key order by next_poll_at, feed_id) as place
          from newsledger.feeds
          where enabled and next_poll_at <= now() and (lease_until is null or lease_until <= now())
        )
        select feed_id, fence from due
        where ${exemptIn("due.host_key", allowHosts)} or (place = 1 and ${hostIsFree("due.host_key")})
        order by next_poll_at limit ${limit}`.execute(db);
      return rows.map(({ feed_id: feedId, fence }) => ({
        ...jobs.pollFeed.request({ feedId }),
        attempt: Number(fence),
      }));
    },
  };
}

const hostIsFree = (hostKey: string) => sql<boolean>`(
  select count(*) filter (where lease_until > now()) < ${inFlightPerHost}
    and coalesce(bool_and(started_at <= now() - make_interval(secs => ${spacingOf(hostKey)})), true)
  from newsledger.feeds as neighbour
  where neighbour.host_key = ${sql.ref(hostKey)}
)`;

/**
 * Takes those of the feeds that are due and whose hosts are free, in two statements however many they are. Of any
 * number of askers at once, one gets a feed; the answers are in the order of the questions.
 */
export async function claimFeeds(
  db: Db,
  feedIds: readonly string[],
  allowHosts: readonly string[],
): Promise<(Claim | null)[]> {
  const taken = new Map<string, Claim>();
  const keep = (claims: readonly Claim[]) => {
    for (const claim of claims) taken.set(claim.feed.feedId, claim);
  };
  if (allowHosts.length > 0) keep(await take(db, feedIds, exemptIn("feeds.host_key", allowHosts)));
  const others = feedIds.filter((feedId) => !taken.has(feedId));
  if (others.length > 0) keep(await takeInTurn(db, others));
  return feedIds.map((feedId) => {
    const claim = taken.get(feedId);
    taken.delete(feedId); // asked for twice, it is given once
    return claim ?? null;
  });
}

/** Of each public host, one feed at a time. */
const takeInTurn = (db: Db, feedIds: readonly string[]): Promise<Claim[]> =>
  db.transaction().execute(async (trx) => {
    // Askers for one host in turn: each must see what the one before it took. In one order, so that they never wait
    // for each other; two keys stay clear of the log's locks.
    const { rows } = await sql`
      select pg_advisory_xact_lock(20046, host) from (
        select distinct hashtext(host_key) as host from newsledger.feeds
        where feed_id = any(${feedIds}::text[]) and enabled and next_poll_at <= now()
        order by 1
      ) as hosts`.execute(trx);
    if (rows.length === 0) return [];
    return take(
      trx,
      feedIds,
      sql<boolean>`feed_id in (
        select distinct on (host_key) feed_id from newsledger.feeds
        where feed_id = any(${feedIds}::text[]) and ${isDue}
        order by host_key, next_poll_at, feed_id
      ) and ${hostIsFree("feeds.host_key")}`,
    );
  });

const isDue = sql<boolean>`
  enabled and next_poll_at <= now() and (lease_until is null or lease_until <= now())`;

async function take(
  db: Db,
  feedIds: readonly string[],
  allowed: ReturnType<typeof hostIsFree>,
): Promise<Claim[]> {
  const { rows } = await sql<FeedRow & { fence: string; now: Date }>`
    update newsledger.feeds
    set fence = fence + 1, started_at = now(), lease_until = now() + make_interval(secs => ${leaseSeconds})
    where feed_id = any(${feedIds}::text[]) and ${isDue} and ${allowed}
    returning ${feedColumns}, fence, now() as now`.execute(db);
  return rows.map((row) => ({ feed: feedOf(row), fence: row.fence, now: row.now }));
}

/** Gives a feed back unpolled, to be taken up after a while. */
export async function giveBack(db: Db, claim: Claim, afterSeconds: number): Promise<void> {
  await sql`
    update newsledger.feeds
    set lease_until = null, next_poll_at = now() + make_interval(secs => ${afterSeconds})
    where ${held(claim)}`.execute(db);
}

/** The row is still this claim's. */
const held = ({ feed, fence }: Claim) =>
  sql<boolean>`feed_id = ${feed.feedId} and fence = ${fence} and lease_until is not null`;
