import {
  contentUuid,
  feedDead,
  feedDegraded,
  feedGapSuspected,
  feedMoved,
  feedRecovered,
  feedRetired,
  feedSilent,
  feedStale,
  type NewEvent,
  streams,
} from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import type { Claim } from "./claim.ts";
import type { Notice } from "./concern.ts";
import type { HealthChange } from "./health.ts";

type Told = NonNullable<HealthChange> | Notice;

/** What is to be told of a feed. */
export interface Telling {
  readonly claim: Claim;
  readonly told: readonly Told[];
}

/** Appends what changed in the health of feeds, and what they are suspected of. */
export async function tell(
  { trx, log }: { trx: AnyTransaction; log: Resources["log"] },
  tellings: readonly Telling[],
): Promise<void> {
  const requests = tellings.flatMap(({ claim, told }) => {
    const { feedId } = claim.feed;
    return told.map((change) => ({
      stream: streams.feed(feedId),
      events: [eventOf(feedId, change)],
      key: `${change.type}:${feedId}:${claim.fence}${"reason" in change && change.type === "feed.recovered" ? ":content" : ""}`,
      correlationId: contentUuid("feed", feedId),
    }));
  });
  if (requests.length > 0) await log.within(trx).appendMany(requests);
}

function eventOf(feedId: string, change: Told): NewEvent {
  switch (change.type) {
    case "feed.degraded":
    case "feed.dead": {
      const { code, reason, failures } = change;
      const definition = change.type === "feed.dead" ? feedDead : feedDegraded;
      return definition.create({ feedId, code, reason, failures });
    }
    case "feed.recovered": {
      const { downSeconds, since } = change;
      return feedRecovered.create({
        ...{ feedId, downSeconds },
        ...(since && { since: since.toISOString() }),
        ...("failures" in change && change.failures > 0 && { failures: change.failures }),
        ...("reason" in change && { reason: change.reason }),
      });
    }
    case "feed.moved":
      return feedMoved.create({ feedId, from: change.from, to: change.to });
    case "feed.retired":
      return feedRetired.create({ feedId, reason: change.reason });
    case "feed.gap_suspected": {
      const { reason, since, items } = change;
      return feedGapSuspected.create({
        ...{ feedId, reason, items },
        since: since?.toISOString() ?? null,
      });
    }
    case "feed.silent": {
      const { reason, lastItemAt, afterSeconds } = change;
      return feedSilent.create({ feedId, reason, lastItemAt, afterSeconds });
    }
    case "feed.stale": {
      const { code, reason, newestAt } = change;
      return feedStale.create({ feedId, code, reason, newestAt });
    }
  }
}
