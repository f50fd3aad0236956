import { randomBytes } from "node:crypto";
import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import { z } from "zod";
import { checkAddress } from "./address.ts";
import type { Database, Log } from "./database.ts";
import { line } from "./plain.ts";
import { checkSchedule, nextDue, type Schedule } from "./schedule.ts";
import type { Language } from "./words.ts";

/** A reader and what they get. */
export interface Subscription extends Schedule {
  readonly subscriptionId: string;
  readonly subscriberId: string;
  readonly email: string;
  readonly name: string | null;
  readonly language: Language;
  readonly topics: readonly string[];
  readonly nextDueAt: Date;
  /** False after the reader unsubscribed. */
  readonly enabled: boolean;
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
const newToken = (): string => randomBytes(16).toString("base64url");

/** Adds a reader. What the ledger learns from now on is news to them. */
export async function addSubscriber(
  db: Database,
  log: Log,
  subscriber: NewSubscriber,
  token: () => string = newToken,
): Promise<Subscription> {
  const { email, name, topics, schedule, at, language, fromStart, ...rest } =
    newSubscriber.parse(subscriber);
  const timeZone = rest.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const times: Schedule = { schedule, at, timeZone };
  checkSchedule(times);
  const cursor = fromStart ? 0n : await log.safePosition();
  const subscriberId = contentId("subscriber", token());
  const subscriptionId = contentId("subscription", subscriberId);
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ now: Date }>`
      insert into newsledger.subscribers (subscriber_id, email, name, language, confirmed_at)
      values (${subscriberId}, ${email}, ${name ?? null}, ${language}, now())
      on conflict do nothing returning now()`.execute(trx);
    const [added] = rows;
    if (!added)
      throw new SubscriberExists(`add subscriber ${email}: is there already; remove it first`);
    await sql`
      insert into newsledger.subscriptions
        (subscription_id, subscriber_id, topics, schedule, at, time_zone, cursor, next_due_at,
         unsubscribe_token)
      values (${subscriptionId}, ${subscriberId}, ${[...new Set(topics)]}, ${schedule}, ${at}, ${timeZone},
        ${cursor}, ${nextDue(times, added.now)}, ${token()})`.execute(trx);
  });
  return findSubscription(db, subscriptionId);
}

export async function listSubscribers(db: Database): Promise<Subscription[]> {
  const { rows } =
    await sql<SubscriptionRow>`${selectSubscriptions} order by p.created_at, p.subscription_id`.execute(
      db,
    );
  return rows.map(fromRow);
}

/** By the id of the subscription or of the subscriber, or by address. */
export async function findSubscription(db: Database, which: string): Promise<Subscription> {
  const { rows } = await sql<SubscriptionRow>`
    ${selectSubscriptions}
    where p.subscription_id = ${which} or s.subscriber_id = ${which} or lower(s.email) = lower(${which})`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new SubscriptionNotFound(which);
  return fromRow(row);
}

/** Erases the reader: address, name and subscriptions. Issues stay; they hold nothing about the person. */
export async function removeSubscriber(db: Database, which: string): Promise<void> {
  const { subscriberId } = await findSubscription(db, which);
  await sql`delete from newsledger.subscribers where subscriber_id = ${subscriberId}`.execute(db);
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

/** Stops a subscription by the token of its mails; null when no mail ever carried it. Safe to repeat. */
export async function unsubscribe(
  db: Database,
  token: string,
): Promise<{ language: Language } | null> {
  const { rows } = await sql<{ language: Language }>`
    update newsledger.subscriptions p set enabled = false
    from newsledger.subscribers s
    where p.unsubscribe_token = ${token} and s.subscriber_id = p.subscriber_id
    returning s.language`.execute(db);
  return rows[0] ?? null;
}

/** The language of the reader whose mails carry the token; null when there is none. */
export async function readerOf(
  db: Database,
  token: string,
): Promise<{ language: Language } | null> {
  const { rows } = await sql<{ language: Language }>`
    select s.language from newsledger.subscriptions p
    join newsledger.subscribers s using (subscriber_id)
    where p.unsubscribe_token = ${token}`.execute(db);
  return rows[0] ?? null;
}

const selectSubscriptions = sql`
  select p.subscription_id, p.subscriber_id, s.email, s.name, s.language, p.topics, p.schedule, p.at,
    p.time_zone, p.next_due_at, p.enabled, s.suppressed_reason, p.created_at
  from newsledger.subscriptions p join newsledger.subscribers s using (subscriber_id)`;

interface SubscriptionRow {
  subscription_id: string;
  subscriber_id: string;
  email: string;
  name: string | null;
  language: Language;
  topics: string[];
  schedule: string;
  at: string;
  time_zone: string;
  next_due_at: Date;
  enabled: boolean;
  suppressed_reason: string | null;
  created_at: Date;
}

const fromRow = (row: SubscriptionRow): Subscription => ({
  subscriptionId: row.subscription_id,
  subscriberId: row.subscriber_id,
  email: row.email,
  name: row.name,
  language: row.language,
  topics: row.topics,
  schedule: row.schedule,
  at: row.at,
  timeZone: row.time_zone,
  nextDueAt: row.next_due_at,
  enabled: row.enabled,
  suppressedReason: row.suppressed_reason,
  createdAt: row.created_at,
});
