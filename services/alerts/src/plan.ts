import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import type { ChannelName, Rendered, Settings } from "./channels/channel.ts";
import { channels } from "./channels/index.ts";
import type { Message } from "./messages.ts";
import type { Database } from "./rules.ts";

/** Something to tell every receiver that wants it. */
export interface Announcement {
  /** What it is about, for ever: the alert, the correction, the batch. With a receiver it makes the delivery's id. */
  readonly cause: string;
  /** The rules that speak: a receiver of any of them gets it. */
  readonly ruleIds: readonly string[];
  readonly caseId: string;
  /** Only these receivers, whatever their rules: a correction goes to whoever got what it corrects. */
  readonly onlyTo?: readonly string[];
  /** Held until then: such deliveries are `held`, and are not sent before somebody makes them `planned`. */
  readonly heldUntil?: Date | null;
  /** `sequence` is the receiver's own number of the message in the case. */
  compose(sequence: number): Message;
}

/**
 * Numbers a message within its case and plans it for every receiver, in the caller's transaction: planned exactly once.
 * What is sent is frozen here, so every attempt has the same bytes. Returns the ids of the new deliveries.
 */
export async function planDeliveries(trx: Database, announcement: Announcement): Promise<string[]> {
  const { cause, caseId, heldUntil = null } = announcement;
  const message = announcement.compose(1);
  await sql`
    insert into newsledger.messages (cause, type, case_id, body)
    values (${cause}, ${message.type}, ${caseId}, ${JSON.stringify(message)}::jsonb)
    on conflict do nothing`.execute(trx);
  const rows: Planned[] = [];
  for (const receiver of await numbered(trx, announcement)) {
    const own = announcement.compose(receiver.sequence);
    rows.push({ ...planned(receiver, cause, own), sequence: receiver.sequence, heldUntil });
  }
  return insertPlanned(trx, rows);
}

interface Receiver {
  webhook_id: string;
  channel: ChannelName;
  settings: Settings;
  sequence: number;
}

/**
 * Who wants it and has not got it planned, each with the next number. The numbers stay locked until the transaction ends:
 * they follow the order of commits and leave no hole.
 */
async function numbered(
  trx: Database,
  { cause, caseId, ruleIds, onlyTo }: Announcement,
): Promise<readonly Receiver[]> {
  const wanted =
    onlyTo === undefined
      ? sql`(rules is null or rules && ${[...ruleIds]}::text[])`
      : sql`webhook_id = any(${[...onlyTo]}::text[])`;
  const { rows } = await sql<Receiver>`
    with receivers as (
      select webhook_id, channel, settings from newsledger.webhooks w
      where enabled and ${wanted} and not exists (
        select from newsledger.deliveries d
        where d.channel = w.channel and d.target = w.webhook_id and d.cause = ${cause})
    ), numbers as (
      insert into newsledger.case_sequences as s (webhook_id, case_id, last)
      select webhook_id, ${caseId}, 1 from receivers order by webhook_id
      on conflict (webhook_id, case_id) do update set last = s.last + 1
      returning webhook_id, last
    )
    select webhook_id, channel, settings, last as sequence
    from receivers join numbers using (webhook_id) order by webhook_id`.execute(trx);
  return rows;
}

/** A delivery as it is written down for the first time. */
export interface Planned extends Rendered {
  readonly id: string;
  readonly channel: ChannelName;
  readonly target: string;
  readonly cause: string;
  readonly kind: string;
  readonly sequence: number | null;
  readonly heldUntil: Date | null;
}

function planned(
  { webhook_id: target, channel, settings }: Receiver,
  cause: string,
  message: Message,
): Omit<Planned, "sequence" | "heldUntil"> {
  const { headers, body } = channels[channel].render(message, settings);
  const id = contentId("delivery", channel, target, cause);
  // A mail that corrects another answers it: mail programs show the two as one conversation.
  const thread: Record<string, string> =
    channel === "mail" && message.type === "alert.corrected"
      ? { "in-reply-to": contentId("delivery", channel, target, message.data.corrects) }
      : {};
  const kind = message.type;
  return { id, channel, target, cause, kind, headers: { ...headers, ...thread }, body };
}

/** Those that are there already stay as they are. */
export async function insertPlanned(trx: Database, rows: readonly Planned[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const inserted = await sql<{ delivery_id: string }>`
    insert into newsledger.deliveries
      (delivery_id, message_id, channel, target, cause, kind, sequence, headers, payload, state,
       next_attempt_at)
    select id, id, channel, target, cause, kind, sequence, headers, body,
      case when "heldUntil" is null then 'planned' else 'held' end, coalesce("heldUntil", now())
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as wanted
      (id text, channel text, target text, cause text, kind text, sequence int, headers jsonb,
       body text, "heldUntil" timestamptz)
    order by id
    on conflict do nothing returning delivery_id`.execute(trx);
  return inserted.rows.map((row) => row.delivery_id);
}
