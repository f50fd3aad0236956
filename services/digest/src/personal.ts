import { sql } from "kysely";
import type { Database } from "./database.ts";
import { type Subscription, subscriptionsOf } from "./subscribers.ts";

/** Everything that is kept about one reader. */
export interface PersonalData {
  readonly email: string;
  readonly name: string | null;
  readonly language: string;
  readonly suppressedReason: string | null;
  readonly subscriptions: readonly Omit<
    Subscription,
    "email" | "name" | "language" | "suppressedReason"
  >[];
  /** What was sent, or tried. Their words stand at the address, for as long as the ledger is kept. */
  readonly digests: readonly {
    issueId: string;
    kind: string;
    state: string;
    subject: string | null;
    composedAt: Date;
    sentAt: Date | null;
    address: string;
  }[];
  readonly cameBack: readonly { kind: string; reason: string; returnedAt: Date }[];
}

/** What a reader may ask for: everything that is known about them, to read or to take away. */
export async function personalData(
  db: Database,
  which: string,
  publicUrl: string,
): Promise<PersonalData> {
  const all = await subscriptionsOf(db, which);
  const [{ subscriberId, email, name, language, suppressedReason }] = all;
  const ids = all.map(({ subscriptionId }) => subscriptionId);
  const { rows: digests } = await sql<PersonalData["digests"][number]>`
    select issue_id as "issueId", kind, state, subject, composed_at as "composedAt", sent_at as "sentAt",
      ${publicUrl} || '/digests/' || issue_id as address
    from newsledger.issues where subscription_id = any(${ids}) order by composed_at`.execute(db);
  const { rows: cameBack } = await sql<PersonalData["cameBack"][number]>`
    select kind, reason, returned_at as "returnedAt" from newsledger.mail_returns
    where subscriber_id = ${subscriberId} order by returned_at`.execute(db);
  return {
    ...{ email, name, language, suppressedReason },
    subscriptions: all.map(
      ({ email: _, name: __, language: ___, suppressedReason: ____, ...one }) => one,
    ),
    digests,
    cameBack,
  };
}
