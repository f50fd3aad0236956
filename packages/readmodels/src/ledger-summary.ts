import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import type { LedgerSummary } from "./view.ts";

/** How much the ledger holds today, whatever it is about. */
export async function ledgerSummary(db: Reader): Promise<LedgerSummary> {
  return ask(db, async (reader) => {
    const { rows } = await sql<{ items: string; stories: string; found: Date | null }>`
      select coalesce(sum(t.amount) filter (where t.key = 'item.seen'), 0) as items,
        coalesce(sum(t.amount) filter (where t.key = 'story.opened'), 0) as stories,
        (select e.recorded_at from coverage.events e where e.type = 'item.seen' order by e.position desc limit 1) as found
      from coverage.tallies t where t.kind = 'events'`.execute(reader);
    const [row] = rows;
    return {
      items: Number(row?.items ?? 0),
      stories: Number(row?.stories ?? 0),
      newestFoundAt: row?.found ?? null,
    };
  });
}
