import type { Transaction } from "kysely";

/** Event type → data. The log itself knows no type: the caller brings them. */
export type EventMap = Record<string, unknown>;

export interface NewEvent<T extends string = string, D = unknown> {
  readonly type: T;
  readonly schemaVersion: number;
  readonly data: D;
  readonly occurredAt?: Date | undefined;
  /** Whose data these fields are: they are kept encrypted under the subject's key, until that is erased. */
  readonly subject?: { readonly id: string; readonly fields: readonly string[] } | undefined;
}

/**
 * How stored data becomes today's data: upcasts and validates; throws for a type or version it does not know. `erased` names
 * the fields that cannot be read any more and are null: let it pass.
 */
export interface Codec {
  decode(type: string, schemaVersion: number, data: unknown, erased?: readonly string[]): unknown;
}

export type RecordedEvent<M extends EventMap = EventMap> = {
  [T in keyof M & string]: {
    /** Order in the whole log. May have holes. */
    readonly position: bigint;
    readonly recordedAt: Date;
    readonly stream: string;
    /** Order in the stream, from 1, without holes. */
    readonly version: number;
    readonly id: string;
    readonly type: T;
    readonly schemaVersion: number;
    readonly data: M[T];
    readonly correlationId: string | null;
    readonly causationId: string | null;
    readonly occurredAt: Date | null;
    /** Fields of a subject whose data was erased; they are null. */
    readonly erased?: readonly string[];
  };
}[keyof M & string];

/** What the stream must look like for an append to be taken: anything, not there yet, there, or exactly this version. */
export type Expected = "any" | "none" | "exists" | number;

export interface AppendOptions {
  expected?: Expected;
  /** Idempotency key, a function of the content: a second append under it changes nothing and answers `duplicate`. */
  key?: string;
  correlationId?: string;
  causationId?: string;
}

export interface AppendRequest extends AppendOptions {
  stream: string;
  events: readonly NewEvent[];
}

/** A conflict is an answer, not an exception. `duplicate` carries what the first append returned. */
export type AppendResult =
  | {
      status: "appended" | "duplicate";
      version: number;
      firstPosition: bigint;
      lastPosition: bigint;
    }
  | { status: "conflict"; version: number };

export interface ReadOptions<M extends EventMap> {
  types?: readonly (keyof M & string)[];
  streamPrefix?: string;
  correlationId?: string;
  /** Exclusive; the first event read is the one after it. */
  after?: bigint;
  /** Inclusive. Never read past the safe position in any case. */
  upTo?: bigint;
  /** As the ledger stood at this moment: only what was recorded until then. */
  recordedUntil?: Date;
  direction?: "forward" | "backward";
  limit?: number;
}

export interface ReadStreamOptions {
  /** The version to begin with, inclusive. */
  from?: number;
  limit?: number;
  direction?: "forward" | "backward";
  /** As the stream stood at this position, inclusive … */
  upTo?: bigint;
  /** … or at this moment. */
  recordedUntil?: Date;
}

/** The log's own tables live in the schema `newsledger`; a caller's transaction may hold any database type. */
// biome-ignore lint/suspicious/noExplicitAny: kysely's Transaction is invariant in its database type
export type AnyTransaction = Transaction<any>;

export interface Appender {
  append(
    stream: string,
    events: readonly NewEvent[],
    options?: AppendOptions,
  ): Promise<AppendResult>;
  /** One answer per request, in order; a conflict of one does not touch the others. */
  appendMany(requests: readonly AppendRequest[]): Promise<AppendResult[]>;
}

/** What a handler may ask for once its batch is committed: hints, never facts. */
export type AfterCommit = (() => Promise<void>) | undefined;

export interface SubscriptionOptions<
  M extends EventMap,
  T extends keyof M & string = keyof M & string,
> {
  /** The checkpoint's name. One worker holds it at a time, in whatever process. */
  name: string;
  types?: readonly T[];
  from?: "start" | "now" | bigint;
  batchSize?: number;
  /** So long, or as long as the last one took, between two batches that were not full: under a stream of appends, one batch for many of them. None by default. */
  restMs?: number;
  /** Workers beside one another, each with its lease; a stream stays with one, in order. Never changed for a name. */
  partitions?: number;
  /** Runs in one transaction with the checkpoint. */
  handle(
    events: readonly Extract<RecordedEvent<M>, { type: T }>[],
    trx: AnyTransaction,
  ): Promise<AfterCommit>;
  /** What to do with an event whose handling keeps failing: try for ever, put it aside with its error, or stop. */
  onError?: "retry" | "park" | "stop";
}

export interface Subscription extends AsyncDisposable {
  readonly name: string;
  /** Resolves when everything up to this position (default: the safe position now) has been handled. */
  caughtUp(position?: bigint, options?: { timeoutMs?: number }): Promise<void>;
  /** Settles when the subscription ends; rejects when it stopped on an error. */
  readonly ended: Promise<void>;
}

/** A read model: its tables are made by migrations; `reset` empties them, `apply` fills them from events. */
export interface Projection<M extends EventMap = EventMap> {
  readonly name: string;
  /** Raised when its meaning changes: the projection is then rebuilt from the start. */
  readonly version: number;
  readonly types: readonly (keyof M & string)[];
  reset(trx: AnyTransaction): Promise<void>;
  apply(events: readonly RecordedEvent<M>[], trx: AnyTransaction): Promise<void>;
}

/** How the events of one stream add up to a state. */
export interface Reducer<M extends EventMap, S> {
  readonly name: string;
  /** Raised when `evolve` or the state's shape changes: older snapshots are then passed over. */
  readonly version: number;
  initial(): S;
  /** The state must be JSON where snapshots are kept. */
  evolve(state: S, event: RecordedEvent<M>): S;
}

/** A read model whose versions live beside one another, each in a schema of its own. */
export interface SchemaProjection<M extends EventMap = EventMap> {
  /** Also the schema in which readers find its views, one for each table. */
  readonly name: string;
  readonly version: number;
  readonly types: readonly (keyof M & string)[];
  /** How many events at most are applied in one transaction; 500 when left out. */
  readonly batchSize?: number;
  /** As of a subscription. */
  readonly restMs?: number;
  /** Makes the tables of this version in the given, empty schema. */
  create(trx: AnyTransaction, schema: string): Promise<void>;
  apply(events: readonly RecordedEvent<M>[], trx: AnyTransaction, schema: string): Promise<void>;
  /** Once, when it has caught up and before readers see it: indexes are made faster now than kept up from the start. */
  finish?(trx: AnyTransaction, schema: string): Promise<void>;
}

export interface EventLog<M extends EventMap = EventMap> extends Appender, AsyncDisposable {
  /** Appends inside the caller's transaction. */
  within(trx: AnyTransaction): Appender;
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent<M>>;
  read(options?: ReadOptions<M>): AsyncIterable<RecordedEvent<M>>;
  /** Nothing can appear any more at or below this position. */
  safePosition(): Promise<bigint>;
  subscribe<T extends keyof M & string>(options: SubscriptionOptions<M, T>): Subscription;
  project(projection: Projection<M>): Subscription;
  /** Kept by the appending transactions of this process themselves; resolves when it is up to date. */
  projectInline(projection: Projection<M>): Promise<Disposable>;
  /** A new version is built beside the old one and takes its place once it has caught up: `live` tells when. */
  projectBeside(projection: SchemaProjection<M>): Subscription & { readonly live: Promise<void> };
  /** A stream's state and the version it stands for. With `snapshotEvery`, long streams are not read from their start. */
  aggregate<S>(
    stream: string,
    reducer: Reducer<M, S>,
    options?: { snapshotEvery?: number },
  ): Promise<{ state: S; version: number }>;
  /** Makes what was appended for a subject unreadable for ever, in every copy; false when it already was. */
  eraseSubject(id: string, reason: string): Promise<boolean>;
  /** Has a subscription's parked events handled again, by whoever keeps it; answers how many were parked. */
  replayParked(name: string): Promise<number>;
  /** Says that a transaction which appended `within` it is committed: readers then look at once. A hint, never needed. */
  wake(): void;
  /** Resolves at the next append that this process hears of, or after `withinMs`. */
  nextWake(withinMs: number): Promise<void>;
  /** How far every subscription has come, and how much lies before it. */
  lag(): Promise<
    { name: string; position: bigint; behind: number; parked: number; updatedAt: Date }[]
  >;
}

/** Where the log tells what goes on; pino's loggers fit. */
export interface LogLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

interface LogGauge {
  set(labels: Record<string, string>, value: number): void;
  reset(): void;
}

/** Where the log counts; prom-client's metrics, made by name, fit. */
export interface LogMetrics {
  counter(
    name: string,
    help: string,
    labels?: readonly string[],
  ): { inc(labels: Record<string, string>): void };
  gauge(
    name: string,
    help: string,
    options?: {
      labels?: readonly string[];
      collect?: ((gauge: LogGauge) => void | Promise<void>) | undefined;
    },
  ): LogGauge;
  histogram(
    name: string,
    help: string,
    options?: { labels?: readonly string[]; buckets?: number[] },
  ): { observe(labels: Record<string, string>, value: number): void };
}

/** A numbered step of the schema. Never edited after release; `sql` may hold several statements. */
export interface Migration {
  /** Unique and sortable within its owner, e.g. `eventlog-001-events`. */
  readonly id: string;
  readonly sql: string;
  /** Run in the same transaction, and never compared: what the next version may make otherwise, for nothing is kept in it. */
  readonly also?: string;
  /** Checksums of earlier wordings of `sql`, which came to the same. */
  readonly formerly?: readonly string[];
}
