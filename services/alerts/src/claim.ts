import { sql } from "kysely";
import type { ChannelName } from "./channels/channel.ts";
import { channels } from "./channels/index.ts";
import type { Database } from "./rules.ts";

/** A delivery in this process' hands until its lease ends. */
export interface Claimed {
  readonly deliveryId: string;
  /** The same for every attempt, and for everything that is sent again. */
  readonly messageId: string;
  readonly fence: number;
  readonly kind: string;
  readonly channel: ChannelName;
  readonly target: string;
  readonly cause: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How many were made before this one. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** By Postgres' clock. */
  readonly claimedAt: Date;
  /** As stored: sealed. */
  readonly url: string;
  readonly secret: string;
  readonly previousSecret: string | null;
}

export interface ClaimOptions {
  /** How many more each receiver may be given; those not named get `otherwise`. */
  readonly rooms: ReadonlyMap<string, number>;
  readonly otherwise: number;
  readonly leaseSeconds: number;
}

/** Channels whose services ask for time between two messages: one is claimed, and the receiver then rests. */
const paced = Object.values(channels).filter(({ gapSeconds }) => gapSeconds > 0);
const gaps = JSON.stringify(paced.map(({ name, gapSeconds }) => ({ name, seconds: gapSeconds })));

/**
 * Takes what is due, some for each receiver: no receiver's backlog stands in the way of another's. Of any number of
 * processes that ask at once, one gets each delivery.
 */
export async function claim(
  db: Database,
  { rooms, otherwise, leaseSeconds }: ClaimOptions,
): Promise<Claimed[]> {
  const given = JSON.stringify([...rooms].map(([target, room]) => ({ target, room })));
  const { rows } = await sql<Claimed>`
    with receivers as (
      select w.*, gap.seconds as gap,
        least(coalesce(given.room, ${otherwise}::int), case when gap.seconds > 0 then 1 end) as room
      from newsledger.webhooks w
      left join jsonb_to_recordset(${gaps}::jsonb) as gap (name text, seconds float8)
        on gap.name = w.channel
      left join jsonb_to_recordset(${given}::jsonb) as given (target text, room int)
        on given.target = w.webhook_id
      where w.enabled and (w.not_before is null or w.not_before <= now())
        and coalesce(given.room, ${otherwise}::int) > 0
    ), due as (
      select found.delivery_id, webhook_id, gap, url, secret,
        case when previous_until > now() then previous_secret end as previous_secret
      from receivers cross join lateral (
        select d.delivery_id from newsledger.deliveries d
        where d.target = receivers.webhook_id and d.state = 'planned' and d.next_attempt_at <= now()
          and (d.lease_until is null or d.lease_until <= now())
        order by d.next_attempt_at, d.created_at
        limit receivers.room for update skip locked
      ) as found
    ), rested as (
      update newsledger.webhooks w set not_before = now() + make_interval(secs => due.gap)
      from due where w.webhook_id = due.webhook_id and due.gap > 0
    )
    update newsledger.deliveries d
    set fence = fence + 1, lease_until = now() + make_interval(secs => ${leaseSeconds})
    from due where d.delivery_id = due.delivery_id
    returning d.delivery_id as "deliveryId", d.message_id as "messageId", d.fence, d.kind, d.channel,
      d.target, d.cause, d.payload as body, d.headers, d.attempts, d.created_at as "createdAt",
      now() as "claimedAt", due.url, due.secret, due.previous_secret as "previousSecret"`.execute(
    db,
  );
  return rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

type Held = Pick<Claimed, "deliveryId" | "fence">;

const listed = (held: readonly Held[]) => sql`
  jsonb_to_recordset(${JSON.stringify(held.map(({ deliveryId, fence }) => ({ id: deliveryId, fence })))}::jsonb)
    as held (id text, fence int)`;

/** Keeps deliveries in our hands for another while; those that were lost are simply not among them. */
export async function renew(
  db: Database,
  held: readonly Held[],
  leaseSeconds: number,
): Promise<void> {
  if (held.length === 0) return;
  await sql`
    update newsledger.deliveries d set lease_until = now() + make_interval(secs => ${leaseSeconds})
    from ${listed(held)}
    where d.delivery_id = held.id and d.fence = held.fence and d.state = 'planned'`.execute(db);
}

/** Gives back what was not tried. */
export async function giveBack(db: Database, held: readonly Held[]): Promise<void> {
  if (held.length === 0) return;
  await sql`
    update newsledger.deliveries d set lease_until = null
    from ${listed(held)}
    where d.delivery_id = held.id and d.fence = held.fence and d.state = 'planned'`.execute(db);
}
