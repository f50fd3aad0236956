import { contentId, jobs } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import { type Hint, openWork } from "@newsledger/queue";
import { sql } from "kysely";
import { domainOf, parseSender } from "./address.ts";
import type { Database, Log, Press } from "./database.ts";
import { renderQuestion } from "./question.ts";
import type { Schedule } from "./schedule.ts";
import {
  begin,
  checkWish,
  enter,
  findSubscription,
  type NewSubscriber,
  newToken,
  SubscriberExists,
  type Subscription,
  type Wish,
} from "./subscribers.ts";
import type { Language } from "./words.ts";

/** A reader is asked by mail before anything else is sent (double opt-in): an address alone is no wish. */

const validHours = 72;
/** An address is asked at most so often a day, whoever enters it. */
const questionsADay = 3;
/** All addresses together, in an hour: more is somebody playing. */
const questionsAnHour = 100;

/** Asks a reader whether they want it; whoever runs the ledger may know that they are on the list already. */
export async function inviteSubscriber(
  press: Press,
  subscriber: NewSubscriber,
): Promise<{ subscription: Subscription; hints: Hint[] }> {
  const wish = checkWish(subscriber);
  const position = await press.log.safePosition();
  const { subscriptionId, hints } = await press.db.transaction().execute(async (trx) => {
    const entered = await enter(trx, wish, position);
    if (entered.live)
      throw new SubscriberExists(
        `ask ${wish.email}: gets a digest of these topics already; remove it first`,
      );
    return { ...entered, hints: await ask(trx, press, entered.subscriptionId, wish) };
  });
  return { subscription: await findSubscription(press.db, subscriptionId), hints };
}

/**
 * A stranger enters an address. The answer is the same whatever is known of it: who is on the list, who is not wanted on
 * it and who is asked too often are told nothing more than anybody else.
 */
export async function signUp(press: Press, subscriber: NewSubscriber): Promise<Hint[]> {
  const wish = checkWish({ ...subscriber, fromStart: false });
  const position = await press.log.safePosition();
  return press.db.transaction().execute(async (trx) => {
    if (await tooMany(trx, wish.email)) return [];
    const { live, subscriptionId } = await enter(trx, { ...wish, name: null }, position);
    return live ? [] : ask(trx, press, subscriptionId, wish);
  });
}

async function tooMany(trx: AnyTransaction, email: string): Promise<boolean> {
  const { rows } = await sql<{ own: number; all: number; stopped: number }>`
    select
      (select count(*)::int from newsledger.confirmations c join newsledger.subscriptions p using (subscription_id)
        join newsledger.subscribers s using (subscriber_id)
        where lower(s.email) = lower(${email}) and c.created_at > now() - interval '1 day') as own,
      (select count(*)::int from newsledger.confirmations where created_at > now() - interval '1 hour') as all,
      (select count(*)::int from newsledger.subscribers
        where lower(email) = lower(${email}) and suppressed_reason is not null) as stopped`.execute(
    trx,
  );
  const [{ own, all, stopped } = { own: 0, all: 0, stopped: 0 }] = rows;
  return own >= questionsADay || all >= questionsAnHour || stopped > 0;
}

/** Plans the mail that asks. It goes the road of every mail: kept, tried again, sent under one Message-ID. */
async function ask(
  trx: AnyTransaction,
  press: Press,
  subscriptionId: string,
  wish: Wish,
): Promise<Hint[]> {
  const token = newToken();
  const issueId = contentId("confirmation", token);
  const { topics, language } = wish;
  const titles = topics.map(
    (id) => press.topics.find((topic) => topic.id === id)?.title[language] ?? id,
  );
  const { subject, html, text } = renderQuestion({ language, titles, times: wish, validHours });
  await sql`
    insert into newsledger.confirmations (token, subscription_id, expires_at)
    values (${token}, ${subscriptionId}, now() + make_interval(hours => ${validHours}))`.execute(
    trx,
  );
  // An older question that waits would only ask twice.
  await sql`
    update newsledger.issues set state = 'skipped', reason = 'asked again'
    where subscription_id = ${subscriptionId} and kind = 'confirmation' and state = 'planned'`.execute(
    trx,
  );
  await sql`
    insert into newsledger.issues
      (issue_id, subscription_id, kind, period_end, from_position, to_position, state, topics, language, message_id,
       subject, html, text, stories)
    values (${issueId}, ${subscriptionId}, 'confirmation', clock_timestamp(), 0, 0, 'planned', ${[...topics]},
      ${language}, ${`<${issueId}@${domainOf(parseSender(press.mailFrom))}>`}, ${subject}, ${html}, ${text}, 0)`.execute(
    trx,
  );
  return openWork(press.db).plan([jobs.sendDigest.request({ issueId })], trx);
}

interface Asked extends Schedule {
  readonly subscriptionId: string;
  readonly language: Language;
  readonly topics: readonly string[];
}

/** Whom a confirmation link asks; null when it is not valid, or not any more. */
export async function askedBy(db: Database | AnyTransaction, token: string): Promise<Asked | null> {
  const { rows } = await sql<Asked>`
    select p.subscription_id as "subscriptionId", s.language, p.topics, p.schedule, p.at, p.time_zone as "timeZone"
    from newsledger.confirmations c
    join newsledger.subscriptions p using (subscription_id)
    join newsledger.subscribers s using (subscriber_id)
    where c.token = ${token} and c.expires_at > now()`.execute(db);
  return rows[0] ?? null;
}

/** The reader says yes; null when nobody was asked with this token, or too long ago. */
export async function confirm(
  db: Database,
  log: Log,
  token: string,
): Promise<(Asked & { nextDueAt: Date }) | null> {
  const position = await log.safePosition();
  return db.transaction().execute(async (trx) => {
    const asked = await askedBy(trx, token);
    if (asked === null) return null;
    return { ...asked, nextDueAt: await begin(trx, asked.subscriptionId, asked, position) };
  });
}

/** Who was asked and never said yes is forgotten, address and all. */
export async function forgetUnconfirmed(db: Database): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`delete from newsledger.confirmations where expires_at < now() - interval '1 day'`.execute(
      trx,
    );
    await sql`
      delete from newsledger.subscriptions p
      where p.confirmed_at is null and p.created_at < now() - interval '1 day'
        and not exists (select from newsledger.confirmations c
          where c.subscription_id = p.subscription_id and c.expires_at > now())`.execute(trx);
    const { rows } = await sql`
      delete from newsledger.subscribers s
      where s.confirmed_at is null and s.suppressed_reason is null and s.created_at < now() - interval '1 day'
        and not exists (select from newsledger.subscriptions p where p.subscriber_id = s.subscriber_id)
      returning s.subscriber_id`.execute(trx);
    return rows.length;
  });
}
