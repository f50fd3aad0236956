import { contentUuid, itemWithdrawn, streams } from "@newsledger/core";
import type { AnyTransaction, AppendRequest } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import type { Look, Missed, Words } from "./look.ts";
import { dayOf } from "./words.ts";

/** Tells of items that were missing twice: caches of one server may differ once. */
export async function withdraw(
  { trx, log }: { trx: AnyTransaction; log: Resources["log"] },
  feedId: string,
  items: readonly Missed[],
  words: ReadonlyMap<string, Words>,
): Promise<void> {
  const requests = items.flatMap(({ itemId, since }): AppendRequest[] => {
    const said = words.get(itemId);
    if (!said) return [];
    const { title, contentHash } = said;
    const reason = `The feed no longer carries it since ${dayOf(since)}, though older items are still there.`;
    const missingSince = since.toISOString();
    return [
      {
        stream: streams.item(itemId),
        events: [
          itemWithdrawn.create({ itemId, feedId, contentHash, title, reason, missingSince }),
        ],
        key: `item.withdrawn:${itemId}:${missingSince}`,
        correlationId: contentUuid("item", itemId),
      },
    ];
  });
  if (requests.length === 0) return;
  await log.within(trx).appendMany(requests);
  await sql`
    update newsledger.feed_items set withdrawn_at = now()
    where item_id = any(${items.map(({ itemId }) => itemId)}::text[])`.execute(trx);
}

/** A feed's document, as it is kept. */
export interface Sheet extends Pick<Look, "window" | "missing"> {
  readonly feedId: string;
  readonly now: Date;
}

/** Keeps the documents as the measure of the next ones, and what was missing from them. */
export async function keepWindows(trx: AnyTransaction, sheets: readonly Sheet[]): Promise<void> {
  if (sheets.length === 0) return;
  const rows = sheets.map(({ feedId, window, missing, now }) => ({
    feed_id: feedId,
    items: window,
    missing: Object.fromEntries(missing.map((itemId) => [itemId, now.toISOString()])),
  }));
  await sql`
    insert into newsledger.feed_windows (feed_id, items, missing)
    select r.feed_id, r.items, r.missing
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (feed_id text, items text[], missing jsonb)
    on conflict (feed_id) do update set items = excluded.items, missing = excluded.missing`.execute(
    trx,
  );
}

/** Nothing is missing any more: it was told. */
export async function forgetMissing(trx: AnyTransaction, feedId: string): Promise<void> {
  await sql`
    update newsledger.feed_windows set missing = '{}' where feed_id = ${feedId}`.execute(trx);
}
