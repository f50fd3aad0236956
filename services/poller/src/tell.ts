import {
  contentUuid,
  feedDead,
  feedDegraded,
  feedRecovered,
  feedRetired,
  type NewEvent,
  streams,
} from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import type { Claim } from "./claim.ts";
import type { HealthChange } from "./health.ts";

/** Appends what changed in a feed's health. */
export async function tell(
  { trx, log }: { trx: AnyTransaction; log: Resources["log"] },
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
