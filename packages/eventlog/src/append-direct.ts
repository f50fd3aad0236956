import pg from "pg";
import type { PreparedAppend } from "./append.ts";
import { ask, type Statement, type Value } from "./ask.ts";
import { enterFence } from "./schema-fence.ts";
import type { AppendResult } from "./types.ts";
import { bigints, jsons, moments, smallints, texts, uuids } from "./wire.ts";

/**
 * The commonest appends, single events without a key at versions that are named, as one statement without a function around
 * it: a sixth less time for a single writer, a fifteenth for a batch. The order is that of the functions (schema-append.ts):
 * stream rows, fence, nextval. The fence is not remembered, for nothing follows in the transaction.
 *
 * A stream's row is reached by ON CONFLICT, which goes by the unique index whatever the planner thinks of the table: a
 * prepared UPDATE that was planned while the table was small would scan it until it is next analysed. The price: a stream that
 * is not there would be made; dividing by zero breaks the statement off. The functions need READ COMMITTED to see what a wait
 * has let by; this does not look after a wait, so it need not ask (and `openEventLog` refuses another default).
 */
const now = "(select moment from now_ms)";
const takeTime = `
  with now_ms as materialized ( -- survives the way through a JavaScript Date
    select date_trunc('milliseconds', clock_timestamp()) as moment),`;
const durable =
  "(current_setting('synchronous_commit') <> 'off' or set_config('synchronous_commit', 'on', true) = 'on')";
const insertEvents = `
  insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                 correlation_id, causation_id, occurred_at, hash, data)`;

const written = (unbroken: string) => `
  ${insertEvents}
    select nextval('newsledger.position_seq'), ${now}, $1, t.version, $2, $3, $4, $5, $6, $7, t.last_hash, $8
    from tip t
    where ${unbroken} and ${durable} and ${enterFence}
    returning stream_id, global_position`;

/** $1 stream, $2 event id, $3 type, $4 schema version, $5 correlation, $6 causation, $7 occurred, $8 data, $9 version. */
const digest = "newsledger.content_digest($1, $2, $3, $4, $5, $6, $7, $8)";

const first: Statement = {
  name: "newsledger-append-first",
  text: `${takeTime}
  tip as (
    insert into newsledger.streams as s (stream_id, version, last_hash)
      select $1, 1, newsledger.chain_hash(null, 1, moment, ${digest}) from now_ms
      on conflict (stream_id) do nothing returning s.version, s.last_hash)
  ${written("true")}`,
};

/** The time is asked for when the row is locked, so that it is not before that of the event before. */
const next: Statement = {
  name: "newsledger-append-next",
  text: `${takeTime}
  tip as (
    insert into newsledger.streams as s (stream_id, version) values ($1, 1)
      on conflict (stream_id) do update set version = s.version + 1,
        last_hash = newsledger.chain_hash(s.last_hash, s.version + 1, ${now}, ${digest})
      where s.version = $9
      returning s.version, s.last_hash)
  ${written("1 / (t.version > 1)::int = 1")}`,
};

/**
 * Many streams, an event each; a stream may occur once. An expected version of 0 says that the stream must not exist. The row
 * that is offered says what is expected: version 1 and the first event's hash, or else the negative of the version and the
 * content's digest; where that finds no row to change, there was none.
 */
const batch: Statement = {
  name: "newsledger-append-batch",
  text: `${takeTime}
  asked as materialized (
    select a.*, newsledger.content_digest(a.stream, a.id, a.type, a.schema_version, a.correlation, a.causation, a.occurred,
                                          a.data) as digest
    from unnest($1::text[], $2::bigint[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::smallint[],
                $8::timestamptz[], $9::jsonb[]) with ordinality
      as a (stream, expected, correlation, causation, id, type, schema_version, occurred, data, nth)
    order by a.stream),
  tip as (
    insert into newsledger.streams as s (stream_id, version, last_hash)
      select a.stream, case a.expected when 0 then 1 else -a.expected end,
             case a.expected when 0 then newsledger.chain_hash(null, 1, ${now}, a.digest) else a.digest end
      from asked a
      on conflict (stream_id) do update set version = 1 - excluded.version,
        last_hash = newsledger.chain_hash(s.last_hash, 1 - excluded.version, ${now}, excluded.last_hash)
      where s.version = -excluded.version
      returning s.stream_id, s.version, s.last_hash),
  ready as materialized ( -- once for all of them, when all rows are locked
    select 1 / (min(t.version) > 0)::int = 1 and ${durable} and ${enterFence} as is_ready from tip t)
  ${insertEvents}
    select nextval('newsledger.position_seq'), ${now}, e.stream, e.version, e.id, e.type, e.schema_version, e.correlation,
           e.causation, e.occurred, e.last_hash, e.data
    from (select a.*, t.version, t.last_hash from asked a join tip t on t.stream_id = a.stream order by a.nth) as e
    where (select is_ready from ready)
    returning stream_id, global_position`,
};

type Results = (AppendResult | undefined)[];

interface Question {
  readonly statement: Statement;
  readonly values: readonly Value[];
}

const divisionByZero = "22012";

/** Without an answer are those that must be asked otherwise: another kind of append, or its stream is not as expected. */
export async function appendDirectly(
  pool: pg.Pool,
  appends: readonly PreparedAppend[],
): Promise<Results> {
  if (!appends.every(isDirect)) return [];
  const { statement, values } = appends.length === 1 ? alone(appends) : together(appends);
  try {
    const rows = await ask(pool, statement, values);
    // They come in the order of the appends.
    let found = 0;
    return appends.map((append) => {
      const [stream, position] = rows[found] ?? [];
      if (stream !== append.stream || position === undefined) return undefined;
      found++;
      return appended(append, BigInt(position));
    });
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === divisionByZero) return [];
    throw error;
  }
}

const isDirect = ({ events, key, expected }: PreparedAppend): boolean =>
  events.length === 1 && key === null && expected !== "any" && expected !== "exists";

const before = ({ expected }: PreparedAppend): number =>
  expected === "none" ? 0 : Number(expected);

const appended = (append: PreparedAppend, position: bigint): AppendResult => ({
  status: "appended",
  version: before(append) + 1,
  firstPosition: position,
  lastPosition: position,
});

function alone([append]: readonly PreparedAppend[]): Question {
  const [event] = append?.events ?? [];
  if (!append || !event) throw new RangeError("append: there is no event");
  const values: Value[] = [
    append.stream,
    event.id,
    event.type,
    String(event.schemaVersion),
    append.correlationId,
    append.causationId,
    event.occurredAt?.toISOString() ?? null,
    event.data,
  ];
  if (append.expected === "none") return { statement: first, values };
  values.push(append.expected);
  return { statement: next, values };
}

function together(appends: readonly PreparedAppend[]): Question {
  const events = appends.flatMap((append) => append.events);
  return {
    statement: batch,
    values: [
      texts(appends.map((append) => append.stream)),
      bigints(appends.map(before)),
      uuids(appends.map((append) => append.correlationId)),
      uuids(appends.map((append) => append.causationId)),
      uuids(events.map((event) => event.id)),
      texts(events.map((event) => event.type)),
      smallints(events.map((event) => event.schemaVersion)),
      moments(events.map((event) => event.occurredAt)),
      jsons(events.map((event) => event.data)),
    ],
  };
}
