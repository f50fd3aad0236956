import { Kysely, PostgresDialect } from "kysely";
import type pg from "pg";
import { aggregate } from "./aggregate.ts";
import { prepare } from "./append.ts";
import { appendOnce, appendWithin } from "./append-calls.ts";
import { appendDirectly } from "./append-direct.ts";
import { Bell } from "./bell.ts";
import { Beside } from "./beside.ts";
import { CopyCursor } from "./copy-within.ts";
import { GroupCommit } from "./group-commit.ts";
import { InlineProjections } from "./inline.ts";
import { type NoteAppend, observe } from "./metrics.ts";
import { Partitioned } from "./partitioned.ts";
import type { LogParts } from "./parts.ts";
import { project } from "./project.ts";
import { readLog, readOneStream, sharedPositions } from "./read.ts";
import { requestReplay } from "./replay.ts";
import { eraseSubject, holdsSubjects, sealSubjects } from "./subjects.ts";
import { Follower } from "./subscribe.ts";
import type {
  AnyTransaction,
  Appender,
  AppendRequest,
  AppendResult,
  Codec,
  EventLog,
  EventMap,
  LogLogger,
  LogMetrics,
  Projection,
  SchemaProjection,
  Subscription,
  SubscriptionOptions,
} from "./types.ts";
import { seal } from "./verify.ts";

const dayMs = 24 * 60 * 60 * 1000;
const sealEveryMs = 10 * 60 * 1000;

/** Opens the log over a migrated database. The pool stays the caller's; disposing ends the subscriptions first. */
export async function openEventLog<M extends EventMap>(options: {
  pool: pg.Pool;
  codec: Codec;
  logger?: LogLogger;
  metrics?: LogMetrics;
}): Promise<EventLog<M>> {
  const { pool, codec, logger, metrics } = options;
  await inspect(pool, logger);
  const guard = surviveLostConnections(pool, logger);
  const bell = new Bell(pool, logger);
  await bell.listen();
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool, cursor: CopyCursor }) });
  const positions = sharedPositions(pool);
  const appendedIn = new WeakSet<AnyTransaction>();
  const parts = { pool, db, codec, bell, positions, logger, appendedIn };
  return new PostgresLog<M>(parts, guard, metrics);
}

class PostgresLog<M extends EventMap> implements EventLog<M> {
  readonly #parts: LogParts;
  #commits: GroupCommit;
  readonly #inline: InlineProjections<M>;
  readonly #subscriptions = new Set<Subscription>();
  readonly #upkeep: readonly NodeJS.Timeout[];

  readonly #guard: Disposable;
  readonly #noteAppend: NoteAppend | undefined;

  constructor(parts: LogParts, guard: Disposable, metrics?: LogMetrics) {
    this.#parts = parts;
    this.#guard = guard;
    this.#inline = new InlineProjections<M>(parts);
    this.#commits = this.#openCommits();
    this.#noteAppend = metrics && observe(this, parts.pool, metrics);
    this.#upkeep = [
      setInterval(() => void maintain(parts.pool, parts.logger), dayMs).unref(),
      setInterval(() => void sealNow(parts.pool, parts.logger), sealEveryMs).unref(),
    ];
  }

  append: EventLog<M>["append"] = async (stream, events, options = {}) => {
    const request = { ...options, stream, events };
    if (holdsSubjects([request]) || this.#inline.concern([request])) {
      const [result] = await this.appendMany([request]);
      if (!result) throw new Error(`append to ${stream}: the database gave no answer`);
      return result;
    }
    const started = performance.now();
    const result = await this.#commits.append(prepare(request));
    this.#noteAppend?.(started, [result]);
    return result;
  };

  appendMany: EventLog<M>["appendMany"] = async (requests) => {
    const started = performance.now();
    const results = await this.#appendAll(requests);
    this.#noteAppend?.(started, results);
    return results;
  };

  async #appendAll(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    let ready = requests;
    if (holdsSubjects(requests)) ready = await sealSubjects(this.#parts.db, requests);
    // Asked last: a projection may have come while we waited.
    if (this.#inline.concern(requests)) return this.#transaction((log) => log.appendMany(requests));
    return Promise.all(ready.map(prepare).map((append) => this.#commits.append(append)));
  }

  within(trx: AnyTransaction): Appender {
    const { appendedIn, bell } = this.#parts;
    const appendMany: Appender["appendMany"] = async (requests) => {
      const ready = holdsSubjects(requests) ? await sealSubjects(trx, requests) : requests;
      const results = await appendWithin(trx, ready.map(prepare));
      if (results.some(({ status }) => status === "appended")) {
        appendedIn.add(trx);
        bell.ring(); // early: whoever looks now sees the open append, and looks again shortly
        await this.#inline.apply(trx, results);
      }
      return results;
    };
    return {
      appendMany,
      append: async (stream, events, options = {}) => {
        const [result] = await appendMany([{ ...options, stream, events }]);
        if (!result) throw new Error(`append to ${stream}: the database gave no answer`);
        return result;
      },
    };
  }

  readStream: EventLog<M>["readStream"] = (stream, options = {}) =>
    readOneStream<M>(this.#parts, stream, options);

  read: EventLog<M>["read"] = (options = {}) => readLog<M>(this.#parts, options);

  async safePosition(): Promise<bigint> {
    return (await this.#parts.positions()).safe;
  }

  subscribe<T extends keyof M & string>(options: SubscriptionOptions<M, T>): Subscription {
    // The query asks for these types only, so the handler gets no others.
    const all = options as unknown as SubscriptionOptions<M>;
    const { partitions } = options;
    return this.#keep(
      partitions === undefined
        ? new Follower<M>(this.#parts, all)
        : new Partitioned<M>(this.#parts, all, partitions),
    );
  }

  project: EventLog<M>["project"] = (projection) => this.#keep(project<M>(this.#parts, projection));

  aggregate: EventLog<M>["aggregate"] = (stream, reducer, options = {}) =>
    aggregate(this.#parts, stream, reducer, options);

  eraseSubject(id: string, reason: string): Promise<boolean> {
    return eraseSubject(this.#parts.pool, id, reason);
  }

  async replayParked(name: string): Promise<number> {
    const asked = await requestReplay(this.#parts.pool, name);
    this.#parts.bell.ring();
    return asked;
  }

  async projectInline(projection: Projection<M>): Promise<Disposable> {
    return this.#inline.add(projection, async () => {
      const underWay = this.#commits; // not yet aware of the projection
      this.#commits = this.#openCommits();
      await underWay[Symbol.asyncDispose]();
    });
  }

  projectBeside(projection: SchemaProjection<M>): Beside<M> {
    const beside = new Beside<M>(this.#parts, projection);
    this.#keep(beside);
    return beside;
  }

  wake(): void {
    this.#parts.bell.ring();
  }

  nextWake(withinMs: number): Promise<void> {
    return this.#parts.bell.next(withinMs);
  }

  async lag(): ReturnType<EventLog<M>["lag"]> {
    const { safe } = await this.#parts.positions();
    const { rows } = await this.#parts.pool.query<{
      name: string;
      position: string;
      updated_at: Date;
      parked: string;
    }>(
      `select c.name, c.position, c.updated_at,
              (select count(*) from newsledger.parked p where p.subscription = c.name) as parked
       from newsledger.checkpoints c where not c.name ^@ 'inline:' order by c.name`,
    );
    return rows.map((row) => {
      const position = BigInt(row.position);
      const behind = safe > position ? Number(safe - position) : 0;
      return {
        name: row.name,
        position,
        behind,
        parked: Number(row.parked),
        updatedAt: row.updated_at,
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#upkeep) clearInterval(timer);
    await Promise.all([...this.#subscriptions].map((one) => one[Symbol.asyncDispose]()));
    await this.#commits[Symbol.asyncDispose]();
    await this.#parts.bell[Symbol.asyncDispose]();
    this.#guard[Symbol.dispose]();
  }

  #openCommits(): GroupCommit {
    const { pool, bell } = this.#parts;
    return new GroupCommit(
      async (appends, way) => {
        const append = way === "direct" ? appendDirectly : appendOnce;
        const results = await append(pool, appends);
        if (results.some((result) => result?.status === "appended")) bell.ring();
        return results;
      },
      { heavyConnections: Math.min(8, Math.floor(pool.options.max / 2)) }, // the rest is the caller's
    );
  }

  async #transaction<R>(work: (log: Appender) => Promise<R>): Promise<R> {
    const { db, bell } = this.#parts;
    const result = await db.transaction().execute((trx) => work(this.within(trx)));
    bell.ring();
    return result;
  }

  #keep(subscription: Subscription): Subscription {
    this.#subscriptions.add(subscription);
    const forget = () => this.#subscriptions.delete(subscription);
    subscription.ended.then(forget, forget);
    return subscription;
  }
}

async function inspect(pool: pg.Pool, logger: LogLogger | undefined): Promise<void> {
  const { rows } = await pool.query<{ ready: boolean; fsync: string; isolation: string }>(
    `select to_regclass('newsledger.events') is not null as ready, current_setting('fsync') as fsync,
            current_setting('default_transaction_isolation') as isolation`,
  );
  const found = rows[0];
  if (!found?.ready) throw new Error("open log: its tables are missing; run migrate() first");
  if (found.isolation !== "read committed")
    throw new Error(
      `open log: default_transaction_isolation is "${found.isolation}"; the log needs "read committed"`,
    );
  if (found.fsync === "off")
    logger?.warn({}, "Postgres runs with fsync off: a power failure may lose or damage the ledger");
  await maintain(pool, logger);
}

/**
 * A connection that is lost while a transaction holds it, between two queries, emits an error that nobody hears: Node then
 * ends the process. The next query in that transaction fails anyway, and that is early enough.
 */
function surviveLostConnections(pool: pg.Pool, logger: LogLogger | undefined): Disposable {
  const guarded = new WeakSet<pg.PoolClient>();
  const guard = (client: pg.PoolClient) => {
    if (guarded.has(client)) return;
    guarded.add(client);
    client.on("error", (err) => logger?.warn({ err }, "log: lost a database connection in use"));
  };
  pool.on("acquire", guard);
  return { [Symbol.dispose]: () => void pool.off("acquire", guard) };
}

/** Makes the monthly partitions ahead of time. When it fails, the default partition takes what comes. */
async function maintain(pool: pg.Pool, logger: LogLogger | undefined): Promise<void> {
  await pool.query("select newsledger.maintain()").catch((error: unknown) => {
    logger?.warn({ err: error }, "log: could not make the partitions of the months ahead");
  });
}

async function sealNow(pool: pg.Pool, logger: LogLogger | undefined): Promise<void> {
  await seal(pool).catch((error: unknown) => {
    logger?.warn({ err: error }, "log: could not seal the latest events, trying again later");
  });
}
