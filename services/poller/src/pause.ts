import { contentUuid, feedRemoved, streams } from "@newsledger/core";
import type { Reader } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { addFeed } from "./manage.ts";

type Place = Pick<Resources, "db" | "log">;

const pausedByAPerson = "paused by a person";

/** Stops asking a feed, by its id or address, and keeps it in the list. False: there is none such that is followed. */
export async function pauseFeed(
  { db, log }: Place,
  feed: string,
  reason = pausedByAPerson,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ feed_id: string; additions: number }>`
      update newsledger.feeds set enabled = false, lease_until = null
      where (feed_id = ${feed} or url = ${feed}) and enabled and removed_at is null
      returning feed_id, additions`.execute(trx);
    for (const { feed_id: feedId, additions } of rows)
      await log.within(trx).append(streams.feed(feedId), [feedRemoved.create({ feedId, reason })], {
        key: `feed.removed:${feedId}:${additions}`,
        correlationId: contentUuid("feed", feedId),
      });
    return rows.length > 0;
  });
}

/** Asks a feed of the list again that was paused, switched off or retired. Null: there is none such. */
export async function resumeFeed(
  { db, log }: Place,
  feed: string,
): Promise<{ readonly resumed: boolean } | null> {
  const { rows } = await sql<{ feed_id: string; url: string; reader: Reader }>`
    select feed_id, url, reader from newsledger.feeds
    where (feed_id = ${feed} or url = ${feed}) and removed_at is null`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { added } = await addFeed(db, log, {
    url: row.url,
    feedId: row.feed_id,
    reader: row.reader,
    local: true,
  });
  return { resumed: added };
}
