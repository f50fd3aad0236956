import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type pg from "pg";
import type { Partition } from "./read.ts";
import type { AnyTransaction } from "./types.ts";

/** Postgres alone decides whether a lease has run out. */
const lease = "7 seconds";
/** A worker that hangs inside its transaction is cut off, so that another can take over. */
const longestIdle = "60s";

/** Another process handles this subscription now; what this one had in hand is void. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/** One subscription's place in the log, held by one worker at a time. */
export class Checkpoint {
  readonly name: string;
  /** As it is stored. Meaningful while we hold the lease. */
  position = 0n;
  readonly #pool: pg.Pool;
  readonly #holder = randomUUID();

  constructor(pool: pg.Pool, name: string) {
    this.#pool = pool;
    this.name = name;
  }

  /** Takes the lease if it is free. Never waits: a row that a batch has locked is a row in use. */
  async acquire(): Promise<"held" | "taken" | "missing"> {
    const { rows } = await this.#pool.query<{ position: string }>(
      `update newsledger.checkpoints set holder = $2, lease_until = clock_timestamp() + $3::interval
       where name = (select name from newsledger.checkpoints
                     where name = $1 and (holder is null or holder = $2 or lease_until < clock_timestamp())
                     for update skip locked)
       returning position`,
      [this.name, this.#holder, lease],
    );
    if (rows[0]) {
      this.position = BigInt(rows[0].position);
      return "held";
    }
    return (await this.stored()) === null ? "missing" : "taken";
  }

  /** Keeps the lease a while longer. A batch under way has the row, and with it the lease: nothing to do then. */
  async renew(): Promise<void> {
    await this.#pool.query(
      `update newsledger.checkpoints set lease_until = clock_timestamp() + $3::interval
       where name = (select name from newsledger.checkpoints where name = $1 and holder = $2
                     for update skip locked)`,
      [this.name, this.#holder, lease],
    );
  }

  async release(): Promise<void> {
    await this.#pool.query(
      "update newsledger.checkpoints set holder = null, lease_until = null where name = $1 and holder = $2",
      [this.name, this.#holder],
    );
  }

  /** Locks the row until the transaction ends; throws when it is no longer ours, or not where we left it. */
  async hold(trx: AnyTransaction): Promise<void> {
    const { rows } = await sql<{ position: string; holder: string | null }>`
      select position, holder, set_config('idle_in_transaction_session_timeout', ${longestIdle}, true)
      from newsledger.checkpoints where name = ${this.name} for update`.execute(trx);
    const row = rows[0];
    if (row?.holder !== this.#holder || BigInt(row.position) !== this.position) throw this.#lost();
  }

  /** In the transaction that holds the row. `position` follows only when that is committed. */
  async advanceWithin(trx: AnyTransaction, to: bigint): Promise<void> {
    await sql`update newsledger.checkpoints
      set position = ${to}, updated_at = clock_timestamp(), lease_until = clock_timestamp() + ${lease}::interval
      where name = ${this.name}`.execute(trx);
  }

  /** Passes over events that do not concern the subscription. */
  async advance(to: bigint): Promise<void> {
    const { rowCount } = await this.#pool.query({
      name: "newsledger-advance",
      text: `update newsledger.checkpoints
             set position = $4, updated_at = clock_timestamp(), lease_until = clock_timestamp() + $5::interval
             where name = $1 and holder = $2 and position = $3`,
      values: [this.name, this.#holder, this.position, to, lease],
    });
    if (rowCount !== 1) throw this.#lost();
    this.position = to;
  }

  /** What the database says, whoever holds it. */
  async stored(): Promise<bigint | null> {
    const { rows } = await this.#pool.query<{ position: string }>({
      name: "newsledger-checkpoint",
      text: "select position from newsledger.checkpoints where name = $1",
      values: [this.name],
    });
    return rows[0] ? BigInt(rows[0].position) : null;
  }

  #lost(): LeaseLost {
    return new LeaseLost(`subscription ${this.name}: another process has taken over`);
  }
}

/** A subscription was begun with another number of partitions, and its checkpoints do not fit this one. */
export class PartitionsChanged extends Error {
  override name = "PartitionsChanged";
}

/** The name under which one of several workers keeps its place. */
export const partitionName = (name: string, { index, of }: Partition): string =>
  `${name}#${index}/${of}`;

/** Makes the checkpoint if it is not there. */
export async function createCheckpoint(
  // biome-ignore lint/suspicious/noExplicitAny: kysely is invariant in its database type
  db: Kysely<any>,
  subscription: { name: string; partition?: Partition | undefined },
  position: bigint,
): Promise<void> {
  const { name, partition } = subscription;
  const own = partition ? partitionName(name, partition) : name;
  const ofOurs = partition ? `/${partition.of}` : "";
  await db.transaction().execute(async (trx) => {
    // Two programs that disagree about the number take turns, and the second is refused.
    await sql`select pg_advisory_xact_lock(20044, hashtext(${name}))`.execute(trx);
    const { rows } = await sql<{ name: string }>`select name from newsledger.checkpoints
      where name = ${name} or name ^@ ${`${name}#`}`.execute(trx);
    const foreign = rows.find((row) =>
      partition ? !row.name.endsWith(ofOurs) : row.name !== name,
    );
    if (foreign)
      throw new PartitionsChanged(
        `subscription ${name}: begun as ${foreign.name}; keep that number of partitions, or take another name`,
      );
    await sql`insert into newsledger.checkpoints (name, position) values (${own}, ${position})
      on conflict do nothing`.execute(trx);
  });
}
