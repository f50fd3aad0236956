import { contentUuid, feedRemoved, streams } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";

/** A feed that moved for good. */
export interface Move {
  readonly feedId: string;
  readonly to: string;
}

/**
 * A feed that moved to where another is followed already is that other: it is followed no more, or one server would be asked
 * twice, and each item told twice, for years.
 */
export async function leaveTwins(
  { trx, log }: { trx: AnyTransaction; log: Resources["log"] },
  moves: readonly Move[],
): Promise<void> {
  // One after the other: of two that moved to the same place, one stays.
  for (const { feedId, to } of moves) {
    const { rows } = await sql<{ additions: number; twin: string }>`
      update newsledger.feeds as f set enabled = false, removed_at = now(), lease_until = null
      from newsledger.feeds as twin
      where f.feed_id = ${feedId} and twin.url = ${to} and twin.feed_id <> f.feed_id
        and twin.enabled and twin.removed_at is null
      returning f.additions, twin.title as twin`.execute(trx);
    for (const { additions, twin } of rows)
      await log.within(trx).append(
        streams.feed(feedId),
        [
          feedRemoved.create({
            feedId,
            reason: `it moved to ${to}, which is followed already as “${twin}”`,
          }),
        ],
        {
          key: `feed.removed:${feedId}:${additions}`,
          correlationId: contentUuid("feed", feedId),
        },
      );
  }
}
