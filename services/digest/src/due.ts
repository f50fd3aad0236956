import type { AnyTransaction } from "@newsledger/eventlog";
import { projectedUpTo } from "@newsledger/readmodels";
import { sql } from "kysely";
import type { Press } from "./database.ts";
import { openDesk } from "./desk.ts";
import { type Composed, type Due, type Planned, planIssue, writeIssues } from "./issue.ts";
import { mailHeld } from "./origin.ts";
import { collapse } from "./schedule.ts";
import { findSubscription } from "./subscribers.ts";
import type { Language } from "./words.ts";

const batch = 200;

/**
 * Composes an issue for every subscription whose time has come, many in one transaction: readers of the same case share
 * the reading and the words. Hands each transaction's outcome to `onComposed`.
 */
export async function composeDue(
  press: Press,
  {
    signal,
    onError,
    onComposed = async () => {},
  }: {
    signal?: AbortSignal;
    onError(subscriptionId: string, error: unknown): void;
    onComposed?(composed: readonly Composed[]): Promise<void>;
  },
): Promise<number> {
  if (await mailHeld(press.db)) return 0;
  // Before any transaction: whatever those see later, the read models are complete up to here.
  const round: Round = { to: await projectedUpTo(press.log), desk: openDesk(press) };
  // One that cannot be composed must not keep the others from theirs; it is tried again at the next round.
  const failed: string[] = [];
  let count = 0;
  let size = batch;
  while (!signal?.aborted) {
    const trying = { subscriptionId: "" };
    try {
      const composed = await composeNext(press, round, { failed, size, trying });
      if (composed.length === 0) break;
      count += composed.length;
      await onComposed(composed);
    } catch (error) {
      const culprit = trying.subscriptionId;
      // Written together, it is not known whose row was at fault: one by one it is.
      if (culprit === "" && size === 1) throw error;
      if (culprit === "") size = 1;
      else {
        failed.push(culprit);
        onError(culprit, error);
      }
    }
  }
  return count;
}

interface Round {
  readonly to: bigint;
  readonly desk: ReturnType<typeof openDesk>;
}

async function composeNext(
  press: Press,
  { to, desk }: Round,
  { failed, size, trying }: { failed: string[]; size: number; trying: { subscriptionId: string } },
): Promise<Composed[]> {
  return press.db.transaction().execute(async (trx) => {
    const rows = await lockDue(trx, failed, size);
    const planned: Planned[] = [];
    const next: { id: string; at: Date }[] = [];
    for (const row of rows) {
      trying.subscriptionId = row.subscription_id;
      const times = scheduleOf(row);
      const { periodEnd, nextDueAt } = collapse(times, row.next_due_at, row.now);
      next.push({ id: row.subscription_id, at: nextDueAt });
      planned.push(await planIssue(trx, desk, fromRow(row, periodEnd), to));
    }
    if (size > 1) trying.subscriptionId = "";
    if (planned.length === 0) return [];
    await sql`
      update newsledger.subscriptions p set next_due_at = r.at
      from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as r (id text, at timestamptz)
      where p.subscription_id = r.id`.execute(trx);
    return writeIssues(trx, press, planned);
  });
}

export class NothingToSend extends Error {
  override name = "NothingToSend";
}

/**
 * Composes an issue now, out of turn; a reader's schedule stays as it is. An issue that waits to be sent is answered as
 * it is: its window must be told before the next one.
 */
export async function sendNow(press: Press, which: string): Promise<Composed> {
  const subscription = await findSubscription(press.db, which);
  const { enabled, confirmedAt, suppressedReason, email } = subscription;
  if (!enabled || confirmedAt === null || suppressedReason !== null)
    throw new NothingToSend(
      `send digest to ${email}: ${suppressedReason ?? (enabled ? "the reader has not confirmed yet" : "the reader has unsubscribed")}`,
    );
  if (await mailHeld(press.db))
    throw new NothingToSend(
      `send digest to ${email}: mail is held since this ledger was restored; see newsledger digest release --help`,
    );
  const to = await projectedUpTo(press.log);
  return press.db.transaction().execute(async (trx) => {
    const { rows } = await sql<DueRow>`
      ${selectDue} where p.subscription_id = ${subscription.subscriptionId} for update of p`.execute(
      trx,
    );
    const [row] = rows;
    if (!row) throw new NothingToSend(`send digest to ${which}: the subscription is gone`);
    const waiting = await pending(trx, row.subscription_id);
    if (waiting !== null) return waiting;
    const due = { ...fromRow(row, row.now), lastMailAt: null };
    const [composed] = await writeIssues(trx, press, [
      await planIssue(trx, openDesk(press), due, to),
    ]);
    if (!composed) throw new NothingToSend(`send digest to ${which}: nothing was composed`);
    return composed;
  });
}

async function pending(trx: AnyTransaction, subscriptionId: string): Promise<Composed | null> {
  const { rows } = await sql<{ issue_id: string; stories: number }>`
    select issue_id, stories from newsledger.issues
    where subscription_id = ${subscriptionId} and state in ('planned', 'unknown')`.execute(trx);
  const [row] = rows;
  return row
    ? { outcome: "planned", issueId: row.issue_id, stories: row.stories, hints: [] }
    : null;
}

/** While an issue of the subscription waits to be sent, the next one waits too: their windows must not overlap. */
async function lockDue(
  trx: AnyTransaction,
  except: readonly string[],
  most: number,
): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`
    ${selectDue}
    where p.enabled and p.confirmed_at is not null and s.suppressed_reason is null and p.next_due_at <= now()
      and p.subscription_id <> all (${[...except]})
      and not exists (
        select from newsledger.issues i
        where i.subscription_id = p.subscription_id and i.state in ('planned', 'unknown'))
    -- Readers of the same window one after the other, and of the same words: those are read and worded once.
    order by p.topics, p.cursor, s.language, p.time_zone, p.schedule, p.at, p.subscription_id limit ${most}
    for update of p skip locked`.execute(trx);
  return rows;
}

const selectDue = sql`
  select p.subscription_id, p.topics, p.schedule, p.at, p.time_zone, p.cursor, p.started_from, p.next_due_at,
    s.language, now() as now,
    case when p.heartbeat then greatest(p.confirmed_at, (select max(i.period_end) from newsledger.issues i
      where i.subscription_id = p.subscription_id and i.state = 'sent' and i.kind <> 'confirmation')) end as last_mail_at
  from newsledger.subscriptions p join newsledger.subscribers s using (subscriber_id)`;

interface DueRow {
  subscription_id: string;
  topics: string[];
  schedule: string;
  at: string;
  time_zone: string;
  cursor: string;
  started_from: string;
  next_due_at: Date;
  language: Language;
  now: Date;
  last_mail_at: Date | null;
}

const scheduleOf = ({ schedule, at, time_zone: timeZone }: DueRow) => ({ schedule, at, timeZone });

const fromRow = (row: DueRow, periodEnd: Date): Due => ({
  ...scheduleOf(row),
  subscriptionId: row.subscription_id,
  topics: row.topics,
  language: row.language,
  cursor: BigInt(row.cursor),
  startedFrom: BigInt(row.started_from),
  lastMailAt: row.last_mail_at,
  periodEnd,
});
