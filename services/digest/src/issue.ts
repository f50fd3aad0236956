import { contentId, digestComposed, digestSkipped, jobs, streams } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import { type Hint, openWork } from "@newsledger/queue";
import { sql } from "kysely";
import { domainOf, parseSender } from "./address.ts";
import type { Press } from "./database.ts";
import { type Edition, type Rendered, renderEdition } from "./render.ts";
import type { Language } from "./words.ts";

/** A subscription whose time has come, its row locked by the caller's transaction. */
export interface Due {
  readonly subscriptionId: string;
  readonly topics: readonly string[];
  readonly language: Language;
  readonly schedule: string;
  readonly at: string;
  readonly timeZone: string;
  readonly cursor: bigint;
}

export type Composed =
  | { outcome: "planned"; issueId: string; stories: number; hints: Hint[] }
  | { outcome: "skipped"; issueId: string; reason: string };

/**
 * Freezes one issue: its window of the ledger, its words, its Message-ID, and the work of sending it, in the caller's
 * transaction. A window with nothing to tell is skipped, and the cursor passes it.
 */
export async function composeIssue(
  trx: AnyTransaction,
  press: Press,
  due: Due,
  window: { to: bigint; periodEnd: Date },
): Promise<Composed> {
  const { subscriptionId, topics, language } = due;
  const { periodEnd } = window;
  const to = window.to > due.cursor ? window.to : due.cursor;
  const issueId = contentId("issue", subscriptionId, periodEnd.toISOString());
  const edition: Edition = {
    issueId,
    language,
    schedule: due,
    topics,
    from: due.cursor,
    to,
    periodEnd,
  };
  const rendered = await renderEdition(trx, press, edition);
  await insertIssue(trx, press, due, edition, rendered);
  return rendered === null
    ? skip(trx, press, edition, subscriptionId)
    : plan(trx, press, edition, subscriptionId, rendered);
}

/** The facts of an issue as its events carry them. */
const facts = (
  { issueId, topics, from, to }: Edition,
  subscriptionId: string,
  stories: number,
) => ({
  issueId,
  subscriptionId,
  topics: [...topics],
  from: String(from),
  to: String(to),
  stories,
});

async function skip(
  trx: AnyTransaction,
  { log }: Press,
  edition: Edition,
  subscriptionId: string,
): Promise<Composed> {
  const { issueId, to } = edition;
  const reason = "nothing new";
  await sql`
    update newsledger.subscriptions set cursor = ${to}
    where subscription_id = ${subscriptionId}`.execute(trx);
  await log
    .within(trx)
    .append(
      streams.digest(subscriptionId),
      [digestSkipped.create({ ...facts(edition, subscriptionId, 0), reason })],
      { key: `digest:${issueId}:skipped` },
    );
  return { outcome: "skipped", issueId, reason };
}

async function plan(
  trx: AnyTransaction,
  { db, log }: Press,
  edition: Edition,
  subscriptionId: string,
  { stories }: Rendered,
): Promise<Composed> {
  const { issueId } = edition;
  const hints = await openWork(db).plan([jobs.sendDigest.request({ issueId })], trx);
  await log
    .within(trx)
    .append(
      streams.digest(subscriptionId),
      [digestComposed.create(facts(edition, subscriptionId, stories))],
      { key: `digest:${issueId}:composed` },
    );
  return { outcome: "planned", issueId, stories, hints };
}

async function insertIssue(
  trx: AnyTransaction,
  { mailFrom }: Press,
  { subscriptionId, language }: Due,
  { issueId, topics, from, to, periodEnd }: Edition,
  rendered: Rendered | null,
): Promise<void> {
  // The same issue has the same Message-ID however often it is sent: whoever got it twice can tell.
  const messageId = `<${issueId}@${domainOf(parseSender(mailFrom))}>`;
  await sql`
    insert into newsledger.issues
      (issue_id, subscription_id, period_end, from_position, to_position, state, topics, language,
       message_id, in_reply_to, subject, html, text, stories, reason)
    values (${issueId}, ${subscriptionId}, ${periodEnd}, ${from}, ${to},
      ${rendered === null ? "skipped" : "planned"}, ${[...topics]}, ${language}, ${messageId},
      (select message_id from newsledger.issues
       where subscription_id = ${subscriptionId} and state = 'sent'
       order by period_end desc limit 1),
      ${rendered?.subject ?? null}, ${rendered?.html ?? null}, ${rendered?.text ?? null},
      ${rendered?.stories ?? 0}, ${rendered === null ? "nothing new" : null})`.execute(trx);
}
