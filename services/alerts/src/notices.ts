import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import type { Stage } from "./health.ts";
import { insertPlanned, type Planned } from "./plan.ts";
import type { Database } from "./rules.ts";
import { ownerId } from "./webhooks.ts";

/** What the owner is told of a receiver. */
export interface Notice {
  readonly webhookId: string;
  readonly address: string;
  readonly tell: Stage | "recovered";
  readonly failingSince: Date;
  readonly reason: string;
}

/** Plans the mail to the owner; nothing where no owner's address is set. Once for each stage of each bad time. */
export async function planNotice(trx: Database, notice: Notice): Promise<void> {
  const { rows } = await sql`
    select from newsledger.webhooks where webhook_id = ${ownerId}`.execute(trx);
  if (rows.length === 0) return;
  await insertPlanned(trx, [noticeMail(notice)]);
}

function noticeMail(notice: Notice): Planned {
  const { webhookId, tell, failingSince } = notice;
  const cause = `webhook-${tell}-${webhookId}-${failingSince.toISOString()}`;
  const { subject, text } = wordsOf(notice);
  return {
    id: contentId("delivery", "mail", ownerId, cause),
    channel: "mail",
    target: ownerId,
    cause,
    kind: `webhook.${tell}`,
    sequence: null,
    heldUntil: null,
    headers: { subject },
    body: text,
  };
}

function wordsOf({ webhookId, address, tell, failingSince, reason }: Notice): {
  subject: string;
  text: string;
} {
  const since = `${failingSince.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const look = `What was tried, and the answers:  newsledger webhooks log ${webhookId}`;
  switch (tell) {
    case "failing":
      return {
        subject: `Newsledger: ${address} did not take a message`,
        text: `The webhook ${address} did not take a message:\n\n  ${reason}\n\nIt is tried again for three days. If nothing gets through for five days, the webhook is switched off.\n\n${look}\n`,
      };
    case "half-way":
      return {
        subject: `Newsledger: ${address} has taken nothing since ${since.slice(0, 10)}`,
        text: `The webhook ${address} has taken nothing since ${since}. The last answer:\n\n  ${reason}\n\nIf that lasts for five days in all, it is switched off.\n\n${look}\n`,
      };
    case "disabled":
      return {
        subject: `Newsledger: ${address} was switched off`,
        text: `The webhook ${address} was switched off: ${reason}. It had taken nothing since ${since}.\n\nOnce the receiver works, switch it on again and send what it missed:\n\n  newsledger webhooks enable ${webhookId} --replay\n\n${look}\n`,
      };
    case "recovered":
      return {
        subject: `Newsledger: ${address} works again`,
        text: `The webhook ${address} takes messages again. It had failed since ${since}.\n\nWhat was given up meanwhile can be sent again:\n\n  newsledger webhooks resend --failed ${webhookId}\n`,
      };
  }
}
