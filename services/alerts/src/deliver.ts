import { deliveryFailed, deliverySucceeded, type NewsEvents, streams } from "@newsledger/core";
import type { AnyTransaction, EventLog } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { RetryLater } from "@newsledger/queue";
import { sql } from "kysely";
import { attempt, type Message, type Outcome, type Post, record } from "./attempt.ts";
import { type Next, next } from "./retry.ts";
import type { Database } from "./rules.ts";
import { disableWebhook } from "./webhooks.ts";

export interface DeliverOptions {
  readonly post: Post;
  /** In [0, 1): spreads the waits between attempts. */
  readonly random: () => number;
}

interface Turn {
  readonly signal: AbortSignal;
  readonly lastStart: boolean;
  finish(trx: AnyTransaction): Promise<void>;
}

/** What the queue runs for one delivery: one attempt, and the decision on what follows, in one transaction with its record. */
export function deliverer(
  { db, log, clock, logger }: Pick<Resources, "db" | "log" | "clock" | "logger">,
  { post, random }: DeliverOptions,
) {
  return async ({ deliveryId }: { deliveryId: string }, turn: Turn): Promise<void> => {
    const planned = await load(db, deliveryId);
    if (planned === null) return db.transaction().execute((trx) => drop(trx, deliveryId, turn));

    const outcome = await attempt(post, planned.message, () => clock.now(), turn.signal);
    const retry = await db.transaction().execute(async (trx) => {
      const attempts = await record(trx, deliveryId, outcome);
      const decided = next(outcome, attempts, random());
      if (decided.verdict === "retry" && !turn.lastStart) {
        await noteFailure(trx, planned.delivery.target);
        return decided;
      }
      await turn.finish(trx);
      await conclude(trx, log, planned.delivery, attempts, decided.verdict, outcome);
      return null;
    });
    if (retry === null) return;
    await disableAfterDays(db, planned.delivery.target, (reason) =>
      logger.warn({ webhookId: planned.delivery.target }, reason),
    );
    throw new RetryLater(
      `deliver ${deliveryId}: ${outcome.error ?? "not accepted"}`,
      retry.afterSeconds,
    );
  };
}

/** When the work is given up for a reason of our own: the delivery says so too. */
export function exhausted(log: EventLog<NewsEvents>) {
  return async (
    { deliveryId }: { deliveryId: string },
    error: Error,
    trx: AnyTransaction,
  ): Promise<void> => {
    const { rows } = await sql<DeliveryFacts & { attempts: number }>`
      select delivery_id, target, cause, attempts from newsledger.deliveries
      where delivery_id = ${deliveryId} and state = 'planned' for update`.execute(trx);
    const [delivery] = rows;
    if (delivery) await fail(trx, log, delivery, Math.max(1, delivery.attempts), error.message);
  };
}

interface DeliveryFacts {
  delivery_id: string;
  target: string;
  cause: string;
}

interface Planned {
  readonly delivery: DeliveryFacts;
  readonly message: Message;
}

/** The delivery when it is still wanted: planned, and its receiver there and switched on. */
async function load(db: Database, deliveryId: string): Promise<Planned | null> {
  const { rows } = await sql<
    DeliveryFacts & {
      message_id: string;
      payload: string;
      url: string;
      secret: string;
      previous_secret: string | null;
    }
  >`
    select d.delivery_id, d.target, d.cause, d.message_id, d.payload, w.url, w.secret,
      case when w.previous_until > now() then w.previous_secret end as previous_secret
    from newsledger.deliveries d
    join newsledger.webhooks w on w.webhook_id = d.target and w.enabled
    where d.delivery_id = ${deliveryId} and d.state = 'planned'`.execute(db);
  const [row] = rows;
  if (!row) return null;
  return {
    delivery: row,
    message: {
      messageId: row.message_id,
      url: row.url,
      secrets: [row.secret, ...(row.previous_secret === null ? [] : [row.previous_secret])],
      body: row.payload,
    },
  };
}

/** Nothing to send any more: done before, or its receiver is gone. */
async function drop(trx: AnyTransaction, deliveryId: string, turn: Turn): Promise<void> {
  await turn.finish(trx);
  await sql`
    update newsledger.deliveries set state = 'cancelled', done_at = now()
    where delivery_id = ${deliveryId} and state = 'planned'`.execute(trx);
}

async function conclude(
  trx: AnyTransaction,
  log: EventLog<NewsEvents>,
  delivery: DeliveryFacts,
  attempts: number,
  verdict: Next["verdict"],
  outcome: Outcome,
): Promise<void> {
  if (verdict === "delivered") return succeed(trx, log, delivery, attempts);
  await fail(trx, log, delivery, attempts, outcome.error ?? "not accepted");
  if (verdict === "gone")
    await disableWebhook(trx, delivery.target, "the receiver answered 410 Gone: it wants no more");
  else await noteFailure(trx, delivery.target);
}

async function succeed(
  trx: AnyTransaction,
  log: EventLog<NewsEvents>,
  delivery: DeliveryFacts,
  attempts: number,
): Promise<void> {
  await close(trx, delivery.delivery_id, "delivered");
  await sql`
    update newsledger.webhooks set failing_since = null
    where webhook_id = ${delivery.target} and failing_since is not null`.execute(trx);
  await log
    .within(trx)
    .append(
      streams.alert(delivery.cause),
      [deliverySucceeded.create({ ...facts(delivery), attempts })],
      {
        key: `delivery:${delivery.delivery_id}`,
      },
    );
}

async function fail(
  trx: AnyTransaction,
  log: EventLog<NewsEvents>,
  delivery: DeliveryFacts,
  attempts: number,
  reason: string,
): Promise<void> {
  await close(trx, delivery.delivery_id, "failed");
  await log
    .within(trx)
    .append(
      streams.alert(delivery.cause),
      [deliveryFailed.create({ ...facts(delivery), attempts, reason })],
      { key: `delivery:${delivery.delivery_id}` },
    );
}

const facts = ({ delivery_id: deliveryId, target, cause }: DeliveryFacts) =>
  ({ deliveryId, channel: "webhook", target, cause }) as const;

const close = (trx: AnyTransaction, deliveryId: string, state: "delivered" | "failed") =>
  sql`
    update newsledger.deliveries set state = ${state}, done_at = now()
    where delivery_id = ${deliveryId}`.execute(trx);

const noteFailure = (trx: AnyTransaction, webhookId: string) =>
  sql`
    update newsledger.webhooks set failing_since = now()
    where webhook_id = ${webhookId} and failing_since is null`.execute(trx);

/** A receiver that has failed for five days without one success is switched off: what it missed can be sent again. */
async function disableAfterDays(
  db: Database,
  webhookId: string,
  warn: (reason: string) => void,
): Promise<void> {
  const { rows } = await sql`
    select from newsledger.webhooks
    where webhook_id = ${webhookId} and enabled and failing_since < now() - interval '5 days'`.execute(
    db,
  );
  if (rows.length === 0) return;
  const reason = "every attempt failed for five days";
  await db.transaction().execute((trx) => disableWebhook(trx, webhookId, reason));
  warn(`webhook switched off: ${reason}`);
}
