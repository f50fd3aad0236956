import { sql } from "kysely";
import type pg from "pg";
import type { LogParts, Positions } from "./parts.ts";
import { openSubjects } from "./subjects.ts";
import type {
  AnyTransaction,
  Codec,
  EventMap,
  ReadOptions,
  ReadStreamOptions,
  RecordedEvent,
} from "./types.ts";

const pageSize = 500;

/** A row of newsledger.events, as node-postgres gives it. */
export interface EventRow {
  global_position: string;
  recorded_at: Date;
  stream_id: string;
  version: string;
  event_id: string;
  type: string;
  schema_version: number;
  correlation_id: string | null;
  causation_id: string | null;
  occurred_at: Date | null;
  data: unknown;
  /** Fields of the data that cannot be read any more. */
  erased?: readonly string[];
}

const columns =
  "global_position, recorded_at, stream_id, version, event_id, type, schema_version, correlation_id, causation_id, occurred_at, data";

/** An event that is stored but cannot be read by this program. */
export class UnreadableEvent extends Error {
  override name = "UnreadableEvent";
  readonly position: bigint;

  constructor(row: EventRow, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `read event ${row.global_position} (${row.type} version ${row.schema_version}, stream ${row.stream_id}): ${reason}`,
      { cause },
    );
    this.position = BigInt(row.global_position);
  }
}

export function toEvent<M extends EventMap>(row: EventRow, codec: Codec): RecordedEvent<M> {
  let data: unknown;
  try {
    data = codec.decode(row.type, row.schema_version, row.data, row.erased);
  } catch (error) {
    throw new UnreadableEvent(row, error);
  }
  return {
    position: BigInt(row.global_position),
    recordedAt: row.recorded_at,
    stream: row.stream_id,
    version: Number(row.version),
    id: row.event_id,
    type: row.type,
    schemaVersion: row.schema_version,
    data,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    occurredAt: row.occurred_at,
    ...(row.erased && { erased: row.erased }),
    // The codec answers for the pairing of type and data.
  } as RecordedEvent<M>;
}

async function positions(pool: pg.Pool): Promise<Positions> {
  const { rows } = await pool.query<{ safe: string; high: string }>({
    name: "newsledger-positions",
    text: "select safe, high from newsledger.safe_position()",
  });
  return { safe: BigInt(rows[0]?.safe ?? 0), high: BigInt(rows[0]?.high ?? 0) };
}

/** Asks for the positions once for all who want them at the same time; an answer is never older than the question. */
export function sharedPositions(pool: pg.Pool): () => Promise<Positions> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Positions> | undefined;
  return () => {
    next ??= running.then(() => {
      next = undefined;
      const asked = positions(pool);
      running = asked.catch(() => {}); // told to those who asked
      return asked;
    });
    return next;
  };
}

const page = {
  name: "newsledger-page",
  text: `select ${columns} from newsledger.events
         where global_position > $1 and global_position <= $2 order by global_position limit $3`,
};
/** One of several workers that share a subscription: it gets the streams whose names fall to it. */
export interface Partition {
  readonly index: number;
  readonly of: number;
}

interface PageRange {
  readonly after: bigint;
  readonly upTo: bigint;
  readonly types?: readonly string[] | undefined;
  readonly partition?: Partition | undefined;
  readonly limit: number;
}

/** One page after `after`, up to a position that was safe before this call: never in one statement with safe_position(). */
export async function pageAfter(log: LogParts, range: PageRange): Promise<EventRow[]> {
  const { after, upTo, types, partition, limit } = range;
  const values: unknown[] = [after, upTo, limit];
  // Prepared only where one plan fits all: which index is right for some types depends on how frequent they are.
  if (!types && !partition) return readRows(log, { ...page, values });
  const conditions = ["global_position > $1", "global_position <= $2"];
  if (types) conditions.push(`type = any($${values.push(types)})`);
  // md5, for Postgres' own hash functions may change with its version, and a stream would change hands.
  if (partition)
    conditions.push(
      `('x' || left(md5(stream_id), 8))::bit(32)::bigint % $${values.push(partition.of)} = $${values.push(partition.index)}`,
    );
  const text = `select ${columns} from newsledger.events where ${conditions.join(" and ")}
    order by global_position limit $3`;
  return readRows(log, { text, values });
}

async function readRows({ pool, db }: LogParts, query: pg.QueryConfig): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>(query);
  await openSubjects(db, rows);
  return rows;
}

/** What a transaction sees between two positions: also its own events, and not only what is safe. */
export async function rowsBetween(
  trx: AnyTransaction,
  range: { after: bigint; upTo?: bigint; types?: readonly string[] },
  limit: number,
): Promise<EventRow[]> {
  const { after, upTo, types } = range;
  const conditions = [sql`global_position > ${after}`];
  if (upTo !== undefined) conditions.push(sql`global_position <= ${upTo}`);
  if (types) conditions.push(sql`type = any(${types})`);
  const { rows } = await sql<EventRow>`select ${sql.raw(columns)} from newsledger.events
    where ${sql.join(conditions, sql` and `)} order by global_position limit ${limit}`.execute(trx);
  await openSubjects(trx, rows);
  return rows;
}

/** The event at a position; null when there is none. */
export async function rowAt(trx: AnyTransaction, position: bigint): Promise<EventRow | null> {
  return (await rowsBetween(trx, { after: position - 1n, upTo: position }, 1))[0] ?? null;
}

export async function* readLog<M extends EventMap>(
  log: LogParts,
  options: ReadOptions<M>,
): AsyncGenerator<RecordedEvent<M>> {
  const { safe } = await log.positions();
  const forward = options.direction !== "backward";
  const upTo = options.upTo === undefined || options.upTo > safe ? safe : options.upTo;
  let low = options.after ?? 0n;
  let high = upTo;
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const { text, values } = logPage(options, low, high, Math.min(pageSize, left));
    const rows = await readRows(log, { text, values });
    for (const row of rows) yield toEvent<M>(row, log.codec);
    const last = rows.at(-1);
    if (!last || rows.length < Math.min(pageSize, left)) return;
    left -= rows.length;
    if (forward) low = BigInt(last.global_position);
    else high = BigInt(last.global_position) - 1n;
  }
}

function logPage<M extends EventMap>(
  { types, streamPrefix, correlationId, recordedUntil, direction }: ReadOptions<M>,
  low: bigint,
  high: bigint,
  limit: number,
): { text: string; values: unknown[] } {
  const values: unknown[] = [low, high, limit];
  const conditions = ["global_position > $1", "global_position <= $2"];
  const require = (condition: string, value: unknown) => {
    values.push(value);
    conditions.push(`${condition.replace("?", `$${values.length}`)}`);
  };
  if (types) require("type = any(?)", types);
  if (streamPrefix) require("stream_id ^@ ?", streamPrefix);
  if (correlationId) require("correlation_id = ?", correlationId);
  if (recordedUntil) require("recorded_at <= ?", recordedUntil);
  const order = direction === "backward" ? "desc" : "asc";
  return {
    text: `select ${columns} from newsledger.events where ${conditions.join(" and ")}
           order by global_position ${order} limit $3`,
    values,
  };
}

export async function* readOneStream<M extends EventMap>(
  log: LogParts,
  stream: string,
  options: ReadStreamOptions,
): AsyncGenerator<RecordedEvent<M>> {
  const forward = options.direction !== "backward";
  let from = options.from ?? (forward ? 1 : Number.MAX_SAFE_INTEGER);
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const limit = Math.min(pageSize, left);
    const rows = await readRows(log, {
      name: forward ? "newsledger-stream" : "newsledger-stream-backward",
      text: `select ${columns} from newsledger.events
             where stream_id = $1 and version ${forward ? ">=" : "<="} $2
               and ($4::bigint is null or global_position <= $4)
               and ($5::timestamptz is null or recorded_at <= $5)
             order by version ${forward ? "asc" : "desc"} limit $3`,
      values: [stream, from, limit, options.upTo ?? null, options.recordedUntil ?? null],
    });
    for (const row of rows) yield toEvent<M>(row, log.codec);
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    left -= rows.length;
    from = Number(last.version) + (forward ? 1 : -1);
  }
}

/** When the first event of each stream was recorded; streams that are not there are left out. */
export async function firstRecorded(
  trx: AnyTransaction,
  streams: readonly string[],
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ stream_id: string; recorded_at: Date }>`
    select stream_id, recorded_at from newsledger.events
    where stream_id = any(${[...streams]}::text[]) and version = 1`.execute(trx);
  return new Map(rows.map((row) => [row.stream_id, row.recorded_at]));
}
