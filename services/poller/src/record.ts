import type { AnyTransaction } from "@newsledger/eventlog";
import type { Config, Resources } from "@newsledger/host";
import type { Claim } from "./claim.ts";
import type { Feed } from "./feed.ts";
import { type Health, type HealthChange, judge, type Outcome } from "./health.ts";
import { isExempt } from "./host-gate.ts";
import { draftsOf } from "./item.ts";
import { type Kept, keepItems } from "./keep.ts";
import type { Reading } from "./read.ts";
import { hold, save, titleOf } from "./save.ts";
import { type Answer, nextPoll, phaseOf } from "./schedule.ts";
import { tell } from "./tell.ts";

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
  const { health, change } = judge(claim.feed.health, outcomeOf(reading), claim.now);
  const conclude = async (place: Resources["db"], kept: Kept): Promise<Recorded> => {
    const answer = answerOf(reading, kept, health);
    const next = nextPoll(claim.feed.pace, answer, config.poller, {
      phase: phaseOf(claim.feed.feedId, claim.feed.polls),
      courteous: !isExempt(claim.feed.hostKey, config.allowHosts),
    });
    await save(place, claim, { reading, health, next, kept });
    return { ...kept, change, afterSeconds: next.afterSeconds };
  };
  // Nine polls of ten bring nothing: one statement is a transaction, too.
  if (reading.kind !== "items" && !change) return conclude(db, nothingOf(claim.feed));
  const recorded = await db.transaction().execute(async (trx) => {
    await hold(trx, claim);
    const kept = await keep({ trx, log }, claim, reading);
    if (change) await tell({ trx, log }, claim, change);
    return conclude(trx, kept);
  });
  log.wake();
  return recorded;
}

const nothingOf = ({ identity }: Feed): Kept => ({
  ...{ seen: 0, revised: 0, known: 0, quarantined: 0, publishedAt: [] },
  identity,
});

async function keep(
  place: { trx: AnyTransaction; log: Log },
  { feed, now }: Claim,
  reading: Reading,
): Promise<Kept> {
  if (reading.kind !== "items") return nothingOf(feed);
  const { feedId, history, lastSuccessAt } = feed;
  const source = feed.source ?? titleOf(feed, reading);
  const drafts = draftsOf(feed, reading.parsed, now);
  const backfill = history && lastSuccessAt === null;
  return keepItems(place, { feedId, source, backfill }, drafts);
}

function outcomeOf(reading: Reading): Outcome {
  return reading.kind === "gone" || reading.kind === "failure" ? reading : { kind: "success" };
}

function answerOf(reading: Reading, kept: Kept, health: Health): Answer {
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
