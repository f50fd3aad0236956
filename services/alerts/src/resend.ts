import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import { WebhookRefused } from "./address.ts";
import { type DeliveryFilter, matching } from "./deliveries.ts";
import type { Database } from "./rules.ts";
import { WebhookNotFound } from "./webhooks.ts";

export class DeliveryNotFound extends Error {
  override name = "DeliveryNotFound";
}

/** Which deliveries to send again: one; or all that match and did not arrive; or, with `arrived`, whether they did or not. */
export type Resend = { readonly deliveryId: string } | ResendMatching;
interface ResendMatching extends Omit<DeliveryFilter, "deliveryId"> {
  readonly arrived?: boolean;
}

/**
 * Plans the same bytes again, under the same webhook-id: who has it already can tell, who refused it gets it.
 * Returns the ids of the new deliveries, oldest first. What is on its way is not repeated, and tests never are.
 */
export async function resend(db: Database, which: Resend): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    if ("deliveryId" in which) return [await sendAgain(trx, which.deliveryId)];
    const planned: string[] = [];
    for (const id of await originals(trx, which)) planned.push(await sendAgain(trx, id));
    return planned;
  });
}

async function originals(trx: Database, { arrived, ...filter }: ResendMatching): Promise<string[]> {
  // What was batched went out, or will, in the message of its batch.
  const onTheWay = ["planned", "held", "suspended", "batched", ...(arrived ? [] : ["delivered"])];
  const { rows } = await sql<{ delivery_id: string }>`
    select d.delivery_id from newsledger.deliveries d
    join newsledger.webhooks w on w.webhook_id = d.target and w.enabled
    where ${matching(filter)} and d.resend = 0 and d.kind like 'alert.%'
      and not exists (
        select from newsledger.deliveries o
        where o.message_id = d.message_id and o.state = any(${onTheWay}))
    order by d.created_at, d.delivery_id`.execute(trx);
  return rows.map((row) => row.delivery_id);
}

async function sendAgain(trx: Database, deliveryId: string): Promise<string> {
  const original = await lockOriginal(trx, deliveryId);
  const { rows } = await sql<{ next: number }>`
    select max(resend) + 1 as next from newsledger.deliveries
    where message_id = ${original}`.execute(trx);
  const next = rows[0]?.next ?? 1;
  const again = contentId("delivery", original, "resend", String(next));
  await sql`
    insert into newsledger.deliveries
      (delivery_id, message_id, channel, target, cause, kind, sequence, resend, headers, payload, state)
    select ${again}, message_id, channel, target, cause, kind, sequence, ${next}, headers, payload, 'planned'
    from newsledger.deliveries where delivery_id = ${original}`.execute(trx);
  return again;
}

/** The first delivery of a message, locked: two people who send it again must not make the same number. */
async function lockOriginal(trx: Database, deliveryId: string): Promise<string> {
  const { rows } = await sql<{ message_id: string; target: string; enabled: boolean | null }>`
    select o.message_id, o.target, w.enabled
    from newsledger.deliveries d
    join newsledger.deliveries o on o.delivery_id = d.message_id
    left join newsledger.webhooks w on w.webhook_id = o.target
    where d.delivery_id = ${deliveryId}
    for update of o`.execute(trx);
  const [original] = rows;
  if (!original)
    throw new DeliveryNotFound(
      `resend ${deliveryId}: there is no such delivery; "newsledger webhooks log" shows them`,
    );
  if (original.enabled === null) throw new WebhookNotFound(original.target);
  if (!original.enabled)
    throw new WebhookRefused(
      `resend ${deliveryId}: webhook ${original.target} is switched off; switch it on first`,
    );
  return original.message_id;
}
