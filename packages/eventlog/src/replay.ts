import { sql } from "kysely";
import type pg from "pg";
import { type Checkpoint, LeaseLost } from "./checkpoint.ts";
import { asError, storable } from "./deliver.ts";
import type { LogParts } from "./parts.ts";
import { rowAt, toEvent } from "./read.ts";
import { isPassing } from "./retry.ts";
import type { EventMap, SubscriptionOptions } from "./types.ts";

const eventsPerLook = 100;

/** Asks whoever keeps the subscription to handle its parked events again; answers how many there are. */
export async function requestReplay(pool: pg.Pool, name: string): Promise<number> {
  const { rowCount } = await pool.query(
    "update newsledger.parked set replay_at = now() where subscription = $1 or subscription ^@ $2",
    [name, `${name}#`],
  );
  return rowCount ?? 0;
}

/**
 * Handles the parked events that are asked for, each in a transaction of its own that also takes it off the list. They
 * come late, so out of order. One that fails again stays parked, with its new error.
 */
export async function replayRequested<M extends EventMap>(
  log: LogParts,
  options: SubscriptionOptions<M>,
  checkpoint: Checkpoint,
): Promise<void> {
  const { rows } = await log.pool.query<{ position: string }>(
    `select position from newsledger.parked where subscription = $1 and replay_at is not null
     order by position limit $2`,
    [checkpoint.name, eventsPerLook],
  );
  for (const row of rows) {
    const position = BigInt(row.position);
    try {
      await replay(log, options, checkpoint, position);
    } catch (thrown) {
      const error = asError(thrown);
      if (error instanceof LeaseLost || isPassing(error)) throw error;
      await stayParked(log.pool, checkpoint.name, position, error);
      const fields = { subscription: checkpoint.name, position: row.position, err: error };
      log.logger?.warn(fields, "parked event failed again");
    }
  }
}

async function replay<M extends EventMap>(
  { db, codec, bell, appendedIn, logger }: LogParts,
  options: SubscriptionOptions<M>,
  checkpoint: Checkpoint,
  position: bigint,
): Promise<void> {
  let appended = false;
  const afterCommit = await db
    .transaction()
    .setIsolationLevel("read committed")
    .execute(async (trx) => {
      await checkpoint.hold(trx);
      await sql`delete from newsledger.parked
        where subscription = ${checkpoint.name} and position = ${position}`.execute(trx);
      const row = await rowAt(trx, position);
      if (!row) return undefined; // its month has been retired
      const hook = await options.handle([toEvent<M>(row, codec)], trx);
      appended = appendedIn.has(trx);
      return hook;
    });
  if (appended) bell.ring();
  await afterCommit?.().catch((error: unknown) => {
    logger?.warn({ subscription: checkpoint.name, err: error }, "after-commit hook failed");
  });
}

async function stayParked(
  pool: pg.Pool,
  name: string,
  position: bigint,
  error: Error,
): Promise<void> {
  await pool.query(
    `update newsledger.parked set error = $3, attempts = attempts + 1, parked_at = now(), replay_at = null
     where subscription = $1 and position = $2`,
    [name, position, storable(error)],
  );
}
