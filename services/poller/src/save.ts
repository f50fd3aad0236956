import { jobs } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import type { IdentityScheme } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { Fenced } from "@newsledger/queue";
import { sql } from "kysely";
import type { Claim } from "./claim.ts";
import type { StandingConcern } from "./concern.ts";
import { type Feed, hostKeyOf } from "./feed.ts";
import type { Health } from "./health.ts";
import { clip } from "./item.ts";
import { moved } from "./moved.ts";
import type { Portrait } from "./portrait.ts";
import type { Reading } from "./read.ts";
import type { NextPoll } from "./schedule.ts";
import { type Spare, spare } from "./spare.ts";
import { saveSteady, steadyOf } from "./steady.ts";

/** Locks the rows; throws Fenced when another worker has taken one of the feeds over. */
export async function hold(trx: AnyTransaction, claims: readonly Claim[]): Promise<void> {
  const { rows } = await sql<{ feed_id: string }>`
    select f.feed_id from newsledger.feeds as f
    join unnest(${claims.map(({ feed }) => feed.feedId)}::text[], ${claims.map(({ fence }) => fence)}::bigint[])
      as c (feed_id, fence) on f.feed_id = c.feed_id and f.fence = c.fence
    where f.lease_until is not null
    order by f.feed_id for update of f`.execute(trx);
  const ours = new Set(rows.map(({ feed_id }) => feed_id));
  const lost = claims.find(({ feed }) => !ours.has(feed.feedId));
  if (lost) throw fenced(lost);
}

export const fenced = ({ feed }: Claim): Fenced => new Fenced(jobs.pollFeed.name, feed.feedId);

/** The name that a person gave the feed, else its own. */
export const titleOf = ({ titled, title }: Feed, reading: Reading): string =>
  titled || reading.kind !== "items" ? title : clip(reading.parsed.title.trim(), 200) || title;

/** How a feed stands after a poll. */
export interface Standing {
  readonly reading: Reading;
  readonly health: Health;
  readonly next: NextPoll;
  readonly identity: IdentityScheme;
  /** New items came. */
  readonly fresh: boolean;
  readonly portrait: Portrait | null;
  readonly concern: StandingConcern | null;
  /** Why items may have been missed between the last poll and this one; null when they were not. */
  readonly gap: string | null;
  readonly missing: boolean;
  /** The server wants to be left alone, by its other feeds, too. */
  readonly spare: Spare | null;
}

export interface Saving {
  readonly claim: Claim;
  readonly standing: Standing;
}

/** Writes how the feeds stand now and gives them back. False for one that is not ours any more. */
export async function save(db: Resources["db"], savings: readonly Saving[]): Promise<boolean[]> {
  const steady = savings.flatMap((saving) => steadyOf(saving) ?? []);
  const others = savings.filter((saving) => steadyOf(saving) === null);
  const saved = new Set<string>();
  const keep = (rows: readonly { feed_id: string; fence: string }[]) => {
    for (const { feed_id, fence } of rows) saved.add(`${fence} ${feed_id}`);
  };
  if (steady.length > 0) keep(await saveSteady(db, steady));
  if (others.length > 0) keep(await saveWhole(db, others));
  await spare(
    db,
    others.flatMap(({ standing }) => standing.spare ?? []),
  );
  return savings.map(({ claim }) => saved.has(`${claim.fence} ${claim.feed.feedId}`));
}

async function saveWhole(
  db: Resources["db"],
  savings: readonly Saving[],
): Promise<{ feed_id: string; fence: string }[]> {
  const { rows } = await sql<{ feed_id: string; fence: string }>`
    update newsledger.feeds as f set
      url = r.url, host_key = r.host_key, redirect_to = r.redirect_to,
      redirect_count = r.redirect_count, title = r.title, titled = r.titled,
      etag = r.etag, last_modified = r.last_modified, body_hash = r.body_hash,
      identity = r.identity, state = r.state, state_code = r.state_code,
      state_reason = r.state_reason, failure_count = r.failure_count,
      first_failure_at = r.first_failure_at, enabled = f.enabled and r.state <> 'retired',
      interval_seconds = r.interval_seconds, rhythm_seconds = r.rhythm_seconds,
      next_poll_at = now() + make_interval(secs => r.after_seconds),
      polls = f.polls + 1, last_polled_at = now(), lease_until = null,
      last_success_at = case when r.answered then now() else f.last_success_at end,
      last_new_item_at = case when r.fresh then now() else f.last_new_item_at end,
      portrait = case when r.repainted then r.portrait else f.portrait end,
      concern_code = r.concern_code, concern_reason = r.concern_reason,
      concern_since = r.concern_since, missing = r.missing,
      gap_at = case when r.gap is null then f.gap_at else now() end,
      gap_reason = coalesce(r.gap, f.gap_reason)
    from jsonb_to_recordset(${JSON.stringify(savings.map(rowOf))}::jsonb) as r (
      feed_id text, fence bigint, url text, host_key text, redirect_to text, redirect_count int,
      title text, titled boolean, etag text, last_modified text, body_hash text, identity text,
      state text, state_code text, state_reason text, failure_count int,
      first_failure_at timestamptz, interval_seconds int, rhythm_seconds int, after_seconds int,
      answered boolean, fresh boolean, repainted boolean, portrait jsonb, concern_code text,
      concern_reason text, concern_since timestamptz, missing boolean, gap text)
    where f.feed_id = r.feed_id and f.fence = r.fence and f.lease_until is not null
    returning f.feed_id, f.fence`.execute(db);
  return rows;
}

function rowOf({ claim, standing }: Saving) {
  const { feed, fence } = claim;
  const { reading, health, next, portrait, concern, gap } = standing;
  const answered = reading.kind === "items" || reading.kind === "unchanged";
  const move = moved(feed, answered ? reading.movedTo : null);
  const validators = answered ? reading : feed;
  return {
    feed_id: feed.feedId,
    fence,
    url: move.url,
    host_key: hostKeyOf(move.url),
    redirect_to: move.redirectTo,
    redirect_count: move.redirectCount,
    title: titleOf(feed, reading),
    titled: feed.titled || reading.kind === "items",
    etag: validators.etag,
    last_modified: validators.lastModified,
    body_hash: reading.kind === "items" ? reading.bodyHash : feed.bodyHash,
    identity: standing.identity,
    state: health.state,
    state_code: health.code,
    state_reason: health.reason && clip(health.reason, 1_000),
    failure_count: health.failures,
    first_failure_at: health.firstFailureAt,
    interval_seconds: next.intervalSeconds,
    rhythm_seconds: next.rhythmSeconds,
    after_seconds: next.afterSeconds,
    answered,
    fresh: standing.fresh,
    repainted: portrait !== feed.portrait,
    portrait: portrait === feed.portrait ? null : portrait,
    concern_code: concern?.code ?? null,
    concern_reason: concern?.reason ?? null,
    concern_since: concern?.since ?? null,
    missing: standing.missing,
    gap,
  };
}
