import type { AnyTransaction } from "@newsledger/eventlog";
import { projectedUpTo } from "@newsledger/readmodels";
import { sql } from "kysely";
import type { Press } from "./database.ts";
import { type Composed, composeIssue, type Due } from "./issue.ts";
import { collapse } from "./schedule.ts";
import { findSubscription } from "./subscribers.ts";
import type { Language } from "./words.ts";

/** Composes an issue for every subscription whose time has come, one transaction each; returns what came of it. */
export async function composeDue(
  press: Press,
  {
    signal,
    onError,
  }: { signal?: AbortSignal; onError(subscriptionId: string, error: unknown): void },
): Promise<Composed[]> {
  const composed: Composed[] = [];
  // One that cannot be composed must not keep the others from theirs; it is tried again at the next round.
  const failed: string[] = [];
  while (!signal?.aborted) {
    const trying = { subscriptionId: "" };
    try {
      const next = await composeNext(press, failed, trying);
      if (next === null) break;
      composed.push(next);
    } catch (error) {
      if (trying.subscriptionId === "") throw error;
      failed.push(trying.subscriptionId);
      onError(trying.subscriptionId, error);
    }
  }
  return composed;
}

async function composeNext(
  press: Press,
  except: readonly string[],
  trying: { subscriptionId: string },
): Promise<Composed | null> {
  // Before the transaction: whatever it sees later, the read models are complete up to here.
  const to = await projectedUpTo(press.log);
  return press.db.transaction().execute(async (trx) => {
    const due = await lockNextDue(trx, except);
    if (due === null) return null;
    trying.subscriptionId = due.subscriptionId;
    const { periodEnd, nextDueAt } = collapse(due, due.nextDueAt, due.now);
    await sql`
      update newsledger.subscriptions set next_due_at = ${nextDueAt}
      where subscription_id = ${due.subscriptionId}`.execute(trx);
    return composeIssue(trx, press, due, { to, periodEnd });
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
  if (!subscription.enabled || subscription.suppressedReason !== null)
    throw new NothingToSend(
      `send digest to ${subscription.email}: ${subscription.suppressedReason ?? "the reader has unsubscribed"}`,
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
    return waiting ?? composeIssue(trx, press, fromRow(row), { to, periodEnd: row.now });
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
async function lockNextDue(
  trx: AnyTransaction,
  except: readonly string[],
): Promise<(Due & { nextDueAt: Date; now: Date }) | null> {
  const { rows } = await sql<DueRow>`
    ${selectDue}
    where p.enabled and s.suppressed_reason is null and p.next_due_at <= now()
      and p.subscription_id <> all (${[...except]})
      and not exists (
        select from newsledger.issues i
        where i.subscription_id = p.subscription_id and i.state in ('planned', 'unknown'))
    order by p.next_due_at limit 1
    for update of p skip locked`.execute(trx);
  const [row] = rows;
  return row ? { ...fromRow(row), nextDueAt: row.next_due_at, now: row.now } : null;
}

const selectDue = sql`
  select p.subscription_id, p.topics, p.schedule, p.at, p.time_zone, p.cursor, p.next_due_at, s.language,
    now() as now
  from newsledger.subscriptions p join newsledger.subscribers s using (subscriber_id)`;

interface DueRow {
  subscription_id: string;
  topics: string[];
  schedule: string;
  at: string;
  time_zone: string;
  cursor: string;
  next_due_at: Date;
  language: Language;
  now: Date;
}

const fromRow = (row: DueRow): Due => ({
  subscriptionId: row.subscription_id,
  topics: row.topics,
  language: row.language,
  schedule: row.schedule,
  at: row.at,
  timeZone: row.time_zone,
  cursor: BigInt(row.cursor),
});
