import { contentId, jobs } from "@newsledger/core";
import { openWork } from "@newsledger/queue";
import { sql } from "kysely";
import type { Database } from "./rules.ts";
import { WebhookNotFound, WebhookRefused } from "./webhooks.ts";

export type DeliveryState = "planned" | "delivered" | "failed" | "cancelled";

/** One message to one receiver, with every attempt that was made. Originals never change: sent again is a new row. */
export interface Delivery {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly target: string;
  readonly cause: string;
  /** 0 for the original, 1 for the first time it was sent again … */
  readonly resend: number;
  readonly state: DeliveryState;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly attempts: readonly DeliveryAttempt[];
}

export interface DeliveryAttempt {
  readonly attempt: number;
  readonly startedAt: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly response: string | null;
  readonly durationMs: number;
}

export class DeliveryNotFound extends Error {
  override name = "DeliveryNotFound";
}

/** Plans one message to every receiver that wants this rule's alerts; returns the ids, for those that are new. */
export async function planDeliveries(
  trx: Database,
  alert: { alertId: string; ruleId: string; body: string },
): Promise<string[]> {
  const { rows: receivers } = await sql<{ webhook_id: string }>`
    select webhook_id from newsledger.webhooks
    where enabled and (rules is null or ${alert.ruleId} = any(rules))
    order by webhook_id`.execute(trx);
  const planned: string[] = [];
  for (const { webhook_id: target } of receivers) {
    const deliveryId = contentId("delivery", "webhook", target, alert.alertId);
    const { numAffectedRows } = await sql`
      insert into newsledger.deliveries
        (delivery_id, message_id, channel, target, cause, payload, state)
      values (${deliveryId}, ${deliveryId}, 'webhook', ${target}, ${alert.alertId}, ${alert.body}, 'planned')
      on conflict do nothing`.execute(trx);
    if (numAffectedRows === 1n) planned.push(deliveryId);
  }
  return planned;
}

/** The newest deliveries first, of one receiver or of all. */
export async function deliveryLog(
  db: Database,
  { webhookId, limit = 50 }: { webhookId?: string; limit?: number } = {},
): Promise<Delivery[]> {
  const { rows } = await sql<DeliveryRow>`
    select d.delivery_id, d.message_id, d.target, d.cause, d.resend, d.state, d.created_at, d.done_at,
      coalesce(
        (select jsonb_agg(jsonb_build_object(
           'attempt', a.attempt, 'startedAt', a.started_at, 'status', a.status, 'error', a.error,
           'response', a.response, 'durationMs', a.duration_ms) order by a.attempt)
         from newsledger.delivery_attempts a where a.delivery_id = d.delivery_id),
        '[]'::jsonb) as attempts
    from newsledger.deliveries d
    where d.channel = 'webhook' and (${webhookId ?? null}::text is null or d.target = ${webhookId ?? null})
    order by d.created_at desc, d.delivery_id
    limit ${limit}`.execute(db);
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    messageId: row.message_id,
    target: row.target,
    cause: row.cause,
    resend: row.resend,
    state: row.state,
    createdAt: row.created_at,
    doneAt: row.done_at,
    attempts: row.attempts,
  }));
}

/** Which deliveries to send again: one, or all of a receiver that were not delivered. */
export type Resend = { deliveryId: string } | { webhookId: string };

/**
 * Plans the same bytes again, under the same webhook-id: who has it already can tell, who refused it gets it.
 * Returns the ids of the new deliveries. Alerts that were delivered later, or are on their way, are not repeated.
 */
export async function resend(db: Database, which: Resend): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const ids =
      "deliveryId" in which ? [which.deliveryId] : await undelivered(trx, which.webhookId);
    const planned: string[] = [];
    for (const id of ids) planned.push(await sendAgain(trx, id));
    const requests = planned.map((deliveryId) => jobs.deliverAlert.request({ deliveryId }));
    await openWork(db).plan(requests, trx);
    return planned;
  });
}

async function undelivered(trx: Database, webhookId: string): Promise<string[]> {
  const { rows } = await sql<{ delivery_id: string }>`
    select delivery_id from newsledger.deliveries d
    where channel = 'webhook' and target = ${webhookId} and resend = 0
      and cause not like 'test-%'
      and not exists (
        select from newsledger.deliveries o
        where o.message_id = d.message_id and o.state in ('planned', 'delivered'))
    order by created_at`.execute(trx);
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
      (delivery_id, message_id, channel, target, cause, resend, payload, state)
    select ${again}, message_id, channel, target, cause, ${next}, payload, 'planned'
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
    where d.delivery_id = ${deliveryId} and d.channel = 'webhook'
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

interface DeliveryRow {
  delivery_id: string;
  message_id: string;
  target: string;
  cause: string;
  resend: number;
  state: DeliveryState;
  created_at: Date;
  done_at: Date | null;
  attempts: DeliveryAttempt[];
}
