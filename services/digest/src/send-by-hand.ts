import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import { checkAddress, domainOf, parseSender } from "./address.ts";
import type { Press } from "./database.ts";
import { draftNow, IssueNotFound } from "./issues.ts";
import { pageForAll, textForAll } from "./marks.ts";
import { loadSentIssue, mailOf } from "./send.ts";
import type { SendResult, Transport } from "./transport.ts";

/** What a person sends by hand changes nothing: no cursor moves, and the ledger does not call it a digest that was sent. */

/** A digest as it would be now, to an address of choice; null when there is nothing new. */
export async function sendTest(
  press: Press,
  transport: Transport,
  which: { subscription: string } | { topics: readonly string[] },
  to: string,
): Promise<SendResult | null> {
  const address = checkAddress(to);
  const draft = await draftNow(press, which);
  if (draft === null) return null;
  const from = parseSender(press.mailFrom);
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(press.db);
  const date = rows[0]?.now ?? new Date(0);
  const issueId = contentId("test", address, date.toISOString());
  const webUrl = press.publicUrl;
  return transport.send({
    ...{ issueId, from, date, webUrl },
    to: { name: "", address },
    returnPath: from.address,
    messageId: `<${issueId}@${domainOf(from)}>`,
    inReplyTo: null,
    references: [],
    subject: `[Test] ${draft.subject}`,
    html: pageForAll(draft.html, webUrl),
    text: textForAll(draft.text, webUrl),
    topics: "topics" in which ? which.topics : [],
    stop: null,
    confirmUrl: null,
  });
}

/** A digest that was sent, once more to its reader: the same words under the same Message-ID. */
export async function sendAgain(
  press: Press,
  transport: Transport,
  issueId: string,
): Promise<SendResult> {
  const issue = await loadSentIssue(press.db, issueId);
  if (issue === null)
    throw new IssueNotFound(
      `send digest ${issueId} again: it was never sent, or its reader is gone; "newsledger digest list" shows them`,
    );
  return transport.send(mailOf(issue, press));
}
