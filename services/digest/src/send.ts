import { digestFailed, digestSent, streams } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import { RetryLater } from "@newsledger/queue";
import { sql } from "kysely";
import { parseSender } from "./address.ts";
import type { Database, Log, Press } from "./database.ts";
import type { Mail } from "./mail.ts";
import type { SendResult, Transport } from "./transport.ts";

export interface SendOptions {
  readonly press: Pick<Press, "db" | "log" | "publicUrl" | "mailFrom">;
  readonly transport: Transport;
  /** How long an issue is tried before it is given up. */
  readonly retryHours: number;
}

interface Turn {
  readonly lastStart: boolean;
  finish(trx: AnyTransaction): Promise<void>;
}

/** What the queue runs for one issue: hands it over once, and records how that ended together with the reader's new cursor. */
export function sender({ press, transport, retryHours }: SendOptions) {
  const { db, log } = press;
  return async ({ issueId }: { issueId: string }, turn: Turn): Promise<void> => {
    const issue = await load(db, issueId, retryHours);
    if (issue === null) return db.transaction().execute((trx) => drop(trx, issueId, turn));

    const result = await transport.send(mailOf(issue, press));
    const giveUp = turn.lastStart || issue.expired;
    if (result.outcome === "sent" || result.outcome === "refused" || giveUp) {
      await db.transaction().execute(async (trx) => {
        await turn.finish(trx);
        if (result.outcome === "sent") await markSent(trx, log, issue, transport.kind);
        else await markFailed(trx, log, issue, result.reason);
      });
      return;
    }
    await noteTry(db, issueId, result);
    throw new RetryLater(`send digest ${issueId}: ${result.reason}`, waitSeconds(issue.attempts));
  };
}

/** When the work is given up for a reason of our own: the issue says so too. */
export function exhausted(log: Log, retryHours: number) {
  return async (
    { issueId }: { issueId: string },
    error: Error,
    trx: AnyTransaction,
  ): Promise<void> => {
    const issue = await load(trx, issueId, retryHours);
    if (issue) await markFailed(trx, log, issue, error.message);
    else await abandon(trx, issueId);
  };
}

const minute = 60;
const waits = [1, 5, 15, 30, 60, 120, 180, 240].map((minutes) => minutes * minute);

const waitSeconds = (attempts: number): number =>
  waits[Math.min(attempts, waits.length - 1)] ?? minute;

interface Issue {
  issue_id: string;
  subscription_id: string;
  topics: string[];
  from_position: string;
  to_position: string;
  message_id: string;
  in_reply_to: string | null;
  subject: string;
  html: string;
  text: string;
  stories: number;
  attempts: number;
  composed_at: Date;
  email: string;
  name: string | null;
  unsubscribe_token: string;
  expired: boolean;
}

/** The issue when it is still to be sent, and its reader still wants it. */
async function load(
  db: Database | AnyTransaction,
  issueId: string,
  retryHours: number,
): Promise<Issue | null> {
  const { rows } = await sql<Issue>`
    select i.issue_id, i.subscription_id, i.topics, i.from_position, i.to_position, i.message_id, i.in_reply_to,
      i.subject, i.html, i.text, i.stories, i.attempts, i.composed_at, s.email, s.name, p.unsubscribe_token,
      i.composed_at + make_interval(hours => ${retryHours}) < now() as expired
    from newsledger.issues i
    join newsledger.subscriptions p using (subscription_id)
    join newsledger.subscribers s using (subscriber_id)
    where i.issue_id = ${issueId} and i.state in ('planned', 'unknown')
      and p.enabled and s.suppressed_reason is null`.execute(db);
  return rows[0] ?? null;
}

function mailOf(issue: Issue, { publicUrl, mailFrom }: SendOptions["press"]): Mail {
  return {
    issueId: issue.issue_id,
    from: parseSender(mailFrom),
    to: { name: issue.name ?? "", address: issue.email },
    messageId: issue.message_id,
    inReplyTo: issue.in_reply_to,
    date: issue.composed_at,
    subject: issue.subject,
    html: issue.html,
    text: issue.text,
    topics: issue.topics,
    unsubscribeUrl: `${publicUrl}/u/${issue.unsubscribe_token}`,
  };
}

const facts = (issue: Issue) => ({
  issueId: issue.issue_id,
  subscriptionId: issue.subscription_id,
  topics: issue.topics,
  from: issue.from_position,
  to: issue.to_position,
  stories: issue.stories,
});

async function markSent(
  trx: AnyTransaction,
  log: Log,
  issue: Issue,
  transport: Transport["kind"],
): Promise<void> {
  await sql`
    update newsledger.issues
    set state = 'sent', sent_at = now(), attempts = attempts + 1, reason = null
    where issue_id = ${issue.issue_id}`.execute(trx);
  await sql`
    update newsledger.subscriptions set cursor = greatest(cursor, ${issue.to_position}::bigint)
    where subscription_id = ${issue.subscription_id}`.execute(trx);
  const sent = digestSent.create({ ...facts(issue), messageId: issue.message_id, transport });
  await log.within(trx).append(streams.digest(issue.subscription_id), [sent], {
    key: `digest:${issue.issue_id}:sent`,
  });
}

/** The cursor stays: the next issue tells what this one could not. */
async function markFailed(
  trx: AnyTransaction,
  log: Log,
  issue: Issue,
  reason: string,
): Promise<void> {
  await sql`
    update newsledger.issues set state = 'failed', attempts = attempts + 1, reason = ${reason}
    where issue_id = ${issue.issue_id}`.execute(trx);
  await suppressAfterFailures(trx, issue.subscription_id, reason);
  await log
    .within(trx)
    .append(
      streams.digest(issue.subscription_id),
      [digestFailed.create({ ...facts(issue), reason })],
      { key: `digest:${issue.issue_id}:failed` },
    );
}

/** An address that refused three issues in a row is written to no more, until a person looks at it. */
async function suppressAfterFailures(
  trx: AnyTransaction,
  subscriptionId: string,
  reason: string,
): Promise<void> {
  await sql`
    update newsledger.subscribers s set suppressed_reason = ${`three digests in a row failed; the last: ${reason}`}
    from newsledger.subscriptions p
    where p.subscription_id = ${subscriptionId} and s.subscriber_id = p.subscriber_id
      and (select array_agg(state) from (
        select state from newsledger.issues
        where subscription_id = ${subscriptionId} and state <> 'skipped'
        order by period_end desc limit 3) as latest) = array['failed', 'failed', 'failed']`.execute(
    trx,
  );
}

async function noteTry(
  db: Database,
  issueId: string,
  { outcome, reason }: Exclude<SendResult, { outcome: "sent" }>,
): Promise<void> {
  // Once it may have arrived, it may have arrived: a later "not taken" does not unsay it.
  await sql`
    update newsledger.issues
    set state = case when ${outcome === "unknown"} then 'unknown' else state end,
        attempts = attempts + 1, reason = ${reason}
    where issue_id = ${issueId}`.execute(db);
}

/** Nothing to send any more: sent before, or the reader is gone. */
async function drop(trx: AnyTransaction, issueId: string, turn: Turn): Promise<void> {
  await turn.finish(trx);
  await abandon(trx, issueId);
}

const abandon = (trx: AnyTransaction, issueId: string) =>
  sql`
    update newsledger.issues set state = 'skipped', reason = 'the reader does not want it any more'
    where issue_id = ${issueId} and state in ('planned', 'unknown')`.execute(trx);
