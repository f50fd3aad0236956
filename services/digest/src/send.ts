import { digestFailed, digestSent, streams } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import { RetryLater } from "@newsledger/queue";
import { sql } from "kysely";
import { parseSender } from "./address.ts";
import type { Database, Log, Press } from "./database.ts";
import type { Mail } from "./mail.ts";
import { mailHeld } from "./origin.ts";
import { returnPath } from "./returns.ts";
import { noteReturn } from "./suppress.ts";
import type { SendResult, Transport } from "./transport.ts";

export interface SendOptions {
  readonly press: Pick<Press, "db" | "log" | "publicUrl" | "mailFrom" | "bounceMailbox">;
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
    if (await mailHeld(db)) throw new RetryLater(`send digest ${issueId}: mail is held`, 600);
    const issue = await loadIssue(db, issueId, retryHours);
    if (issue === null) return db.transaction().execute((trx) => drop(trx, issueId, turn));
    // Too old to be news, and nobody has it: the next one tells what it would have told.
    const result: SendResult = isStale(issue)
      ? { outcome: "later", reason: "not sent in time; the next digest tells it" }
      : await transport.send(mailOf(issue, press));
    const giveUp = turn.lastStart || issue.expired;
    if (result.outcome === "sent" || result.outcome === "refused" || giveUp) {
      await db.transaction().execute(async (trx) => {
        await turn.finish(trx);
        if (result.outcome === "sent") await markSent(trx, log, issue, transport.kind);
        else await markFailed(trx, log, issue, result);
      });
      return;
    }
    await noteTry(db, issueId, result);
    throw new RetryLater(`send digest ${issueId}: ${result.reason}`, waitSeconds(issue.attempts));
  };
}

const isStale = ({ expired, state }: Issue): boolean => expired && state === "planned";

/** When the work is given up for a reason of our own: the issue says so too. */
export function exhausted(log: Log, retryHours: number) {
  return async (
    { issueId }: { issueId: string },
    error: Error,
    trx: AnyTransaction,
  ): Promise<void> => {
    const issue = await loadIssue(trx, issueId, retryHours);
    if (issue) await markFailed(trx, log, issue, { outcome: "later", reason: error.message });
    else await abandon(trx, issueId);
  };
}

const minute = 60;
const waits = [1, 5, 15, 30, 60, 120, 180, 240].map((minutes) => minutes * minute);

const waitSeconds = (attempts: number): number =>
  waits[Math.min(attempts, waits.length - 1)] ?? minute;

export interface Issue {
  issue_id: string;
  subscription_id: string;
  subscriber_id: string;
  kind: "news" | "heartbeat" | "confirmation";
  state: "planned" | "unknown" | "sent";
  topics: string[];
  from_position: string;
  to_position: string;
  message_id: string;
  in_reply_to: string | null;
  thread: string[];
  subject: string;
  html: string;
  text: string;
  stories: number;
  attempts: number;
  put_off: boolean;
  composed_at: Date;
  email: string;
  name: string | null;
  unsubscribe_token: string;
  stop_all_token: string;
  confirmation: string | null;
  expired: boolean;
}

/** The issue when it is still to be sent, and its reader still wants it. A question may be sent to who has not said yes. */
async function loadIssue(
  db: Database | AnyTransaction,
  issueId: string,
  retryHours: number,
): Promise<Issue | null> {
  const { rows } = await sql<Issue>`
    ${selectIssue(retryHours)}
    where i.issue_id = ${issueId} and i.state in ('planned', 'unknown') and s.suppressed_reason is null
      and case i.kind when 'confirmation' then c.token is not null
        else p.enabled and p.confirmed_at is not null end`.execute(db);
  return rows[0] ?? null;
}

/** An issue as it was sent, to be sent again because somebody asks; its reader must still be there. */
export async function loadSentIssue(db: Database, issueId: string): Promise<Issue | null> {
  const { rows } = await sql<Issue>`
    ${selectIssue(0)}
    where i.issue_id = ${issueId} and i.state = 'sent' and i.kind <> 'confirmation'`.execute(db);
  return rows[0] ?? null;
}

const selectIssue = (retryHours: number) => sql`
  select i.issue_id, i.subscription_id, p.subscriber_id, i.kind, i.state, i.topics, i.from_position, i.to_position,
    i.message_id, i.in_reply_to, i.thread, i.subject, coalesce(e.html, i.html) as html,
    coalesce(e.text, i.text) as text, i.stories, i.attempts, i.put_off, i.composed_at, s.email, s.name, p.unsubscribe_token,
    s.stop_all_token, c.token as confirmation,
    i.composed_at + make_interval(hours => ${retryHours}) < now() as expired
  from newsledger.issues i
  join newsledger.subscriptions p using (subscription_id)
  join newsledger.subscribers s using (subscriber_id)
  left join newsledger.editions e on e.edition_id = i.edition_id
  left join lateral (select token from newsledger.confirmations
    where subscription_id = p.subscription_id and expires_at > now()
    order by created_at desc limit 1) c on true`;

export function mailOf(issue: Issue, press: SendOptions["press"]): Mail {
  const { publicUrl, mailFrom } = press;
  const from = parseSender(mailFrom);
  const mailbox = press.bounceMailbox ?? from.address;
  const stop = {
    url: `${publicUrl}/u/${issue.unsubscribe_token}`,
    allUrl: `${publicUrl}/u/${issue.stop_all_token}`,
    mailto: `mailto:${mailbox}?subject=unsubscribe%20${issue.unsubscribe_token}`,
  };
  return {
    issueId: issue.issue_id,
    from,
    to: { name: issue.name ?? "", address: issue.email },
    returnPath: returnPath(mailbox, issue.issue_id, issue.unsubscribe_token),
    messageId: issue.message_id,
    inReplyTo: issue.in_reply_to,
    references: issue.thread,
    date: issue.composed_at,
    subject: issue.subject,
    html: issue.html,
    text: issue.text,
    topics: issue.topics,
    webUrl: `${publicUrl}/digests/${issue.issue_id}`,
    stop: issue.kind === "confirmation" ? null : stop,
    confirmUrl: issue.confirmation && `${publicUrl}/confirm/${issue.confirmation}`,
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
  if (issue.kind === "confirmation") return; // it told nothing of the ledger
  await sql`
    update newsledger.subscriptions set cursor = greatest(cursor, ${issue.to_position}::bigint)
    where subscription_id = ${issue.subscription_id}`.execute(trx);
  const sent = digestSent.create({ ...facts(issue), messageId: issue.message_id, transport });
  await log.within(trx).append(streams.digest(issue.subscription_id), [sent], {
    key: `digest:${issue.issue_id}:sent`,
  });
}

/** The cursor stays: the next issue tells what this one could not, and is due now. */
async function markFailed(
  trx: AnyTransaction,
  log: Log,
  issue: Issue,
  result: Exclude<SendResult, { outcome: "sent" }>,
): Promise<void> {
  const { reason } = result;
  await sql`
    update newsledger.issues set state = 'failed', attempts = attempts + 1, reason = ${reason}
    where issue_id = ${issue.issue_id}`.execute(trx);
  const ofReader = result.outcome === "later" && (result.ofReader ?? issue.put_off);
  if (result.outcome === "refused" || ofReader)
    await noteReturn(trx, {
      subscriberId: issue.subscriber_id,
      issueId: issue.issue_id,
      kind: ofReader ? "soft" : "hard",
      reason,
    });
  if (issue.kind === "confirmation") return;
  await sql`
    update newsledger.subscriptions set next_due_at = least(next_due_at, now())
    where subscription_id = ${issue.subscription_id}`.execute(trx);
  await log
    .within(trx)
    .append(
      streams.digest(issue.subscription_id),
      [digestFailed.create({ ...facts(issue), reason })],
      { key: `digest:${issue.issue_id}:failed` },
    );
}

async function noteTry(
  db: Database,
  issueId: string,
  result: Exclude<SendResult, { outcome: "sent" }>,
): Promise<void> {
  const { outcome, reason } = result;
  const putOff = result.outcome === "later" && result.ofReader === true;
  // Once it may have arrived, it may have arrived: a later "not taken" does not unsay it.
  await sql`
    update newsledger.issues
    set state = case when ${outcome === "unknown"} then 'unknown' else state end,
        attempts = attempts + 1, reason = ${reason}, put_off = ${putOff}
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
