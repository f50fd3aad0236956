import { randomBytes } from "node:crypto";
import { contentId } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import { sql } from "kysely";
import { z } from "zod";
import { checkAddress } from "./address.ts";
import type { Database, Log } from "./database.ts";
import { line } from "./plain.ts";
import { checkSchedule, nextDue, type Schedule } from "./schedule.ts";
import type { Language } from "./words.ts";

/** A reader and one thing they get. */
export interface Subscription extends Schedule {
  readonly subscriptionId: string;
  readonly subscriberId: string;
  readonly email: string;
  readonly name: string | null;
  readonly language: Language;
  readonly topics: readonly string[];
  readonly nextDueAt: Date;
  /** A sign of life once a week when there is nothing to tell. */
  readonly heartbeat: boolean;
  /** False after the reader unsubscribed. */
  readonly enabled: boolean;
  /** When the reader said yes; null while they are asked, and nothing is sent. */
  readonly confirmedAt: Date | null;
  /** Why nothing is sent to this address any more; null when all is well. */
  readonly suppressedReason: string | null;
  readonly createdAt: Date;
}

const newSubscriber = z.object({
  email: z
    .string()
    .trim()
    .transform((email) => checkAddress(email)),
  name: z
    .string()
    .max(120)
    .transform((name) => line(name))
    .optional(),
  /** The most important first. */
  topics: z.array(z.string().min(1).max(200)).min(1, "name at least one topic").max(50).readonly(),
  schedule: z.string().max(100).default("daily"),
  at: z.string().max(10).default("07:00"),
  /** Default: the system's. */
  timeZone: z.string().max(64).optional(),
  language: z.enum(["en", "es"]).default("en"),
  /** A short mail once a week when there was nothing to tell: the feeds were read all the same. */
  heartbeat: z.boolean().default(false),
  /** Tell the ledger's whole past in the first digest, not only what comes after now. */
  fromStart: z.boolean().default(false),
});
export type NewSubscriber = z.input<typeof newSubscriber>;

export class SubscriberExists extends Error {
  override name = "SubscriberExists";
}

export class SubscriptionNotFound extends Error {
  override name = "SubscriptionNotFound";
  constructor(which: string) {
    super(`subscription ${which}: there is none; "newsledger subscribers list" shows them`);
  }
}

/** 128 random bits in 22 characters: nobody guesses it, and no header line has to be folded for it. */
export const newToken = (): string => randomBytes(16).toString("base64url");

/** A wish that was checked. */
export interface Wish extends Schedule {
  readonly email: string;
  readonly name: string | null;
  readonly language: Language;
  readonly topics: readonly string[];
  readonly heartbeat: boolean;
  readonly fromStart: boolean;
}

/** Refuses, with a sentence, what cannot be written to or understood. */
export function checkWish(subscriber: NewSubscriber): Wish {
  const { name = null, topics, timeZone, ...rest } = newSubscriber.parse(subscriber);
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const wish: Wish = { ...rest, name, topics: [...new Set(topics)], timeZone: zone };
  checkSchedule(wish);
  return wish;
}

/** Adds a reader who is known to want it. What the ledger learns from now on is news to them. */
export async function addSubscriber(
  db: Database,
  log: Log,
  subscriber: NewSubscriber,
): Promise<Subscription> {
  const wish = checkWish(subscriber);
  const position = wish.fromStart ? 0n : await log.safePosition();
  const subscriptionId = await db.transaction().execute(async (trx) => {
    const entered = await enter(trx, wish, position);
    if (entered.live)
      throw new SubscriberExists(
        `add subscriber ${wish.email}: gets a digest of these topics already; remove it first`,
      );
    await begin(trx, entered.subscriptionId, wish, position);
    return entered.subscriptionId;
  });
  return findSubscription(db, subscriptionId);
}

/** The reader and their subscription to these topics, made where they are missing; nothing is sent for it yet. */
export async function enter(
  trx: AnyTransaction,
  wish: Wish,
  position: bigint,
): Promise<{ subscriptionId: string; subscriberId: string; live: boolean }> {
  const { email, name, language, topics, heartbeat } = wish;
  const { rows: readers } = await sql<{ subscriber_id: string; now: Date }>`
    insert into newsledger.subscribers as s (subscriber_id, email, name, language, stop_all_token)
    values (${contentId("subscriber", newToken())}, ${email}, ${name}, ${language}, ${newToken()})
    on conflict (lower(email)) do update set name = coalesce(excluded.name, s.name)
    returning subscriber_id, now()`.execute(trx);
  const [reader] = readers;
  if (!reader) throw new Error(`add subscriber ${email}: the database answered nothing`);
  const { rows: found } = await sql<{ subscription_id: string; live: boolean }>`
    select subscription_id, enabled and confirmed_at is not null as live
    from newsledger.subscriptions
    where subscriber_id = ${reader.subscriber_id} and topics @> ${[...topics]} and topics <@ ${[...topics]}
    limit 1`.execute(trx);
  const subscriberId = reader.subscriber_id;
  const [known] = found;
  if (known && !known.live)
    await sql`
      update newsledger.subscriptions set heartbeat = ${heartbeat}
      where subscription_id = ${known.subscription_id}`.execute(trx);
  if (known) return { subscriptionId: known.subscription_id, subscriberId, live: known.live };
  const subscriptionId = contentId("subscription", subscriberId, newToken());
  await sql`
    insert into newsledger.subscriptions
      (subscription_id, subscriber_id, topics, schedule, at, time_zone, cursor, started_from, next_due_at,
       heartbeat, unsubscribe_token)
    values (${subscriptionId}, ${subscriberId}, ${[...topics]}, ${wish.schedule}, ${wish.at}, ${wish.timeZone},
      ${position}, ${position}, ${nextDue(wish, reader.now)}, ${heartbeat}, ${newToken()})`.execute(
    trx,
  );
  return { subscriptionId, subscriberId, live: false };
}

/** From now on the reader gets it: what the ledger learns after `position` is news to them. */
export async function begin(
  trx: AnyTransaction,
  subscriptionId: string,
  times: Schedule,
  position: bigint,
): Promise<Date> {
  const { rows } = await sql<{ now: Date; subscriber_id: string }>`
    select now() as now, subscriber_id from newsledger.subscriptions
    where subscription_id = ${subscriptionId} for update`.execute(trx);
  const [row] = rows;
  if (!row) throw new SubscriptionNotFound(subscriptionId);
  const nextDueAt = nextDue(times, row.now);
  await sql`
    update newsledger.subscriptions
    set enabled = true, confirmed_at = now(), cursor = ${position}, started_from = ${position},
      schedule = ${times.schedule}, at = ${times.at}, time_zone = ${times.timeZone}, next_due_at = ${nextDueAt}
    where subscription_id = ${subscriptionId}`.execute(trx);
  await sql`
    update newsledger.subscribers set confirmed_at = coalesce(confirmed_at, now())
    where subscriber_id = ${row.subscriber_id}`.execute(trx);
  await sql`
    delete from newsledger.confirmations where subscription_id = ${subscriptionId}`.execute(trx);
  return nextDueAt;
}

export async function listSubscribers(db: Database): Promise<Subscription[]> {
  const { rows } =
    await sql<Subscription>`${selectSubscriptions} order by p.created_at, p.subscription_id`.execute(
      db,
    );
  return rows;
}

/** Everything that one reader gets: by address, or by the id of the reader or of one subscription. */
export async function subscriptionsOf(
  db: Database | AnyTransaction,
  which: string,
): Promise<[Subscription, ...Subscription[]]> {
  const { rows } = await sql<Subscription>`
    ${selectSubscriptions}
    where p.subscription_id = ${which} or s.subscriber_id = ${which} or lower(s.email) = lower(${which})
    order by p.created_at, p.subscription_id`.execute(db);
  const [first, ...others] = rows;
  if (!first) throw new SubscriptionNotFound(which);
  return [first, ...others];
}

/** By the id of the subscription or of the subscriber, or by address: the oldest that they get. */
export async function findSubscription(db: Database, which: string): Promise<Subscription> {
  const all = await subscriptionsOf(db, which);
  return all.find(({ enabled, confirmedAt }) => enabled && confirmedAt !== null) ?? all[0];
}

/** Erases the reader: address, name and subscriptions. Issues stay; they hold nothing about the person. */
export async function removeSubscriber(db: Database, which: string): Promise<void> {
  const [{ subscriberId }] = await subscriptionsOf(db, which);
  await sql`delete from newsledger.subscribers where subscriber_id = ${subscriberId}`.execute(db);
}

/** New links for the reader's mails: those in mails that were passed on lead nowhere any more. */
export async function renewLinks(db: Database, which: string): Promise<void> {
  const subscriptions = await subscriptionsOf(db, which);
  await db.transaction().execute(async (trx) => {
    for (const { subscriptionId } of subscriptions)
      await sql`
        update newsledger.subscriptions set unsubscribe_token = ${newToken()}
        where subscription_id = ${subscriptionId}`.execute(trx);
    await sql`
      update newsledger.subscribers set stop_all_token = ${newToken()}
      where subscriber_id = ${subscriptions[0].subscriberId}`.execute(trx);
  });
}

export const localReader = "reader@localhost";

/** The reader that a new installation starts with, whose mail goes to files; nothing when there is any reader. */
export async function seedLocalSubscription(db: Database, log: Log): Promise<void> {
  const { rows } = await sql`select from newsledger.subscribers limit 1`.execute(db);
  if (rows.length > 0) return;
  try {
    await addSubscriber(db, log, { email: localReader, topics: ["citgo-6", "us-venezuela"] });
  } catch (error) {
    if (!(error instanceof SubscriberExists)) throw error; // another process was faster
  }
}

const selectSubscriptions = sql`
  select p.subscription_id as "subscriptionId", p.subscriber_id as "subscriberId", s.email, s.name, s.language,
    p.topics, p.schedule, p.at, p.time_zone as "timeZone", p.next_due_at as "nextDueAt", p.heartbeat, p.enabled,
    p.confirmed_at as "confirmedAt", s.suppressed_reason as "suppressedReason", p.created_at as "createdAt"
  from newsledger.subscriptions p join newsledger.subscribers s using (subscriber_id)`;
