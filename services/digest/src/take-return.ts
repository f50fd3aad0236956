import type { AnyTransaction } from "@newsledger/eventlog";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import { type Incoming, readIncoming } from "./incoming.ts";
import { line } from "./plain.ts";
import { issueOf, markOf, withoutAddresses } from "./returns.ts";
import { unsubscribe } from "./stop.ts";
import { noteReturn, suppress } from "./suppress.ts";

/** What a mail that came back led to, with a sentence for whoever reads the log. */
export interface Taken {
  readonly outcome: "suppressed" | "noted" | "unsubscribed" | "ignored";
  readonly sentence: string;
}

const ignored = (sentence: string): Taken => ({ outcome: "ignored", sentence });

/** Takes one mail from the mailbox that digests come back to: a bounce, a complaint, or a wish to unsubscribe. */
export async function takeReturn(db: Database, mail: string): Promise<Taken> {
  const incoming = readIncoming(mail);
  if (incoming.kind === "reply")
    return ignored("neither a delivery report nor a wish to unsubscribe: for a person to read");
  if (incoming.kind === "unsubscribe") return takeWish(db, incoming.token ?? "");
  return db.transaction().execute(async (trx) => {
    const returned = await findReturned(trx, incoming);
    if (returned === null)
      return ignored("a report about no digest that is known here, or one that cannot be trusted");
    return judge(trx, incoming, returned);
  });
}

async function takeWish(db: Database, token: string): Promise<Taken> {
  const reader = await unsubscribe(db, token);
  return reader === null
    ? ignored("a wish to unsubscribe whose code nobody has")
    : { outcome: "unsubscribed", sentence: "the reader gets no more of it" };
}

interface Sent {
  issue_id: string;
  subscriber_id: string;
  secret: string;
  email: string;
}

/** By the address that the report was sent to, else by the Message-ID and the reader's address together. */
async function findReturned(trx: AnyTransaction, incoming: Incoming): Promise<Sent | null> {
  for (const address of incoming.sentTo) {
    const named = issueOf(address);
    const sent = named && (await sentIssue(trx, sql`i.issue_id = ${named.issueId}`));
    if (named && sent && markOf(sent.issue_id, sent.secret) === named.mark) return sent;
  }
  if (incoming.about === null) return null;
  const sent = await sentIssue(trx, sql`i.message_id = ${incoming.about}`);
  return sent && incoming.recipients.includes(sent.email.toLowerCase()) ? sent : null;
}

async function sentIssue(trx: AnyTransaction, which: ReturnType<typeof sql>): Promise<Sent | null> {
  const { rows } = await sql<Sent>`
    select i.issue_id, s.subscriber_id, p.unsubscribe_token as secret, s.email
    from newsledger.issues i
    join newsledger.subscriptions p using (subscription_id)
    join newsledger.subscribers s using (subscriber_id)
    where ${which}`.execute(trx);
  return rows[0] ?? null;
}

async function judge(trx: AnyTransaction, incoming: Incoming, sent: Sent): Promise<Taken> {
  const { subscriber_id: subscriberId, issue_id: issueId } = sent;
  const code = incoming.reason.includes(incoming.status) ? "" : `${incoming.status} `;
  const reason = withoutAddresses(line(code + incoming.reason, 300));
  if (incoming.kind === "complaint") {
    await suppress(trx, subscriberId, incoming.reason);
    return { outcome: "suppressed", sentence: `nothing more is sent: ${incoming.reason}` };
  }
  if (incoming.kind === "delay")
    return ignored("not delivered yet; the other server goes on trying");
  await sql`
    update newsledger.issues set reason = ${`came back: ${reason}`.slice(0, 500)}
    where issue_id = ${issueId}`.execute(trx);
  // 4.x.x after all: the mailbox was full or away for days. RFC 3463: class 5 is for good.
  const kind = incoming.status.startsWith("4") ? "soft" : "hard";
  const stopped = await noteReturn(trx, { subscriberId, issueId, kind, reason });
  return stopped
    ? { outcome: "suppressed", sentence: `nothing more is sent: ${reason}` }
    : { outcome: "noted", sentence: `came back, and will be tried again next time: ${reason}` };
}
