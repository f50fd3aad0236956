import { contentId } from "@newsledger/core";
import type { Vault } from "@newsledger/host";
import { sql } from "kysely";
import { attempt, type Outcome, type Roads } from "./attempt.ts";
import type { ChannelName, Settings } from "./channels/channel.ts";
import { channels } from "./channels/index.ts";
import type { Message } from "./messages.ts";
import type { Database } from "./rules.ts";
import { openReceiver, WebhookNotFound } from "./webhooks.ts";

interface TestMeans {
  readonly roads: Roads;
  readonly vault: Vault;
  readonly nonce?: string;
}

/** Sends one message of type "webhook.test" now, once, and says how it went. It stands in the delivery log. */
export async function testWebhook(
  db: Database,
  webhookId: string,
  { roads, vault, nonce = crypto.randomUUID() }: TestMeans,
): Promise<Outcome> {
  const webhook = await find(db, webhookId);
  const { channel, now } = webhook;
  const { headers, body } = channels[channel].render(testMessage(now), webhook.settings);
  const messageId = contentId("delivery", "test", webhookId, nonce);
  // Written down before it is sent, and at once as done: it is never tried again.
  await sql`
    insert into newsledger.deliveries
      (delivery_id, message_id, channel, target, cause, kind, headers, payload, state)
    values (${messageId}, ${messageId}, ${channel}, ${webhookId}, ${`test-${nonce}`},
      'webhook.test', ${JSON.stringify(headers)}::jsonb, ${body}, 'failed')`.execute(db);
  const { url, secrets } = openReceiver(vault, webhookId, webhook);
  const parcel = { channel, messageId, url, secrets, headers, body, date: now, now };
  const outcome = await attempt(roads, parcel);
  await write(db, messageId, outcome);
  return outcome;
}

const testMessage = (at: Date): Message => ({
  type: "webhook.test",
  timestamp: at.toISOString(),
  data: { message: "This is a test of your webhook by Newsledger. Nothing has happened." },
});

interface Stored {
  url: string;
  secret: string;
  previousSecret: string | null;
  channel: ChannelName;
  settings: Settings;
  now: Date;
}

async function find(db: Database, webhookId: string): Promise<Stored> {
  const { rows } = await sql<Stored>`
    select url, secret, channel, settings, now(),
      case when previous_until > now() then previous_secret end as "previousSecret"
    from newsledger.webhooks where webhook_id = ${webhookId}`.execute(db);
  const [webhook] = rows;
  if (!webhook) throw new WebhookNotFound(webhookId);
  return webhook;
}

async function write(db: Database, deliveryId: string, outcome: Outcome): Promise<void> {
  const { accepted, status, error, response, durationMs } = outcome;
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into newsledger.delivery_attempts
        (delivery_id, attempt, started_at, status, error, response, duration_ms)
      values (${deliveryId}, 1, now() - make_interval(secs => ${durationMs / 1000}), ${status},
        ${error}, ${response}, ${Math.round(durationMs)})`.execute(trx);
    await sql`
      update newsledger.deliveries
      set state = ${accepted ? "delivered" : "failed"}, attempts = 1, done_at = now()
      where delivery_id = ${deliveryId}`.execute(trx);
  });
}
