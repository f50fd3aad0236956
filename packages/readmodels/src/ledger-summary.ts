import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import type { LedgerSummary } from "./view.ts";

/** How much the ledger holds today, whatever it is about. */
export async function ledgerSummary(db: Reader): Promise<LedgerSummary> {
  return ask(db, async (reader) => {
    const { rows } = await sql<{ items: string; stories: string; found: Date | null }>`
      select count(*) filter (where type = 'item.seen') as items,
        count(*) filter (where type = 'story.opened') as stories,
        max(recorded_at) filter (where type = 'item.seen') as found
      from coverage.events where type in ('item.seen', 'story.opened')`.execute(reader);
    const [row] = rows;
    return {
      items: Number(row?.items ?? 0),
      stories: Number(row?.stories ?? 0),
      newestFoundAt: row?.found ?? null,
    };
  });
}
