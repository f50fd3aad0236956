import { statfs } from "node:fs/promises";
import { fenceAge } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";

type Db = Resources["db"];

/** How every part is, in numbers. Cheap to ask: each question goes by an index or to a small table. */
export interface Facts {
  readonly database: DatabaseFacts;
  readonly readers: readonly ReaderFacts[];
  readonly fenceSeconds: number;
  readonly seal: { readonly ageSeconds: number | null; readonly unsealed: boolean };
  readonly work: readonly WorkFacts[];
  readonly feeds: FeedFacts;
  readonly deliveries: DeliveryFacts;
  readonly digests: DigestFacts;
  readonly diskFreeBytes: number | null;
}

interface DatabaseFacts {
  readonly bytes: number;
  readonly events: number;
  /** Of the last day, as far as they are sealed. */
  readonly eventsLastDay: number;
  readonly partitions: number;
  /** Months ahead of this one that have a partition; below zero, this month has none. */
  readonly monthsAhead: number;
  readonly unpartitioned: boolean;
  readonly connections: number;
  readonly maxConnections: number;
}

interface ReaderFacts {
  readonly name: string;
  readonly behind: number;
  readonly parked: number;
  /** Age of the oldest event that it has not read. */
  readonly lagSeconds: number;
}

interface WorkFacts {
  readonly job: string;
  readonly due: number;
  readonly running: number;
  readonly quarantined: number;
  readonly oldestDueSeconds: number;
}

interface FeedFacts {
  readonly states: Readonly<Record<string, number>>;
  /** By what is wrong with them. */
  readonly failing: Readonly<Record<string, number>>;
  readonly due: number;
  readonly oldestDueSeconds: number;
  readonly lastNewItemSeconds: number | null;
}

interface DeliveryFacts {
  readonly pending: Readonly<Record<string, number>>;
  readonly failedLastDay: number;
  readonly oldestDueSeconds: number;
  readonly webhooksOff: number;
}

interface DigestFacts {
  readonly pending: number;
  readonly failedLastDay: number;
  readonly lastSentSeconds: number | null;
  /** How long the most patient reader has been waiting for a digest that is due. */
  readonly overdueSeconds: number;
  readonly heldSeconds: number | null;
}

export async function readFacts({
  db,
  pool,
  log,
  dataDir,
}: Pick<Resources, "db" | "pool" | "log"> & { readonly dataDir: string }): Promise<Facts> {
  return {
    database: await databaseFacts(db),
    readers: await readerFacts(db, log),
    fenceSeconds: await fenceAge(pool),
    seal: await sealFacts(db),
    work: await workFacts(db),
    feeds: await feedFacts(db),
    deliveries: await deliveryFacts(db),
    digests: await digestFacts(db),
    diskFreeBytes: await statfs(dataDir).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
  };
}

async function databaseFacts(db: Db): Promise<DatabaseFacts> {
  const { rows } = await sql<{ [name in keyof DatabaseFacts]: string | boolean }>`
    with months as (
      select c.relname, c.reltuples from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'newsledger.events'::regclass)
    select pg_database_size(current_database()) as bytes,
      (select coalesce(sum(greatest(reltuples, 0)), 0)::bigint from months) as events,
      (select coalesce(sum(events), 0) from newsledger.seals where sealed_at > now() - interval '1 day') as "eventsLastDay",
      (select count(*) from months where relname ~ '[0-9]{6}$') as partitions,
      (select coalesce(max(extract(year from age) * 12 + extract(month from age)), -1) from (
        select age(to_date(right(relname, 6), 'YYYYMM'), date_trunc('month', now() at time zone 'utc')) from months
        where relname ~ '[0-9]{6}$') as a) as "monthsAhead",
      exists (select from newsledger.events_default) as unpartitioned,
      (select count(*) from pg_stat_activity where datname = current_database()) as connections,
      current_setting('max_connections')::int as "maxConnections"`.execute(db);
  const [row] = rows;
  const number = (name: keyof DatabaseFacts): number => Number(row?.[name] ?? 0);
  return {
    bytes: number("bytes"),
    events: number("events"),
    eventsLastDay: number("eventsLastDay"),
    partitions: number("partitions"),
    monthsAhead: number("monthsAhead"),
    unpartitioned: row?.unpartitioned === true,
    connections: number("connections"),
    maxConnections: number("maxConnections"),
  };
}

async function readerFacts(db: Db, log: Resources["log"]): Promise<ReaderFacts[]> {
  const lags = await log.lag();
  const late = lags.filter(({ behind }) => behind > 0).map(({ position }) => position.toString());
  const { rows } = await sql<{ position: string; seconds: number }>`
    select p.position, greatest(0, extract(epoch from now() - e.recorded_at))::float8 as seconds
    from unnest(${late}::bigint[]) as p (position) cross join lateral (
      select recorded_at from newsledger.events where global_position > p.position
      order by global_position limit 1) as e`.execute(db);
  const ages = new Map(rows.map(({ position, seconds }) => [position, seconds]));
  return lags.map(({ name, behind, parked, position }) => ({
    name,
    behind,
    parked,
    lagSeconds: behind === 0 ? 0 : (ages.get(position.toString()) ?? 0),
  }));
}

async function sealFacts(db: Db): Promise<Facts["seal"]> {
  const { rows } = await sql<{ age: number | null; unsealed: boolean }>`
    select (select extract(epoch from now() - max(sealed_at))::float8 from newsledger.seals) as age,
      exists (select from newsledger.events where global_position >
        (select coalesce(max(to_position), 0) from newsledger.seals)) as unsealed`.execute(db);
  return { ageSeconds: rows[0]?.age ?? null, unsealed: rows[0]?.unsealed ?? false };
}

async function workFacts(db: Db): Promise<WorkFacts[]> {
  const { rows } = await sql<{ [name in keyof WorkFacts]: string }>`
    select job,
      count(*) filter (where state = 'due' and next_attempt_at <= now()
        and (lease_until is null or lease_until <= now())) as due,
      count(*) filter (where state = 'due' and lease_until > now()) as running,
      count(*) filter (where state = 'quarantined') as quarantined,
      coalesce(extract(epoch from now() - min(next_attempt_at) filter (where state = 'due' and next_attempt_at <= now()
        and (lease_until is null or lease_until <= now()))), 0)::float8 as "oldestDueSeconds"
    from newsledger.work where state in ('due', 'quarantined') group by job order by job`.execute(
    db,
  );
  return rows.map(({ job, due, running, quarantined, oldestDueSeconds }) => ({
    job,
    due: Number(due),
    running: Number(running),
    quarantined: Number(quarantined),
    oldestDueSeconds: Number(oldestDueSeconds),
  }));
}

async function feedFacts(db: Db): Promise<FeedFacts> {
  const { rows } = await sql<{ state: string; code: string | null; count: string }>`
    select case when enabled or state = 'retired' then state else 'off' end as state,
      case when state in ('degraded', 'dead') or state_code = 'proxy' then coalesce(state_code, 'unknown') else concern_code end as code, count(*)
    from newsledger.feeds where removed_at is null group by 1, 2`.execute(db);
  const { rows: due } = await sql<{ due: string; oldest: number; newest: number | null }>`
    select count(*) filter (where enabled and next_poll_at <= now()) as due,
      coalesce(extract(epoch from now() - min(next_poll_at) filter (where enabled and next_poll_at <= now()
        and (lease_until is null or lease_until <= now()))), 0)::float8 as oldest,
      extract(epoch from now() - max(last_new_item_at))::float8 as newest
    from newsledger.feeds where removed_at is null`.execute(db);
  return {
    states: summed(rows.map(({ state, count }) => [state, Number(count)])),
    failing: summed(rows.flatMap(({ code, count }) => (code ? [[code, Number(count)]] : []))),
    due: Number(due[0]?.due ?? 0),
    oldestDueSeconds: due[0]?.oldest ?? 0,
    lastNewItemSeconds: due[0]?.newest ?? null,
  };
}

async function deliveryFacts(db: Db): Promise<DeliveryFacts> {
  const { rows } = await sql<{ state: string; count: string; oldest: number }>`
    select state, count(*), coalesce(extract(epoch from now() - min(next_attempt_at)
      filter (where state = 'planned' and next_attempt_at <= now())), 0)::float8 as oldest
    from newsledger.deliveries where state in ('planned', 'held', 'suspended') group by state`.execute(
    db,
  );
  const { rows: failed } = await sql<{ failed: string; off: string }>`
    select (select count(*) from newsledger.deliveries
        where state = 'failed' and done_at > now() - interval '1 day') as failed,
      (select count(*) from newsledger.webhooks where not enabled) as off`.execute(db);
  return {
    pending: summed(rows.map(({ state, count }) => [state, Number(count)])),
    failedLastDay: Number(failed[0]?.failed ?? 0),
    oldestDueSeconds: Math.max(0, ...rows.map(({ oldest }) => oldest)),
    webhooksOff: Number(failed[0]?.off ?? 0),
  };
}

async function digestFacts(db: Db): Promise<DigestFacts> {
  const { rows } = await sql<{
    pending: string;
    failed: string;
    sent: number | null;
    overdue: number;
    held: number | null;
  }>`
    select
      (select count(*) from newsledger.issues where state in ('planned', 'unknown')) as pending,
      (select count(*) from newsledger.issues where state = 'failed' and composed_at > now() - interval '1 day') as failed,
      (select extract(epoch from now() - max(sent_at))::float8 from newsledger.issues) as sent,
      (select coalesce(extract(epoch from now() - min(next_due_at)), 0)::float8 from newsledger.subscriptions
        where enabled and confirmed_at is not null and next_due_at <= now()) as overdue,
      (select extract(epoch from now() - held_since)::float8 from newsledger.mail_origin) as held`.execute(
    db,
  );
  const [row] = rows;
  return {
    pending: Number(row?.pending ?? 0),
    failedLastDay: Number(row?.failed ?? 0),
    lastSentSeconds: row?.sent ?? null,
    overdueSeconds: row?.overdue ?? 0,
    heldSeconds: row?.held ?? null,
  };
}

function summed(pairs: readonly (readonly [string, number] | (string | number)[])[]) {
  const sums: Record<string, number> = {};
  for (const [name, count] of pairs) sums[String(name)] = (sums[String(name)] ?? 0) + Number(count);
  return sums;
}
