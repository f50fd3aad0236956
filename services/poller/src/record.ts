import {
  contentUuid,
  feedDead,
  feedDegraded,
  feedRecovered,
  feedRetired,
  jobs,
  type NewEvent,
  streams,
} from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import type { Config, Resources } from "@newsledger/host";
import { Fenced } from "@newsledger/queue";
import { sql } from "kysely";
import { type Claim, held } from "./claim.ts";
import { type Feed, hostKeyOf } from "./feed.ts";
import { type HealthChange, judge, type Outcome } from "./health.ts";
import { isExempt } from "./host-gate.ts";
import { draftsOf } from "./item.ts";
import { type Kept, keepItems } from "./keep.ts";
import { moved } from "./moved.ts";
import type { Reading } from "./read.ts";
import { type Answer, nextPoll, phaseOf } from "./schedule.ts";

/** What a poll left in the ledger. */
export interface Recorded extends Kept {
  readonly change: HealthChange;
  readonly afterSeconds: number;
}

type Settings = Pick<Config, "allowHosts" | "poller">;
type Log = Resources["log"];

/**
 * One transaction: the items, what changed in the feed's health, and its state. The validators are saved only together
 * with the items that they cover, so a crash before the commit is answered by the same items again, never by a 304.
 */
export async function record(
  { db, log, config }: { db: Resources["db"]; log: Log; config: Settings },
  claim: Claim,
  reading: Reading,
): Promise<Recorded> {
  const recorded = await db.transaction().execute(async (trx) => {
    await hold(trx, claim);
    const kept = await keep({ trx, log }, claim, reading);
    const { health, change } = judge(claim.feed.health, outcomeOf(reading), claim.now);
    if (change) await tell({ trx, log }, claim, change);
    const answer = answerOf(reading, kept, health);
    const next = nextPoll(claim.feed.pace, answer, config.poller, {
      phase: phaseOf(claim.feed.feedId, claim.feed.polls),
      courteous: !isExempt(claim.feed.hostKey, config.allowHosts),
    });
    await save(trx, claim, { reading, health, next, kept });
    return { ...kept, change, afterSeconds: next.afterSeconds };
  });
  if (recorded.seen + recorded.revised > 0) log.wake();
  return recorded;
}

/** Locks the row; throws Fenced when another worker has taken the feed over. */
async function hold(trx: AnyTransaction, claim: Claim): Promise<void> {
  const { rows } = await sql`
    select 1 from newsledger.feeds where ${held(claim)} for update`.execute(trx);
  if (rows.length === 0) throw new Fenced(jobs.pollFeed.name, claim.feed.feedId);
}

const nothing = { seen: 0, revised: 0, known: 0, quarantined: 0, publishedAt: [] };

async function keep(
  place: { trx: AnyTransaction; log: Log },
  { feed, now }: Claim,
  reading: Reading,
): Promise<Kept> {
  if (reading.kind !== "items") return { ...nothing, identity: feed.identity };
  const { feedId, history, lastSuccessAt } = feed;
  const source = feed.source ?? titleOf(feed, reading);
  const drafts = draftsOf(feed, reading.parsed, now);
  const backfill = history && lastSuccessAt === null;
  return keepItems(place, { feedId, source, backfill }, drafts);
}

/** The name that a person gave the feed, else its own. */
const titleOf = ({ titled, title }: Feed, reading: Reading): string =>
  titled || reading.kind !== "items" ? title : reading.parsed.title.trim().slice(0, 200) || title;

function outcomeOf(reading: Reading): Outcome {
  return reading.kind === "gone" || reading.kind === "failure" ? reading : { kind: "success" };
}

function answerOf(
  reading: Reading,
  kept: Kept,
  health: ReturnType<typeof judge>["health"],
): Answer {
  switch (reading.kind) {
    case "items":
      return {
        kind: "items",
        total: kept.seen + kept.revised + kept.known,
        fresh: kept.seen,
        publishedAt: kept.publishedAt,
        advertisedSeconds: longest(reading.parsed.ttlSeconds, reading.parsed.updatePeriodSeconds),
        maxAgeSeconds: reading.maxAgeSeconds,
        retryAfterSeconds: reading.retryAfterSeconds,
        hasValidators: reading.etag !== null || reading.lastModified !== null,
      };
    case "unchanged":
      return { kind: "unchanged", maxAgeSeconds: reading.maxAgeSeconds };
    case "gone":
    case "failure":
      return {
        kind: "failed",
        failures: Math.max(health.failures, 1),
        severity: reading.kind === "gone" ? "hard" : reading.severity,
        retryAfterSeconds: reading.kind === "gone" ? null : reading.retryAfterSeconds,
        dead: health.state === "dead",
      };
  }
}

const longest = (...seconds: readonly (number | null)[]): number | null =>
  seconds.reduce((a, b) => (a === null ? b : Math.max(a, b ?? 0)), null);

async function tell(
  { trx, log }: { trx: AnyTransaction; log: Log },
  { feed, fence }: Claim,
  change: NonNullable<HealthChange>,
): Promise<void> {
  const event = eventOf(feed.feedId, change);
  await log.within(trx).append(streams.feed(feed.feedId), [event], {
    key: `${change.type}:${feed.feedId}:${fence}`,
    correlationId: contentUuid("feed", feed.feedId),
  });
}

function eventOf(feedId: string, change: NonNullable<HealthChange>): NewEvent {
  switch (change.type) {
    case "feed.degraded":
    case "feed.dead": {
      const { code, reason, failures } = change;
      const definition = change.type === "feed.dead" ? feedDead : feedDegraded;
      return definition.create({ feedId, code, reason, failures });
    }
    case "feed.recovered":
      return feedRecovered.create({ feedId, downSeconds: change.downSeconds });
    case "feed.retired":
      return feedRetired.create({ feedId, reason: change.reason });
  }
}

interface Result {
  readonly reading: Reading;
  readonly health: ReturnType<typeof judge>["health"];
  readonly next: ReturnType<typeof nextPoll>;
  readonly kept: Kept;
}

async function save(trx: AnyTransaction, claim: Claim, outcome: Result): Promise<void> {
  const { feed } = claim;
  const { reading, health, next, kept } = outcome;
  const answered = reading.kind === "items" || reading.kind === "unchanged";
  const move = moved(feed, answered ? reading.movedTo : null);
  const validators = answered ? reading : feed;
  await sql`
    update newsledger.feeds set
      url = ${move.url}, host_key = ${hostKeyOf(move.url)},
      redirect_to = ${move.redirectTo}, redirect_count = ${move.redirectCount},
      title = ${titleOf(feed, reading)}, titled = ${feed.titled || reading.kind === "items"},
      etag = ${validators.etag}, last_modified = ${validators.lastModified},
      identity = ${kept.identity},
      body_hash = ${reading.kind === "items" ? reading.bodyHash : feed.bodyHash},
      state = ${health.state}, state_code = ${health.code}, state_reason = ${health.reason},
      failure_count = ${health.failures}, first_failure_at = ${health.firstFailureAt},
      enabled = enabled and ${health.state} <> 'retired',
      interval_seconds = ${next.intervalSeconds}, rhythm_seconds = ${next.rhythmSeconds},
      next_poll_at = now() + make_interval(secs => ${next.afterSeconds}),
      polls = polls + 1, last_polled_at = now(), lease_until = null,
      last_success_at = case when ${answered} then now() else last_success_at end,
      last_new_item_at = case when ${kept.seen > 0} then now() else last_new_item_at end
    where ${held(claim)}`.execute(trx);
}
