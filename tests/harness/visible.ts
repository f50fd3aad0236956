import type { EventLog } from "@newsledger/eventlog";
import { type Kysely, sql } from "kysely";
import { until } from "./newsledger.ts";

/** Waits until readers may see all that is committed: an open appender holds them back for a moment. */
export async function allVisible(
  // biome-ignore lint/suspicious/noExplicitAny: any database with a ledger in it
  db: Kysely<any>,
  // biome-ignore lint/suspicious/noExplicitAny: any ledger
  log: Pick<EventLog<any>, "safePosition">,
): Promise<void> {
  const { rows } = await sql<{ last: string }>`
    select coalesce(max(global_position), 0) as last from newsledger.events`.execute(db);
  await until(
    () => log.safePosition(),
    (safe) => safe >= BigInt(rows[0]?.last ?? 0),
    { everyMs: 10 },
  );
}
