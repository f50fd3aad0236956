import { randomBytes } from "node:crypto";
import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "./rules.ts";
import { secretFrom } from "./sign.ts";

/** A receiver as it is listed: its secret is shown once, when it is made, and never here. */
export interface Webhook {
  readonly webhookId: string;
  readonly url: string;
  /** The rules whose alerts it gets; null: all. */
  readonly rules: readonly string[] | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  /** Since when every attempt has failed; null when the last one did not. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

export class WebhookExists extends Error {
  override name = "WebhookExists";
}

export class WebhookNotFound extends Error {
  override name = "WebhookNotFound";
  constructor(webhookId: string) {
    super(`webhook ${webhookId}: there is no such webhook; "newsledger webhooks list" shows them`);
  }
}

export class WebhookRefused extends Error {
  override name = "WebhookRefused";
}

/** Says whether an address may be called; throws, with a sentence for people, when it may not. */
export type CheckUrl = (url: string) => Promise<void>;

export interface Random {
  bytes(count: number): Buffer;
}
const systemRandom: Random = { bytes: randomBytes };

const newWebhook = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  rules: z.array(z.string().min(1).max(200)).min(1).nullable().default(null),
});

/** Adds a receiver. The secret in the answer is shown now and never again. */
export async function addWebhook(
  db: Database,
  webhook: z.input<typeof newWebhook>,
  { checkUrl, random = systemRandom }: { checkUrl: CheckUrl; random?: Random },
): Promise<{ webhookId: string; secret: string }> {
  const { url, rules } = newWebhook.parse(webhook);
  const { username, password } = new URL(url);
  if (username || password)
    throw new WebhookRefused(
      `add webhook ${new URL(url).host}: an address may carry no user name or password; receivers verify the signature instead`,
    );
  await checkUrl(url);
  const webhookId = contentId("webhook", url);
  const secret = secretFrom(random.bytes(24));
  const { numAffectedRows } = await sql`
    insert into newsledger.webhooks (webhook_id, url, secret, rules)
    values (${webhookId}, ${url}, ${secret}, ${rules === null ? null : [...rules]})
    on conflict do nothing`.execute(db);
  if (numAffectedRows === 0n)
    throw new WebhookExists(`add webhook ${url}: this address is there already; remove it first`);
  return { webhookId, secret };
}

export async function listWebhooks(db: Database): Promise<Webhook[]> {
  const { rows } = await sql<WebhookRow>`
    select webhook_id, url, rules, enabled, disabled_reason, failing_since, created_at
    from newsledger.webhooks order by created_at, webhook_id`.execute(db);
  return rows.map((row) => ({
    webhookId: row.webhook_id,
    url: row.url,
    rules: row.rules,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since,
    createdAt: row.created_at,
  }));
}

/** Forgets the receiver and what was still planned for it; the log of past deliveries stays. */
export async function removeWebhook(db: Database, webhookId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      delete from newsledger.webhooks where webhook_id = ${webhookId}`.execute(trx);
    if (numAffectedRows === 0n) throw new WebhookNotFound(webhookId);
    await cancelPending(trx, webhookId);
  });
}

/** A new secret, shown once. For a day messages carry both signatures, so that no receiver misses one. */
export async function rotateSecret(
  db: Database,
  webhookId: string,
  random: Random = systemRandom,
): Promise<{ secret: string }> {
  const secret = secretFrom(random.bytes(24));
  const { numAffectedRows } = await sql`
    update newsledger.webhooks
    set previous_secret = secret, previous_until = now() + interval '24 hours', secret = ${secret}
    where webhook_id = ${webhookId}`.execute(db);
  if (numAffectedRows === 0n) throw new WebhookNotFound(webhookId);
  return { secret };
}

/** Switches a receiver on again. What it missed is in the delivery log and can be sent again. */
export async function enableWebhook(db: Database, webhookId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update newsledger.webhooks
    set enabled = true, disabled_reason = null, failing_since = null
    where webhook_id = ${webhookId}`.execute(db);
  if (numAffectedRows === 0n) throw new WebhookNotFound(webhookId);
}

export async function disableWebhook(
  trx: Database,
  webhookId: string,
  reason: string,
): Promise<void> {
  await sql`
    update newsledger.webhooks set enabled = false, disabled_reason = ${reason}
    where webhook_id = ${webhookId}`.execute(trx);
  await cancelPending(trx, webhookId);
}

async function cancelPending(trx: Database, webhookId: string): Promise<void> {
  await sql`
    update newsledger.deliveries set state = 'cancelled', done_at = now()
    where channel = 'webhook' and target = ${webhookId} and state = 'planned'`.execute(trx);
}

interface WebhookRow {
  webhook_id: string;
  url: string;
  rules: string[] | null;
  enabled: boolean;
  disabled_reason: string | null;
  failing_since: Date | null;
  created_at: Date;
}
