import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import { attempt, type Outcome, type Post, record } from "./attempt.ts";
import type { Database } from "./rules.ts";
import { WebhookNotFound } from "./webhooks.ts";

/** Sends one signed message of type "webhook.test" now, once, and says how it went. It stands in the delivery log. */
export async function testWebhook(
  db: Database,
  webhookId: string,
  {
    post,
    now = () => new Date(),
    nonce = crypto.randomUUID(),
  }: { post: Post; now?: () => Date; nonce?: string },
): Promise<Outcome> {
  const { rows } = await sql<{ url: string; secret: string }>`
    select url, secret from newsledger.webhooks where webhook_id = ${webhookId}`.execute(db);
  const [webhook] = rows;
  if (!webhook) throw new WebhookNotFound(webhookId);
  const deliveryId = contentId("delivery", "test", webhookId, nonce);
  const body = JSON.stringify({
    type: "webhook.test",
    timestamp: now().toISOString(),
    data: { message: "This is a test of your webhook by Newsledger. Nothing has happened." },
  });
  await sql`
    insert into newsledger.deliveries
      (delivery_id, message_id, channel, target, cause, payload, state)
    values (${deliveryId}, ${deliveryId}, 'webhook', ${webhookId}, ${`test-${nonce}`}, ${body}, 'planned')`.execute(
    db,
  );
  const outcome = await attempt(
    post,
    { messageId: deliveryId, url: webhook.url, secrets: [webhook.secret], body },
    now,
  );
  await db.transaction().execute(async (trx) => {
    await record(trx, deliveryId, outcome);
    await sql`
      update newsledger.deliveries
      set state = ${outcome.accepted ? "delivered" : "failed"}, done_at = now()
      where delivery_id = ${deliveryId}`.execute(trx);
  });
  return outcome;
}
