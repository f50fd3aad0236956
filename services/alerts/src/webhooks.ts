import { randomBytes } from "node:crypto";
import { contentId } from "@newsledger/core";
import { isSealed, type Vault } from "@newsledger/host";
import { sql } from "kysely";
import { z } from "zod";
import { type CheckUrl, readAddress } from "./address.ts";
import type { ChannelName } from "./channels/channel.ts";
import type { Database } from "./rules.ts";
import { secretFrom } from "./sign.ts";

/** A receiver as it is listed: its secret is shown once, when it is made, and never here. */
export interface Webhook {
  readonly webhookId: string;
  readonly channel: ChannelName;
  /** What may be shown of its address. */
  readonly url: string;
  /** The rules whose alerts it gets; null: all. */
  readonly rules: readonly string[] | null;
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly disabledAt: Date | null;
  /** Since when every attempt has failed; null when the last one did not. */
  readonly failingSince: Date | null;
  /** How much it has not got: failed, or cancelled when it was switched off. What was sent again is not counted. */
  readonly missed: number;
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

export interface Random {
  bytes(count: number): Buffer;
}
const systemRandom: Random = { bytes: randomBytes };

/** Whoever runs this Newsledger, as a receiver of mails about the others. */
export const ownerId = "owner";

const newWebhook = z.object({
  url: z.string().min(1),
  channel: z.string().optional(),
  rules: z.array(z.string().min(1).max(200)).min(1).nullable().default(null),
});

/** Adds a receiver. The secret in the answer is shown now and never again; null where the channel has none. */
export async function addWebhook(
  db: Database,
  webhook: z.input<typeof newWebhook>,
  { checkUrl, vault, random = systemRandom }: { checkUrl: CheckUrl; vault: Vault; random?: Random },
): Promise<{ webhookId: string; channel: ChannelName; secret: string | null }> {
  const { url: written, channel: wanted, rules } = newWebhook.parse(webhook);
  const { url, channel, settings, shown } = readAddress(written, wanted);
  if (channel !== "mail") await checkUrl(url);
  const webhookId = contentId("webhook", written.trim());
  const secret = secretFrom(random.bytes(24));
  const { numAffectedRows } = await sql`
    insert into newsledger.webhooks (webhook_id, url, shown_url, channel, settings, secret, rules)
    values (${webhookId}, ${vault.seal(url, placeOf(webhookId, "url"))}, ${shown}, ${channel},
      ${JSON.stringify(settings)}::jsonb, ${vault.seal(secret, placeOf(webhookId, "secret"))},
      ${rules === null ? null : [...rules]})
    on conflict do nothing`.execute(db);
  if (numAffectedRows === 0n)
    throw new WebhookExists(`add webhook ${shown}: this address is there already; remove it first`);
  return { webhookId, channel, secret: channel === "webhook" ? secret : null };
}

/** Where a secret belongs: sealed text does not open anywhere else. */
const placeOf = (webhookId: string, what: "url" | "secret"): string =>
  `webhook:${webhookId}:${what}`;

/** What was stored sealed, or long ago in clear. */
const unseal = (vault: Vault, stored: string, place: string): string =>
  isSealed(stored) ? vault.open(stored, place) : stored;

/** A receiver's address and secrets, readable. */
export function openReceiver(
  vault: Vault,
  webhookId: string,
  stored: { url: string; secret: string; previousSecret: string | null },
): { url: string; secrets: string[] } {
  const secrets = [stored.secret, stored.previousSecret].filter((secret) => secret !== null);
  return {
    url: unseal(vault, stored.url, placeOf(webhookId, "url")),
    secrets: secrets.map((secret) => unseal(vault, secret, placeOf(webhookId, "secret"))),
  };
}

export async function listWebhooks(db: Database): Promise<Webhook[]> {
  const { rows } = await sql<WebhookRow>`
    select w.*, (
      select count(*)::int from newsledger.deliveries d
      where d.target = w.webhook_id and d.resend = 0 and d.state in ('failed', 'cancelled')
        and d.kind <> 'webhook.test' and not exists (
          select from newsledger.deliveries o
          where o.message_id = d.message_id and o.state in ('planned', 'delivered'))) as missed
    from newsledger.webhooks w where webhook_id <> ${ownerId} order by created_at, webhook_id`.execute(
    db,
  );
  return rows.map((row) => ({
    webhookId: row.webhook_id,
    channel: row.channel,
    url: row.shown_url ?? shownOfOld(row.url),
    rules: row.rules,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    disabledAt: row.disabled_at,
    failingSince: row.failing_since,
    missed: row.missed,
    createdAt: row.created_at,
  }));
}

const shownOfOld = (url: string): string => (isSealed(url) ? "…" : readAddress(url).shown);

/** Forgets the receiver and what was still planned for it; the log of past deliveries stays. */
export async function removeWebhook(db: Database, webhookId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      delete from newsledger.webhooks where webhook_id = ${webhookId}`.execute(trx);
    if (numAffectedRows === 0n) throw new WebhookNotFound(webhookId);
    await cancelPending(trx, webhookId, "the webhook was removed");
  });
}

/** A new secret, shown once. For a day messages carry both signatures, so that no receiver misses one. */
export async function rotateSecret(
  db: Database,
  webhookId: string,
  { vault, random = systemRandom }: { vault: Vault; random?: Random },
): Promise<{ secret: string }> {
  const secret = secretFrom(random.bytes(24));
  const { numAffectedRows } = await sql`
    update newsledger.webhooks
    set previous_secret = secret, previous_until = now() + interval '24 hours',
      secret = ${vault.seal(secret, placeOf(webhookId, "secret"))}
    where webhook_id = ${webhookId}`.execute(db);
  if (numAffectedRows === 0n) throw new WebhookNotFound(webhookId);
  return { secret };
}

/** Switches a receiver on again. What it missed is in the delivery log and can be sent again. */
export async function enableWebhook(db: Database, webhookId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update newsledger.webhooks
    set enabled = true, disabled_reason = null, disabled_at = null, failing_since = null,
      told_stage = null, told_at = null, not_before = null
    where webhook_id = ${webhookId}`.execute(db);
  if (numAffectedRows === 0n) throw new WebhookNotFound(webhookId);
}

export async function disableWebhook(
  trx: Database,
  webhookId: string,
  reason: string,
): Promise<void> {
  await sql`
    update newsledger.webhooks
    set enabled = false, disabled_reason = ${reason}, disabled_at = now()
    where webhook_id = ${webhookId}`.execute(trx);
  await cancelPending(trx, webhookId, reason);
}

async function cancelPending(trx: Database, webhookId: string, note: string): Promise<void> {
  await sql`
    update newsledger.deliveries set state = 'cancelled', done_at = now(), note = ${note}
    where target = ${webhookId} and state in ('planned', 'held', 'suspended')`.execute(trx);
}

/** Seals, with the key that seals now, every secret that is not: those from before there was a vault, or under an old key. */
export async function sealSecrets(db: Database, vault: Vault): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<WebhookRow & { secret: string; previous_secret: string | null }>`
      select * from newsledger.webhooks where webhook_id <> ${ownerId}
      order by webhook_id for update`.execute(trx);
    let sealed = 0;
    for (const row of rows) {
      const stored = [row.url, row.secret, row.previous_secret].filter((text) => text !== null);
      if (stored.every((text) => vault.isCurrent(text))) continue;
      const { webhook_id: id } = row;
      const again = (text: string, what: "url" | "secret") =>
        vault.seal(unseal(vault, text, placeOf(id, what)), placeOf(id, what));
      const shown = row.shown_url ?? shownOfOld(row.url);
      await sql`
        update newsledger.webhooks
        set url = ${again(row.url, "url")}, shown_url = ${shown},
          secret = ${again(row.secret, "secret")},
          previous_secret = ${row.previous_secret && again(row.previous_secret, "secret")}
        where webhook_id = ${id}`.execute(trx);
      sealed += 1;
    }
    return sealed;
  });
}

/** Makes the owner's address a receiver of mails about the others; without one, there is none. */
export async function setOwner(
  db: Database,
  vault: Vault,
  address: string | undefined,
): Promise<void> {
  if (address === undefined) {
    await sql`delete from newsledger.webhooks where webhook_id = ${ownerId}`.execute(db);
    return;
  }
  const { url, shown } = readAddress(`mailto:${address}`, "mail");
  const sealed = vault.seal(url, placeOf(ownerId, "url"));
  await sql`
    insert into newsledger.webhooks (webhook_id, url, shown_url, channel, secret, rules)
    values (${ownerId}, ${sealed}, ${shown}, 'mail', '', '{}')
    on conflict (webhook_id) do update
      set url = excluded.url, shown_url = excluded.shown_url, enabled = true`.execute(db);
}

interface WebhookRow {
  webhook_id: string;
  channel: ChannelName;
  url: string;
  shown_url: string | null;
  rules: string[] | null;
  enabled: boolean;
  disabled_reason: string | null;
  disabled_at: Date | null;
  failing_since: Date | null;
  missed: number;
  created_at: Date;
}
