import type { AnyTransaction } from "@newsledger/eventlog";
import { sql } from "kysely";
import type { Database } from "./database.ts";

/** So many digests that a mailbox put off until they were given up, within so many days, and none that it took. */
const softReturns = { most: 3, days: 30 } as const;

export interface Returned {
  readonly subscriberId: string;
  readonly issueId: string;
  /** `hard`: the address takes no mail. `soft`: not this time. */
  readonly kind: "hard" | "soft";
  /** For people, without addresses. */
  readonly reason: string;
}

/** Notes what came back, and stops writing to an address that does not take mail; answers whether it is stopped. */
export async function noteReturn(trx: AnyTransaction, returned: Returned): Promise<boolean> {
  const { subscriberId, issueId, kind, reason } = returned;
  await sql`
    insert into newsledger.mail_returns (subscriber_id, issue_id, kind, reason)
    values (${subscriberId}, ${issueId}, ${kind}, ${reason})
    on conflict do nothing`.execute(trx);
  if (kind === "hard") {
    await suppress(trx, subscriberId, `the address does not take mail: ${reason}`);
    return true;
  }
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from newsledger.mail_returns r
    where r.subscriber_id = ${subscriberId} and r.kind = 'soft'
      and r.returned_at > now() - make_interval(days => ${softReturns.days})
      and r.returned_at > coalesce((select max(i.sent_at) from newsledger.issues i
        join newsledger.subscriptions p using (subscription_id)
        where p.subscriber_id = ${subscriberId} and i.state = 'sent'), '-infinity')`.execute(trx);
  const count = rows[0]?.count ?? 0;
  if (count < softReturns.most) return false;
  await suppress(
    trx,
    subscriberId,
    `${count} digests in ${softReturns.days} days were put off until they were given up; the last: ${reason}`,
  );
  return true;
}

/** Nothing more is sent to the reader until a person lifts it. The first reason stays. */
export async function suppress(
  db: Database | AnyTransaction,
  subscriberId: string,
  reason: string,
): Promise<void> {
  await sql`
    update newsledger.subscribers
    set suppressed_reason = ${reason.slice(0, 500)}, suppressed_at = now()
    where subscriber_id = ${subscriberId} and suppressed_reason is null`.execute(db);
}

/** Writes to the reader again; what came back before counts no more. Answers false when nothing was stopped. */
export async function liftSuppression(db: Database, subscriberId: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      update newsledger.subscribers set suppressed_reason = null, suppressed_at = null
      where subscriber_id = ${subscriberId} and suppressed_reason is not null`.execute(trx);
    await sql`delete from newsledger.mail_returns where subscriber_id = ${subscriberId}`.execute(
      trx,
    );
    return Number(numAffectedRows ?? 0) > 0;
  });
}
