import { createHash } from "node:crypto";
import type pg from "pg";
import { type ExportRow, exportKeys, exportLine, toLine } from "./export.ts";
import { seal } from "./verify.ts";

const linesPerPage = 1_000;
const longestLockWait = "5s";

/** A month cannot be retired yet. */
export class CannotRetire extends Error {
  override name = "CannotRetire";
}

export interface Retired {
  /** YYYYMM */
  readonly month: string;
  readonly events: number;
  /** Of everything that was written for it. */
  readonly sha256: string;
}

/** Takes a month's lines; resolves when they are safely kept, for then the events are dropped. */
export type KeepMonth = (month: string, lines: AsyncIterable<string>) => Promise<void>;

/**
 * Takes whole months that are over and ended before a date out of the ledger, oldest first: seals them, detaches the partition, hands
 * its events as export lines to `keep`, and drops it. Seals, append keys and each stream's place in its hash chain stay, so
 * `verify` still holds. Killed at any moment, the next call goes on with the month in hand. Streams then begin late, and a
 * projection that is rebuilt sees only what is left.
 */
export async function retire(pool: pg.Pool, before: Date, keep: KeepMonth): Promise<Retired[]> {
  const retired: Retired[] = [];
  for (const month of await detached(pool)) retired.push(await carryOut(pool, month, keep));
  await seal(pool);
  for (const month of await monthsBefore(pool, before)) {
    await detach(pool, month);
    retired.push(await carryOut(pool, month, keep));
  }
  return retired;
}

const partition = (month: string): string => `newsledger.events_${month}`;

/** Detached by a call that did not come to its end. */
async function detached(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ month: string }>(
    "select month from newsledger.retired where dropped_at is null order by month",
  );
  return rows.map(({ month }) => month);
}

async function monthsBefore(pool: pg.Pool, before: Date): Promise<string[]> {
  const { rows } = await pool.query<{ month: string }>(
    `select right(c.relname, 6) as month from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'newsledger.events'::regclass and c.relname ~ '^events_\\d{6}$'
       and to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= least($1::timestamptz, now()) at time zone 'utc'
     order by 1`,
    [before],
  );
  return rows.map(({ month }) => month);
}

async function detach(pool: pg.Pool, month: string): Promise<void> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin isolation level read committed");
    await client.query(`set local lock_timeout = '${longestLockWait}'`);
    // Once we have it, nobody reads or appends until the commit: all of this is quick.
    await client.query("lock table newsledger.events in access exclusive mode");
    await assertUnused(client, month);
    await client.query(
      `insert into newsledger.retired (month, from_position, to_position, events)
       select $1, coalesce(min(global_position), 0), coalesce(max(global_position), 0), count(*)
       from ${partition(month)}`,
      [month],
    );
    await client.query(
      `insert into newsledger.retired_streams as r (stream_id, version, hash)
       select distinct on (stream_id) stream_id, version, hash from ${partition(month)}
       order by stream_id, version desc
       on conflict (stream_id) do update set version = excluded.version, hash = excluded.hash
         where excluded.version > r.version`,
    );
    await client.query(`alter table newsledger.events detach partition ${partition(month)}`);
    await client.query("commit");
    broken = false;
  } catch (error) {
    await client.query("rollback").then(
      () => {
        broken = false;
      },
      () => {}, // the first error is the one to report
    );
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Everybody must have read it, and it must be sealed. */
async function assertUnused(client: pg.PoolClient, month: string): Promise<void> {
  const { rows } = await client.query<{ reason: string }>(
    `with m as (select max(global_position) as last, min(global_position) as first from ${partition(month)})
     select format('subscription %s has only read up to position %s of %s', c.name, c.position, m.last) as reason
       from m join newsledger.checkpoints c on c.position < m.last and not c.name ^@ 'inline:'
         and not c.name ~ '^read-model:.*@0$' -- stands in, empty, until the first version is built
     union all
     select format('subscription %s has parked event %s', p.subscription, p.position)
       from m join newsledger.parked p on p.position between m.first and m.last
     union all
     select format('its events up to position %s are not sealed yet', m.last)
       from m where m.last > coalesce((select max(to_position) from newsledger.seals), 0)
     limit 1`,
  );
  if (rows[0]) throw new CannotRetire(`retire ${month}: ${rows[0].reason}`);
}

async function carryOut(pool: pg.Pool, month: string, keep: KeepMonth): Promise<Retired> {
  const sum = createHash("sha256");
  let events = 0;
  let whole = false;
  async function* lines(): AsyncGenerator<string> {
    for (let after = "0"; ; ) {
      const { rows } = await pool.query<ExportRow>(
        `select ${exportLine} from ${partition(month)} e ${exportKeys}
         where e.global_position > $1 order by e.global_position limit $2`,
        [after, linesPerPage],
      );
      for (const row of rows) {
        const line = toLine(row);
        sum.update(`${line}\n`);
        events += 1;
        yield line;
      }
      const last = rows.at(-1);
      if (!last) break;
      after = last.global_position;
    }
    whole = true;
  }
  await keep(month, lines());
  if (!whole) throw new CannotRetire(`retire ${month}: not all of its events were taken`);
  const sha256 = sum.digest("hex");
  // Several statements in one message are one transaction.
  await pool.query(
    `drop table ${partition(month)};
     update newsledger.retired set exported_sha256 = '${sha256}', dropped_at = now() where month = '${month}'`,
  );
  return { month, events, sha256 };
}
