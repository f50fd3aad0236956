import type { Resources } from "@newsledger/host";
import { sql } from "kysely";

/** Resolves when every feed was polled, no work is due, and every reader of the log has read all of it. */
export async function settled({ db, log }: Resources, signal: AbortSignal): Promise<void> {
  let quiet = 0;
  // Twice in a row: between two looks a reader may have turned a fact into work.
  while (quiet < 2 && !signal.aborted) {
    const { rows } = await sql<{ busy: number }>`
      select (select count(*) from newsledger.feeds where enabled and state <> 'retired' and next_poll_at <= now())
           + (select count(*) from newsledger.work where state = 'due')
           + (select count(*) from newsledger.deliveries where state = 'planned' and next_attempt_at <= now()) as busy`.execute(
      db,
    );
    const behind = (await log.lag()).some((reader) => reader.behind > 0);
    quiet = Number(rows[0]?.busy) === 0 && !behind ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
