import { sql } from "kysely";
import type { ChannelName } from "./channels/channel.ts";
import type { Database } from "./rules.ts";

/**
 * planned: due, or will be. held: waits for the end of quiet hours. suspended: waits for somebody to release it (a restored
 * backup). batched: told in one message with others, when quiet hours ended. cancelled: nobody to send it to any more.
 */
export const deliveryStates = [
  "planned",
  "held",
  "suspended",
  "batched",
  "delivered",
  "failed",
  "cancelled",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One message to one receiver, with every attempt that was made. Originals never change: sent again is a new row. */
export interface Delivery {
  readonly deliveryId: string;
  readonly messageId: string;
  readonly channel: ChannelName;
  /** What kind of message: alert.raised, webhook.test … */
  readonly kind: string;
  readonly target: string;
  readonly cause: string;
  readonly sequence: number | null;
  /** 0 for the original, 1 for the first time it was sent again … */
  readonly resend: number;
  readonly state: DeliveryState;
  /** Why it is in this state, where that is not plain. */
  readonly note: string | null;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly doneAt: Date | null;
  readonly attempts: readonly DeliveryAttempt[];
}

export interface DeliveryAttempt {
  readonly attempt: number;
  readonly startedAt: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly response: string | null;
  readonly durationMs: number;
}

export interface DeliveryFilter {
  readonly deliveryId?: string | undefined;
  readonly messageId?: string | undefined;
  /** Only what is listed behind this delivery. */
  readonly after?: string | undefined;
  readonly webhookId?: string | undefined;
  readonly states?: readonly DeliveryState[] | undefined;
  readonly kind?: string | undefined;
  /** Planned at or after this, and before that. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

/** The filter as SQL, over `newsledger.deliveries d`. */
export const matching = ({
  deliveryId,
  messageId,
  after,
  webhookId,
  states,
  kind,
  since,
  until,
}: DeliveryFilter) => sql`
  (${deliveryId ?? null}::text is null or d.delivery_id = ${deliveryId ?? null})
  and (${messageId ?? null}::text is null or d.message_id = ${messageId ?? null})
  and (${after ?? null}::text is null or exists (
    select from newsledger.deliveries b where b.delivery_id = ${after ?? null}
      and (d.created_at < b.created_at or (d.created_at = b.created_at and d.delivery_id > b.delivery_id))))
  and (${webhookId ?? null}::text is null or d.target = ${webhookId ?? null})
  and (${states ? [...states] : null}::text[] is null or d.state = any(${states ? [...states] : null}))
  and (${kind ?? null}::text is null or d.kind = ${kind ?? null})
  and (${since ?? null}::timestamptz is null or d.created_at >= ${since ?? null})
  and (${until ?? null}::timestamptz is null or d.created_at < ${until ?? null})`;

/** The newest deliveries first. */
export async function deliveryLog(
  db: Database,
  { limit = 50, ...filter }: DeliveryFilter & { readonly limit?: number } = {},
): Promise<Delivery[]> {
  const { rows } = await sql<DeliveryRow>`
    select d.*, coalesce(
        (select jsonb_agg(jsonb_build_object(
           'attempt', a.attempt, 'startedAt', a.started_at, 'status', a.status, 'error', a.error,
           'response', a.response, 'durationMs', a.duration_ms) order by a.attempt)
         from newsledger.delivery_attempts a where a.delivery_id = d.delivery_id),
        '[]'::jsonb) as made
    from newsledger.deliveries d where ${matching(filter)}
    order by d.created_at desc, d.delivery_id
    limit ${limit}`.execute(db);
  return rows.map(fromRow);
}

const fromRow = (row: DeliveryRow): Delivery => ({
  deliveryId: row.delivery_id,
  messageId: row.message_id,
  channel: row.channel,
  kind: row.kind,
  target: row.target,
  cause: row.cause,
  sequence: row.sequence,
  resend: row.resend,
  state: row.state,
  note: row.note,
  createdAt: row.created_at,
  nextAttemptAt: row.state === "planned" || row.state === "held" ? row.next_attempt_at : null,
  doneAt: row.done_at,
  attempts: row.made,
});

interface DeliveryRow {
  delivery_id: string;
  message_id: string;
  channel: ChannelName;
  kind: string;
  target: string;
  cause: string;
  sequence: number | null;
  resend: number;
  state: DeliveryState;
  note: string | null;
  created_at: Date;
  next_attempt_at: Date;
  done_at: Date | null;
  made: DeliveryAttempt[];
}
