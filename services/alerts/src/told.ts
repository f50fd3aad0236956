import type { NewsEvents } from "@newsledger/core";
import { sql } from "kysely";
import type { Hold } from "./hold.ts";
import type { Database } from "./rules.ts";

/** An alert that was raised, and the article that it told of. */
export interface Told {
  readonly alert: NewsEvents["alert.raised"];
  readonly itemId: string;
  readonly textHash: string;
  readonly position: bigint;
  readonly raisedAt: Date;
}

export interface Telling extends Told {
  readonly kind: string;
  readonly developments: readonly string[];
}

export const keepTold = (trx: Database, { alert, ...told }: Telling) =>
  sql`
    insert into newsledger.alerts_told
      (alert_id, rule_id, story_id, document_id, item_id, text_hash, position, raised_at, kind, developments, alert)
    values (${alert.alertId}, ${alert.ruleId}, ${alert.storyId}, ${alert.documentId}, ${told.itemId}, ${told.textHash},
            ${told.position}, ${told.raisedAt}, ${told.kind}, ${[...told.developments]}, ${JSON.stringify(alert)}::jsonb)
    on conflict do nothing`.execute(trx);

/** Which alerts: those of an article, of the other articles of its story, of an item, of a text, or those raised since. */
export type Which =
  | { documentId: string }
  | { besideDocument: string }
  | { itemId: string }
  | { textHash: string }
  | { topics: readonly string[]; raisedSince: Date };

export async function toldOf(trx: Database, which: Which, before: bigint): Promise<Told[]> {
  const { rows } = await sql<{
    alert: NewsEvents["alert.raised"];
    item_id: string;
    text_hash: string;
    position: string;
    raised_at: Date;
  }>`
    select alert, item_id, text_hash, position, raised_at from newsledger.alerts_told
    where ${condition(which)} and position < ${before} order by position, alert_id`.execute(trx);
  return rows.map((row) => ({
    alert: row.alert,
    itemId: row.item_id,
    textHash: row.text_hash,
    position: BigInt(row.position),
    raisedAt: row.raised_at,
  }));
}

function condition(which: Which) {
  if ("documentId" in which) return sql`document_id = ${which.documentId}`;
  if ("besideDocument" in which)
    return sql`document_id <> ${which.besideDocument} and story_id in (
      select story_id from newsledger.alert_reports where document_id = ${which.besideDocument})`;
  if ("itemId" in which) return sql`item_id = ${which.itemId}`;
  if ("textHash" in which) return sql`text_hash = ${which.textHash}`;
  return sql`raised_at >= ${which.raisedSince} and alert ->> 'topicId' = any(${[...which.topics]}::text[])`;
}

/** Keeps planned deliveries back. In the transaction that planned them: nobody has seen them yet. */
export async function holdBack(
  trx: Database,
  deliveryIds: readonly string[],
  { until, reason }: { until: Date; reason: Hold["reason"] | "muted" },
): Promise<void> {
  if (deliveryIds.length === 0) return;
  await sql`
    update newsledger.deliveries set state = 'held', next_attempt_at = ${until}, hold_reason = ${reason}
    where delivery_id = any(${[...deliveryIds]}::text[])`.execute(trx);
}
