import { hash, randomUUID } from "node:crypto";
import type pg from "pg";
import { assertEvent, assertName, assertUuid } from "./append.ts";
import { copyIn } from "./copy-in.ts";
import { digest, microseconds } from "./digest.ts";
import { spell } from "./jsonb.ts";
import type { NewEvent } from "./types.ts";
import { writeUuid } from "./uuid.ts";
import { toJson } from "./valid-text.ts";

/** An event for a stream, to be appended with many others. */
export interface StreamedEvent extends Omit<NewEvent, "subject"> {
  readonly stream: string;
  /** Default: a random one. */
  readonly id?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

const eventsPerCommit = 5_000;
const chunkBytes = 128 * 1024;

/**
 * Appends many events, several times as fast as `append`: by COPY, a few thousand a commit, each to the end of its stream, in
 * the order given. There are no keys and no expected versions: whoever repeats it appends again. An event that the ledger
 * cannot keep ends it with an error; what was committed before stays, and `onCommit` tells how much that is.
 */
export async function copyEvents(
  pool: pg.Pool,
  events: AsyncIterable<StreamedEvent> | Iterable<StreamedEvent>,
  options: { onCommit?: (eventsSoFar: number) => void } = {},
): Promise<number> {
  let total = 0;
  let batch: StreamedEvent[] = [];
  const commit = async () => {
    if (batch.length === 0) return;
    await inTransaction(pool, (client) => copyBatch(client, batch));
    total += batch.length;
    batch = [];
    options.onCommit?.(total);
  };
  for await (const event of events) {
    batch.push(event);
    if (batch.length === eventsPerCommit) await commit();
  }
  await commit();
  return total;
}

async function inTransaction(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin isolation level read committed; select newsledger.assert_settings()");
    await work(client);
    await client.query("commit");
    broken = false;
  } finally {
    client.release(broken); // a closed connection rolls back
  }
}

/** Where a stream stands. */
interface Tip {
  version: number;
  hash: Buffer | null;
}

/** Keeps to the order of every append: stream rows, fence, nextval. */
async function copyBatch(client: pg.PoolClient, events: readonly StreamedEvent[]): Promise<void> {
  for (const event of events) assertFit(event);
  const tips = await lockStreams(client, [...new Set(events.map(({ stream }) => stream))]);
  await client.query("select newsledger.fence()");
  const { rows } = await client.query<{ positions: string; moment: Date }>(
    `select string_agg(nextval('newsledger.position_seq')::text, ',') as positions,
            date_trunc('milliseconds', clock_timestamp()) as moment
     from generate_series(1, $1)`,
    [events.length],
  );
  const positions = rows[0]?.positions.split(",") ?? [];
  const moment = microseconds(rows[0]?.moment ?? new Date(0));
  await copyIn(
    client,
    `copy newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
       correlation_id, causation_id, occurred_at, hash, data) from stdin (format binary)`,
    encode(events, positions, moment, tips),
  );
  await client.query(
    `update newsledger.streams s set version = t.version, last_hash = t.hash
     from unnest($1::text[], $2::bigint[], $3::bytea[]) as t (stream, version, hash) where s.stream_id = t.stream`,
    [
      [...tips.keys()],
      [...tips.values()].map((tip) => tip.version),
      [...tips.values()].map((tip) => tip.hash),
    ],
  );
}

const name = ({ stream, type }: StreamedEvent): string => `copy to ${stream}, ${type}`;

function assertFit(event: StreamedEvent): void {
  const where = name(event);
  assertName(event.stream, `${where}: the stream's name`);
  assertEvent(event, where);
  for (const id of [event.id, event.correlationId, event.causationId])
    if (id !== undefined) assertUuid(id, where);
  if ("subject" in event)
    throw new TypeError(`${where}: what belongs to a subject must be appended, to be encrypted`);
}

async function lockStreams(
  client: pg.PoolClient,
  streams: readonly string[],
): Promise<Map<string, Tip>> {
  await client.query(
    `insert into newsledger.streams (stream_id, version)
       select s.stream, 0 from unnest($1::text[]) as s (stream) order by s.stream collate "C" on conflict do nothing`,
    [streams],
  );
  const { rows } = await client.query<{ stream_id: string; version: string; hash: Buffer | null }>(
    `select stream_id, version, last_hash as hash from newsledger.streams
     where stream_id = any($1) order by stream_id for no key update`,
    [streams],
  );
  return new Map(
    rows.map((row) => [row.stream_id, { version: Number(row.version), hash: row.hash }]),
  );
}

const signature = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const endOfRows = Buffer.from([0xff, 0xff]);

/** The binary format of COPY, in chunks, made while Postgres takes the ones before. Moves the tips along. */
function* encode(
  events: readonly StreamedEvent[],
  positions: readonly string[],
  moment: bigint,
  tips: Map<string, Tip>,
): Generator<Buffer> {
  let parts: Buffer[] = [signature];
  let size = 0;
  for (const [index, event] of events.entries()) {
    const tip = tips.get(event.stream);
    if (!tip) throw new Error(`copy to ${event.stream}: its stream is gone`);
    const row = encodeRow(event, BigInt(positions[index] ?? 0), moment, tip);
    parts.push(...row);
    size += row.reduce((sum, part) => sum + part.length, 0);
    if (size < chunkBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    size = 0;
  }
  yield Buffer.concat([...parts, endOfRows]);
}

function encodeRow(event: StreamedEvent, position: bigint, moment: bigint, tip: Tip): Buffer[] {
  const { stream, type, schemaVersion, correlationId = null, causationId = null } = event;
  const { id = randomUUID(), occurredAt = null } = event;
  const json = toJson(event.data, `${name(event)}: data`, spell);
  const content = { stream, id, type, schemaVersion, correlationId, causationId, occurredAt, json };
  const { digest: contentDigest, data } = digest(content);
  tip.version += 1;
  tip.hash = link(tip, moment, contentDigest);
  const head = Buffer.allocUnsafe(2 + 12 * 4 + 98 + Buffer.byteLength(stream + type) + 16 + 16 + 8);
  let at = head.writeInt16BE(12, 0);
  const int8 = (value: bigint) => {
    at = head.writeBigInt64BE(value, head.writeInt32BE(8, at));
  };
  const text = (value: string) => {
    const length = head.write(value, at + 4);
    at = head.writeInt32BE(length, at) + length;
  };
  const uuid = (value: string | null) => {
    at = head.writeInt32BE(value === null ? -1 : 16, at);
    if (value !== null) at = writeUuid(head, value, at);
  };
  int8(position);
  int8(moment);
  text(stream);
  int8(BigInt(tip.version));
  uuid(id);
  text(type);
  at = head.writeInt16BE(schemaVersion, head.writeInt32BE(2, at));
  uuid(correlationId);
  uuid(causationId);
  if (occurredAt) int8(microseconds(occurredAt));
  else at = head.writeInt32BE(-1, at);
  at = head.writeInt32BE(tip.hash.length, at);
  at += tip.hash.copy(head, at);
  at = head.writeInt32BE(data.length, at);
  return [head.subarray(0, at), data];
}

/** newsledger.chain_hash */
function link(tip: Tip, moment: bigint, contentDigest: Buffer): Buffer {
  const place = Buffer.allocUnsafe(16);
  place.writeBigInt64BE(moment, place.writeBigInt64BE(BigInt(tip.version), 0));
  const parts = tip.hash ? [tip.hash, place, contentDigest] : [place, contentDigest];
  return hash("sha256", Buffer.concat(parts), "buffer");
}
