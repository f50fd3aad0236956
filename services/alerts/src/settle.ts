import {
  deliveryFailed,
  deliverySucceeded,
  type NewsEvents,
  streams,
  webhookDisabled,
  webhookFailing,
  webhookRecovered,
} from "@newsledger/core";
import type { AnyTransaction, AppendRequest, EventLog } from "@newsledger/eventlog";
import { sql } from "kysely";
import type { Outcome } from "./attempt.ts";
import type { Claimed } from "./claim.ts";
import { type Judgement, judge, type Seen, type Stage } from "./health.ts";
import { planNotice } from "./notices.ts";
import { type Next, next } from "./retry.ts";
import { disableWebhook, ownerId } from "./webhooks.ts";

/** An attempt that was made, and what it came to. */
export interface Made {
  readonly delivery: Claimed;
  readonly outcome: Outcome;
}

interface Settled extends Made {
  readonly decided: Next;
  readonly attempt: number;
}

export interface SettleOptions {
  readonly log: EventLog<NewsEvents>;
  /** In [0, 1): spreads the waits between attempts. */
  readonly random: () => number;
}

/**
 * Writes attempts down, and what follows from them, in one transaction: the attempts, the deliveries' states, the
 * receivers' health, the ledger's events, the mails to the owner. Who lost its claim meanwhile changes nothing.
 */
export async function settle(
  trx: AnyTransaction,
  made: readonly Made[],
  { log, random }: SettleOptions,
): Promise<void> {
  const settled = made.map((one): Settled => {
    const attempt = one.delivery.attempts + 1;
    return { ...one, attempt, decided: next(one.outcome, attempt, random()) };
  });
  // Receivers first, in order: whoever switches one off locks in the same order.
  const receivers = await lockReceivers(trx, settled);
  const valid = await writeStates(trx, settled);
  if (valid.length === 0) return;
  await writeAttempts(trx, valid);
  const requests = valid.flatMap(eventOf);
  for (const receiver of receivers) requests.push(...(await judgeReceiver(trx, receiver, valid)));
  if (requests.length > 0) await log.within(trx).appendMany(requests);
}

interface Receiver {
  webhook_id: string;
  shown_url: string | null;
  failing_since: Date | null;
  failing_seconds: number | null;
  told_stage: Stage | null;
  told_seconds: number | null;
}

async function lockReceivers(
  trx: AnyTransaction,
  settled: readonly Settled[],
): Promise<Receiver[]> {
  const targets = [...new Set(settled.map(({ delivery }) => delivery.target))];
  const { rows } = await sql<Receiver>`
    select webhook_id, shown_url, failing_since, told_stage,
      extract(epoch from now() - failing_since)::float8 as failing_seconds,
      extract(epoch from now() - told_at)::float8 as told_seconds
    from newsledger.webhooks where webhook_id = any(${targets}) and enabled
    order by webhook_id for update`.execute(trx);
  return rows;
}

const stateAfter = { delivered: "delivered", gone: "failed", failed: "failed", retry: "planned" };

/** What was cancelled while it was under way stays so, unless it arrived all the same. */
async function writeStates(
  trx: AnyTransaction,
  settled: readonly Settled[],
): Promise<readonly Settled[]> {
  const wanted = settled.map(({ delivery, decided }) => ({
    id: delivery.deliveryId,
    fence: delivery.fence,
    state: stateAfter[decided.verdict],
    after: decided.verdict === "retry" ? decided.afterSeconds : 0,
  }));
  const { rows } = await sql<{ delivery_id: string; fence: number }>`
    update newsledger.deliveries d
    set attempts = d.attempts + 1, lease_until = null,
      state = case when d.state = 'cancelled' and w.state <> 'delivered' then d.state else w.state end,
      next_attempt_at = now() + make_interval(secs => w.after),
      done_at = case when w.state = 'planned' then d.done_at else now() end
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      as w (id text, fence int, state text, after float8)
    where d.delivery_id = w.id and d.fence = w.fence and d.state in ('planned', 'cancelled')
    returning d.delivery_id, d.fence`.execute(trx);
  // While the database was away, one delivery may have been sent under an earlier claim too: that one counts no more.
  const written = new Map(rows.map((row) => [row.delivery_id, row.fence]));
  return settled.filter(({ delivery }) => written.get(delivery.deliveryId) === delivery.fence);
}

/** Rows are never changed afterwards. */
async function writeAttempts(trx: AnyTransaction, settled: readonly Settled[]): Promise<void> {
  const rows = settled.map(({ delivery, outcome, attempt }) => ({
    id: delivery.deliveryId,
    attempt,
    status: outcome.status,
    error: outcome.error,
    response: outcome.response,
    ms: Math.round(outcome.durationMs),
  }));
  await sql`
    insert into newsledger.delivery_attempts
      (delivery_id, attempt, started_at, status, error, response, duration_ms)
    select id, attempt, now() - make_interval(secs => ms / 1000.0), status, error, response, ms
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as made (id text, attempt int, status int, error text, response text, ms int)`.execute(trx);
}

/** How a delivery ended stands in the ledger, when it was about something in the ledger. */
function eventOf({ delivery, decided, attempt, outcome }: Settled): AppendRequest[] {
  if (decided.verdict === "retry" || !delivery.kind.startsWith("alert.")) return [];
  const { deliveryId, channel, target, cause } = delivery;
  const facts = { deliveryId, channel, target, cause, attempts: attempt };
  const event =
    decided.verdict === "delivered"
      ? deliverySucceeded.create(facts)
      : deliveryFailed.create({ ...facts, reason: outcome.error ?? "not accepted" });
  return [{ stream: streams.alert(cause), events: [event], key: `delivery:${deliveryId}` }];
}

async function judgeReceiver(
  trx: AnyTransaction,
  receiver: Receiver,
  settled: readonly Settled[],
): Promise<AppendRequest[]> {
  const own = settled.filter(({ delivery }) => delivery.target === receiver.webhook_id);
  const judged = judge(
    {
      failingSeconds: receiver.failing_seconds,
      toldStage: receiver.told_stage,
      toldSeconds: receiver.told_seconds,
    },
    seenIn(own),
  );
  await restAsAsked(trx, receiver, own);
  if (judged.failing === "as before" && judged.tell === null && judged.disable === null) return [];
  const failingSince = await writeHealth(trx, receiver, judged);
  if (judged.disable !== null) await disableWebhook(trx, receiver.webhook_id, judged.disable);
  // Of the owner's own address nobody can be told by mail.
  if (judged.tell === null || receiver.webhook_id === ownerId) return [];
  return tell(trx, receiver, judged, failingSince, lastError(own));
}

const seenIn = (own: readonly Settled[]): Seen => ({
  accepted: own.some(({ outcome }) => outcome.accepted),
  failed: own.some(({ outcome }) => !outcome.accepted && !outcome.closedRoad),
  gone: own.some(({ decided }) => decided.verdict === "gone"),
});

const lastError = (own: readonly Settled[]): string =>
  own.findLast(({ outcome }) => outcome.error !== null)?.outcome.error ?? "not accepted";

/** A Retry-After is about the receiver, not about one message: nothing is sent to it before. */
async function restAsAsked(
  trx: AnyTransaction,
  { webhook_id: target }: Receiver,
  own: readonly Settled[],
): Promise<void> {
  const seconds = Math.max(
    ...own.map(({ outcome }) => Math.min(outcome.retryAfterSeconds, 86_400)),
  );
  if (seconds <= 0) return;
  await sql`
    update newsledger.webhooks
    set not_before = greatest(not_before, now() + make_interval(secs => ${seconds}))
    where webhook_id = ${target}`.execute(trx);
}

async function writeHealth(
  trx: AnyTransaction,
  receiver: Receiver,
  { failing, tell }: Judgement,
): Promise<Date> {
  const told = tell === "recovered" ? null : tell;
  const { rows } = await sql<{ failing_since: Date | null; now: Date }>`
    update newsledger.webhooks
    set failing_since = case ${failing}::text
          when 'begins' then now() when 'ends' then null else failing_since end,
      told_stage = case when ${tell}::text is null then told_stage else ${told}::text end,
      told_at = case when ${tell}::text is null then told_at else now() end
    where webhook_id = ${receiver.webhook_id} returning failing_since, now()`.execute(trx);
  const [row] = rows;
  return receiver.failing_since ?? row?.failing_since ?? row?.now ?? new Date(0);
}

/** An event in the ledger, and a mail to the owner. */
async function tell(
  trx: AnyTransaction,
  receiver: Receiver,
  { tell: what, disable }: Judgement,
  failingSince: Date,
  error: string,
): Promise<AppendRequest[]> {
  if (what === null) return [];
  const { webhook_id: webhookId, shown_url } = receiver;
  const address = shown_url ?? webhookId;
  const since = failingSince.toISOString();
  await planNotice(trx, {
    webhookId,
    address,
    tell: what,
    failingSince,
    reason: disable ?? error,
  });
  const event = {
    failing: () =>
      webhookFailing.create({ webhookId, address, stage: "first", since, reason: error }),
    "half-way": () =>
      webhookFailing.create({ webhookId, address, stage: "half-way", since, reason: error }),
    disabled: () => webhookDisabled.create({ webhookId, address, reason: disable ?? error }),
    recovered: () => webhookRecovered.create({ webhookId, address, failedSince: since }),
  }[what]();
  const key = `webhook:${webhookId}:${what}:${since}`;
  return [{ stream: streams.webhook(webhookId), events: [event], key }];
}
