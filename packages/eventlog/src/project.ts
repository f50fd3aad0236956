import { sql } from "kysely";
import type pg from "pg";
import type { LogParts } from "./parts.ts";
import { Follower } from "./subscribe.ts";
import type { AnyTransaction, EventMap, Projection, Subscription } from "./types.ts";

/** A newer program keeps this projection by now; an older one must leave it alone. */
export class ProjectionOutdated extends Error {
  override name = "ProjectionOutdated";
}

/**
 * Keeps a read model up to date. The first time, and whenever its version has been raised, it is emptied and rebuilt
 * from the start, in place: until it has caught up, it shows a past state.
 */
export function project<M extends EventMap>(
  log: LogParts,
  projection: Projection<M>,
): Subscription {
  const name = `${prefixOf(projection.name)}${projection.version}`;
  return new Follower<M>(
    log,
    {
      name,
      types: projection.types,
      onError: "retry",
      handle: async (events, trx) => {
        await projection.apply(events, trx);
        return undefined;
      },
    },
    { create: () => begin(log, projection, name) },
  );
}

/**
 * Has a projection emptied and rebuilt from the start: by whoever keeps it now, within seconds, or by the next to start.
 * An inline one by the next to start.
 */
export async function rebuild(pool: pg.Pool, projectionName: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "delete from newsledger.checkpoints where name ^@ $1 or name ^@ $2",
    [prefixOf(projectionName), inlinePrefix(projectionName)],
  );
  return rowCount !== 0;
}

export const inlinePrefix = (projectionName: string): string => `inline:${projectionName}@`;
const prefixOf = (projectionName: string): string => `projection:${projectionName}@`;

async function begin<M extends EventMap>(
  { db, logger }: LogParts,
  projection: Projection<M>,
  name: string,
): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel("read committed")
    .execute(async (trx) => {
      const prefix = prefixOf(projection.name);
      // Two programs of different versions that start together take turns.
      await sql`select pg_advisory_xact_lock(20044, hashtext(${prefix}))`.execute(trx);
      const newest = await assertNewest(trx, prefix, projection);
      if (newest === projection.version) return; // another process was faster
      await projection.reset(trx);
      await sql`delete from newsledger.checkpoints where name ^@ ${prefix}`.execute(trx);
      await sql`insert into newsledger.checkpoints (name, position) values (${name}, 0)`.execute(
        trx,
      );
      logger?.info(
        { projection: projection.name, from: newest, to: projection.version },
        "projection: rebuilding",
      );
    });
}

/** The newest version that is kept; throws when this program's is older. 0 when there is none. */
export async function assertNewest(
  trx: AnyTransaction,
  prefix: string,
  { name, version }: { name: string; version: number },
): Promise<number> {
  // Waits for the batch that an older program has in hand; its next one finds the checkpoint gone.
  const { rows } = await sql<{ name: string }>`
    select name from newsledger.checkpoints where name ^@ ${prefix} order by name for update`.execute(
    trx,
  );
  const newest = Math.max(0, ...rows.map((row) => Number(row.name.slice(prefix.length))));
  if (newest > version)
    throw new ProjectionOutdated(
      `projection ${name}: version ${newest} is in use, this program only knows ${version}: upgrade it`,
    );
  return newest;
}
