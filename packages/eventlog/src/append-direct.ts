import pg from "pg";
import type { PreparedAppend } from "./append.ts";
import { ask, type Statement, type Value } from "./ask.ts";
import { enterFence } from "./schema-fence.ts";
import type { AppendResult } from "./types.ts";

/**
 * The commonest append, one event without a key at a version that is named, as one statement without a function around it:
 * a sixth less time for a single writer. Its order is that of the functions (schema-append.ts): stream row, fence, nextval.
 * The fence is not remembered, for nothing follows in the transaction.
 *
 * The stream's row is reached by ON CONFLICT, which goes by the unique index whatever the planner thinks of the table: a
 * prepared UPDATE that was planned while the table was small would scan it until it is next analysed. The price: a stream that
 * is not there would be made; dividing by zero breaks the statement off. The time of a next event is asked for when the row is
 * locked, so that it is not before the one before. The functions need READ COMMITTED to see what a wait has let by; this does
 * not look after a wait, so it need not ask (and `openEventLog` refuses another default).
 */
const written = (unbroken: string) => `
  insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                 correlation_id, causation_id, occurred_at, hash, data)
    select nextval('newsledger.position_seq'), (select moment from now_ms), $1, t.version, $2, $3, $4, $5, $6, $7, t.last_hash, $8
    from tip t
    where ${unbroken}
      and (current_setting('synchronous_commit') <> 'off' or set_config('synchronous_commit', 'on', true) = 'on')
      and ${enterFence}
    returning global_position`;

/** $1 stream, $2 event id, $3 type, $4 schema version, $5 correlation, $6 causation, $7 occurred, $8 data, $9 version. */
const digest = "newsledger.content_digest($1, $2, $3, $4, $5, $6, $7, $8)";
const moment = `
  with now_ms as materialized ( -- survives the way through a JavaScript Date
    select date_trunc('milliseconds', clock_timestamp()) as moment),`;

const first: Statement = {
  name: "newsledger-append-first",
  text: `${moment}
  tip as (
    insert into newsledger.streams as s (stream_id, version, last_hash)
      select $1, 1, newsledger.chain_hash(null, 1, moment, ${digest}) from now_ms
      on conflict (stream_id) do nothing returning s.version, s.last_hash)
  ${written("true")}`,
};

const next: Statement = {
  name: "newsledger-append-next",
  text: `${moment}
  tip as (
    insert into newsledger.streams as s (stream_id, version) values ($1, 1)
      on conflict (stream_id) do update set version = s.version + 1,
        last_hash = newsledger.chain_hash(s.last_hash, s.version + 1, (select moment from now_ms), ${digest})
      where s.version = $9
      returning s.version, s.last_hash)
  ${written("1 / (t.version > 1)::int = 1")}`,
};

const divisionByZero = "22012";

/** Null when it must be asked otherwise: it is another kind of append, or the stream is not as expected. */
export async function appendDirectly(
  pool: pg.Pool,
  append: PreparedAppend,
): Promise<AppendResult | null> {
  const { stream, expected, key, correlationId, causationId, events } = append;
  const [event] = events;
  if (!event || events.length > 1 || key !== null || expected === "any" || expected === "exists")
    return null;
  const values: Value[] = [
    stream,
    event.id,
    event.type,
    String(event.schemaVersion),
    correlationId,
    causationId,
    event.occurredAt?.toISOString() ?? null,
    event.data,
  ];
  const base = expected === "none" ? 0 : Number(expected);
  if (base > 0) values.push(expected);
  try {
    const [row] = await ask(pool, base > 0 ? next : first, values);
    const [position] = row ?? [];
    if (position === undefined) return null;
    const at = BigInt(position);
    return { status: "appended", version: base + 1, firstPosition: at, lastPosition: at };
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === divisionByZero) return null;
    throw error;
  }
}
