import type { Config } from "@newsledger/host";
import type { Claim } from "./claim.ts";
import { gapOf, judgeConcern, type Notice } from "./concern.ts";
import type { Feed } from "./feed.ts";
import { closedRoad, type Health, type HealthChange } from "./health.ts";
import { isExempt } from "./host-gate.ts";
import type { Kept } from "./keep.ts";
import type { Look } from "./look.ts";
import { moved } from "./moved.ts";
import { type Portrait, portraitOf } from "./portrait.ts";
import type { Reading } from "./read.ts";
import type { Standing } from "./save.ts";
import { type Answer, nextPoll, phaseOf } from "./schedule.ts";
import { spareOf } from "./spare.ts";

/** What a reading means, before anything is written. */
export interface Judgement {
  readonly claim: Claim;
  readonly reading: Reading;
  readonly health: Health;
  readonly change: HealthChange;
  /** Null when no document came. */
  readonly look: Look | null;
}

/** What a poll left in the ledger. */
export interface Recorded extends Kept {
  readonly change: HealthChange;
  readonly notices: readonly Notice[];
  readonly afterSeconds: number;
}

export interface Conclusion {
  readonly standing: Standing;
  readonly recorded: Recorded;
}

export type Settings = Pick<Config, "allowHosts" | "poller">;

/** How the feed stands, when it is asked next, and what is to be told of it. */
export function conclude(settings: Settings, judgement: Judgement, kept: Kept): Conclusion {
  const { claim, reading, health, change, look } = judgement;
  const { feed } = claim;
  const next = nextPoll(feed.pace, answerOf(reading, kept, health), settings.poller, {
    phase: phaseOf(feed.feedId, feed.polls),
    courteous: !isExempt(feed.hostKey, settings.allowHosts),
  });
  const { notices: seen, ...sight } = answers(reading)
    ? sightOf(judgement, kept)
    : { portrait: feed.portrait, concern: feed.concern, gap: null, notices: [] };
  const notices = [...seen, ...movesOf(feed, reading)];
  const standing: Standing = {
    ...{ reading, health, next, ...sight },
    identity: kept.identity,
    fresh: kept.seen > 0,
    missing: look ? look.missing.length > 0 : feed.missing && !answers(reading),
    spare: isExempt(feed.hostKey, settings.allowHosts) ? null : spareOf(reading, feed.hostKey),
  };
  return { standing, recorded: { ...kept, change, notices, afterSeconds: next.afterSeconds } };
}

/** That its address changed for good. */
function movesOf(feed: Feed, reading: Reading): Notice[] {
  if (reading.kind !== "items" && reading.kind !== "unchanged") return [];
  const { url: to } = moved(feed, reading.movedTo);
  return to === feed.url ? [] : [{ type: "feed.moved", from: feed.url, to }];
}

const answers = ({ kind }: Reading): boolean => kind === "items" || kind === "unchanged";

/** What an answer shows of the feed itself. */
function sightOf({ claim: { feed, now }, reading, look }: Judgement, kept: Kept) {
  const before = feed.portrait;
  const portrait =
    look && reading.kind === "items" ? painted(before, look, { reading, kept, now }) : before;
  const { concern, notice } = judgeConcern(
    feed.concern,
    portrait,
    now,
    reading.kind === "unchanged" && feed.polls >= 2,
  );
  const gap =
    look && concern?.code !== "other-content"
      ? gapOf(before, extentOf(look, kept.seen), feed.lastSuccessAt, now)
      : null;
  const notices = [gap, notice].filter((told) => told !== null);
  return { portrait, concern, gap: gap?.reason ?? null, notices };
}

interface Poll {
  readonly reading: Extract<Reading, { kind: "items" }>;
  readonly kept: Kept;
  readonly now: Date;
}

function painted(before: Portrait | null, look: Look, { reading, kept, now }: Poll): Portrait {
  const { title } = reading.parsed;
  const items = look.judged.map(({ draft }) => draft);
  const advertisedSeconds = advertisedBy(reading);
  const itemsHash = kept.quarantined === 0 ? reading.itemsHash : null;
  const sitting = { title, items, fresh: kept.seen, advertisedSeconds, mark: look.mark, itemsHash };
  const { warnings: _, ...portrait } = portraitOf(before, sitting, now);
  const warnings = reading.parsed.warnings.slice(0, warningsKept);
  return warnings.length === 0 ? portrait : { ...portrait, warnings };
}

const warningsKept = 5;

function extentOf({ judged }: Look, fresh: number) {
  const times = judged.flatMap(({ draft }) => draft.publishedAt?.getTime() ?? []);
  const oldestAt = times.length === 0 ? null : new Date(Math.min(...times));
  return { total: judged.length, fresh, oldestAt };
}

function answerOf(reading: Reading, kept: Kept, health: Health): Answer {
  switch (reading.kind) {
    case "items":
      return {
        kind: "items",
        total: kept.seen + kept.revised + kept.known,
        fresh: kept.seen,
        publishedAt: kept.publishedAt,
        advertisedSeconds: advertisedBy(reading),
        maxAgeSeconds: reading.maxAgeSeconds,
        retryAfterSeconds: reading.retryAfterSeconds,
        hasValidators: reading.etag !== null || reading.lastModified !== null,
      };
    case "unchanged":
      return { kind: "unchanged", maxAgeSeconds: reading.maxAgeSeconds };
    case "gone":
    case "failure":
      if (reading.kind === "failure" && reading.code === closedRoad) return { kind: "no-road" };
      return {
        kind: "failed",
        failures: Math.max(health.failures, 1),
        severity: reading.kind === "gone" ? "hard" : reading.severity,
        retryAfterSeconds: reading.kind === "gone" ? null : reading.retryAfterSeconds,
        dead: health.state === "dead",
      };
  }
}

const advertisedBy = ({ parsed }: Extract<Reading, { kind: "items" }>): number | null =>
  longest(parsed.ttlSeconds, parsed.updatePeriodSeconds);

const longest = (...seconds: readonly (number | null)[]): number | null =>
  seconds.reduce((a, b) => (a === null ? b : Math.max(a, b ?? 0)), null);
