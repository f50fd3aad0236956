import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { DatabaseError } from "pg";
import type { LogParts } from "./parts.ts";
import { ProjectionOutdated } from "./project.ts";
import { isPassing, retryDelayMs } from "./retry.ts";
import { Follower } from "./subscribe.ts";
import type { AnyTransaction, EventMap, SchemaProjection, Subscription } from "./types.ts";

/** It goes into names of schemas, which hold 63 bytes. */
const usableName = /^[a-z][a-z0-9_]{0,40}$/;

const strictRounds = 20;
const aMomentMs = 1_000;
const aFew = 5_000n;
const longestPatienceMs = 15_000;
/** A lock that did not come in time, or a deadlock. */
const gaveWay = /^(55P03|40P01)$/;

/**
 * A read model whose new version is built in a schema of its own, beside the old one, which answers meanwhile. Once it has
 * caught up, the views that readers ask are turned to it in one transaction, and the old version is dropped.
 */
export class Beside<M extends EventMap> implements Subscription {
  readonly name: string;
  /** Settles when readers see this version. */
  readonly live: Promise<void>;
  readonly #log: LogParts;
  readonly #projection: SchemaProjection<M>;
  readonly #follower: Follower<M>;

  constructor(log: LogParts, projection: SchemaProjection<M>) {
    if (!usableName.test(projection.name))
      throw new RangeError(`projection ${projection.name}: its name must match ${usableName}`);
    const schema = schemaOf(projection);
    this.name = `${prefixOf(projection.name)}${projection.version}`;
    this.#log = log;
    this.#projection = projection;
    this.#follower = new Follower<M>(
      log,
      {
        name: this.name,
        types: projection.types,
        onError: "retry",
        ...(projection.batchSize !== undefined && { batchSize: projection.batchSize }),
        ...(projection.restMs !== undefined && { restMs: projection.restMs }),
        handle: async (events, trx) => {
          await projection.apply(events, trx, schema);
          return undefined;
        },
      },
      { create: () => this.#create() },
    );
    this.live = this.#persist();
    this.live.catch(() => {}); // whoever awaits it gets it; `ended` says why a follower stopped
  }

  get ended(): Promise<void> {
    return this.#follower.ended;
  }

  caughtUp: Subscription["caughtUp"] = async (position, options) => {
    await this.#follower.caughtUp(position, options);
    await this.live;
  };

  [Symbol.asyncDispose](): Promise<void> {
    return this.#follower[Symbol.asyncDispose]();
  }

  /** A connection that was lost is no reason to give up: what was done by then is in the database. */
  async #persist(): Promise<void> {
    for (let failures = 1; ; failures++) {
      try {
        return await this.#goLive();
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.#log.logger?.warn(
          { projection: this.name, err: error },
          "projection interrupted, trying again",
        );
        await pause(retryDelayMs(failures));
      }
    }
  }

  async #goLive(): Promise<void> {
    await this.#nearTheEnd();
    await this.#finish();
    await this.#reachTheEnd();
    for (let patienceMs = aMomentMs; !(await this.#swapPolitely(patienceMs)); ) {
      patienceMs = Math.min(2 * patienceMs, longestPatienceMs);
      await this.#reachTheEnd();
    }
  }

  /** A reader that holds one view and waits for another is let through: we give way, and come again. */
  async #swapPolitely(patienceMs: number): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#swap(patienceMs);
      } catch (error) {
        if (!(error instanceof DatabaseError) || !gaveWay.test(error.code ?? "")) throw error;
        this.#log.logger?.info({ projection: this.name, attempt }, "projection: readers go first");
        await pause(Math.min(5_000, 50 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random()));
      }
    }
  }

  /** Near enough to be finished: until then, with no index yet, a few events may take as long as thousands. */
  async #nearTheEnd(): Promise<void> {
    for (let round = 1; round <= strictRounds; round++) {
      const { safe } = await this.#log.positions();
      await this.#follower.caughtUp(safe);
      if ((await this.#log.positions()).safe - safe < aFew) return;
    }
  }

  /** What was appended while it was built counts too. Where appends never pause, it suffices to be a moment behind. */
  async #reachTheEnd(): Promise<void> {
    for (let round = 1; round <= strictRounds; round++) {
      const { safe } = await this.#log.positions();
      await this.#follower.caughtUp(safe);
      if ((await this.#log.positions()).safe === safe) return;
    }
  }

  #create(): Promise<void> {
    const { name, version } = this.#projection;
    return this.#alone(async (trx) => {
      const live = await liveVersion(trx, name);
      if (live > version)
        throw new ProjectionOutdated(
          `projection ${name}: version ${live} is in use, this program only knows ${version}: upgrade it`,
        );
      const { rows } = await sql`insert into newsledger.checkpoints (name, position)
        values (${this.name}, 0) on conflict do nothing returning name`.execute(trx);
      if (rows.length === 0) return; // another process was faster
      const schema = schemaOf(this.#projection);
      await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(trx);
      await sql`create schema ${sql.id(schema)}`.execute(trx);
      await this.#projection.create(trx, schema);
    });
  }

  /** Nothing is left to do when it is in use already, or was finished by somebody who may have died since. */
  #finish(): Promise<void> {
    const { name, version, finish } = this.#projection;
    return this.#alone(async (trx) => {
      const schema = schemaOf(this.#projection);
      if (!finish || (await liveVersion(trx, name)) >= version) return;
      if (await isFinished(trx, schema)) return;
      // No batch is under way from here on: each takes this row first, and would wait for us table by table, and we for it.
      await sql`select from newsledger.checkpoints where name = ${this.name} for update`.execute(
        trx,
      );
      await finish(trx, schema);
      await sql`comment on schema ${sql.id(schema)} is ${sql.lit(finished)}`.execute(trx);
    });
  }

  /** False when we have not come as far as the version in use: readers never go back. */
  #swap(patienceMs: number): Promise<boolean> {
    const { name, version } = this.#projection;
    return this.#alone(async (trx) => {
      if ((await liveVersion(trx, name)) >= version) return true;
      if (!(await this.#drawsLevel(trx, patienceMs))) return false;
      // Shorter than deadlock_timeout: in a circle it is never a reader that fails.
      await sql`select set_config('lock_timeout', '400ms', true)`.execute(trx);
      await turnViews(trx, name, schemaOf(this.#projection));
      await sql`insert into newsledger.read_models (name, version) values (${name}, ${version})
        on conflict (name) do update set version = excluded.version, since = now()`.execute(trx);
      await dropOlder(trx, this.#projection);
      this.#log.logger?.info({ projection: name, version }, "projection: new version in use");
      return true;
    });
  }

  /**
   * Older versions stay where they are until the transaction ends, and ours comes as far: both following a log that never
   * pauses, the new one might be the later for ever.
   */
  async #drawsLevel(trx: AnyTransaction, patienceMs: number): Promise<boolean> {
    const { rows } = await sql<{ name: string; position: string }>`
      select name, position from newsledger.checkpoints
      where name ^@ ${prefixOf(this.#projection.name)} and name <> ${this.name}
      order by name for update`.execute(trx);
    const furthest = rows
      .filter(({ name }) => versionOf(name) < this.#projection.version)
      .reduce((far, { position }) => (BigInt(position) > far ? BigInt(position) : far), 0n);
    // When it has ended, the next look at the end of the log says so.
    return this.#follower.caughtUp(furthest, { timeoutMs: patienceMs }).then(
      () => true,
      () => false,
    );
  }

  #alone<T>(work: (trx: AnyTransaction) => Promise<T>): Promise<T> {
    return this.#log.db
      .transaction()
      .setIsolationLevel("read committed")
      .execute(async (trx) => {
        const prefix = prefixOf(this.#projection.name);
        await sql`select pg_advisory_xact_lock(20044, hashtext(${prefix}))`.execute(trx);
        return work(trx);
      });
  }
}

const prefixOf = (name: string): string => `read-model:${name}@`;
const versionOf = (checkpoint: string): number =>
  Number(checkpoint.slice(checkpoint.lastIndexOf("@") + 1));
const schemaOf = ({ name, version }: { name: string; version: number }): string =>
  `${name}_v${version}`;

async function liveVersion(trx: AnyTransaction, name: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from newsledger.read_models where name = ${name}`.execute(trx);
  return rows[0]?.version ?? 0;
}

const finished = "finished";

async function isFinished(trx: AnyTransaction, schema: string): Promise<boolean> {
  const { rows } = await sql<{ note: string | null }>`
    select obj_description(oid, 'pg_namespace') as note from pg_namespace
    where nspname = ${schema}`.execute(trx);
  return rows[0]?.note === finished;
}

/** Readers ask the views of the schema that is named like the projection. */
async function turnViews(trx: AnyTransaction, views: string, tables: string): Promise<void> {
  await sql`create schema if not exists ${sql.id(views)}`.execute(trx);
  const old = await sql<{ name: string }>`
    select viewname as name from pg_views where schemaname = ${views}`.execute(trx);
  for (const { name } of old.rows) await sql`drop view ${sql.id(views, name)}`.execute(trx);
  const found = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = ${tables}`.execute(trx);
  for (const { name } of found.rows)
    await sql`create view ${sql.id(views, name)} as select * from ${sql.id(tables, name)}`.execute(
      trx,
    );
}

/** Its worker finds its checkpoint gone, and ends. */
async function dropOlder(
  trx: AnyTransaction,
  { name, version }: { name: string; version: number },
): Promise<void> {
  const prefix = prefixOf(name);
  const { rows } = await sql<{ name: string }>`
    select name from newsledger.checkpoints where name ^@ ${prefix} order by name for update`.execute(
    trx,
  );
  for (const row of rows) {
    const older = versionOf(row.name);
    if (older >= version) continue;
    await sql`delete from newsledger.checkpoints where name = ${row.name}`.execute(trx);
    const schema = schemaOf({ name, version: older });
    await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(trx);
  }
}
