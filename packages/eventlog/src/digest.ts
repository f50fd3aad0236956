import { hash } from "node:crypto";
import { writeUuid } from "./uuid.ts";

export interface Content {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly occurredAt: Date | null;
  /** As Postgres spells it. */
  readonly json: string;
}

export interface Digested {
  /** SHA-256 of the content. */
  readonly digest: Buffer;
  /** The data in the format in which jsonb is sent. */
  readonly data: Buffer;
}

const absent = -1;
const msTo2000 = 946_684_800_000; // where Postgres' time begins
const fixedBytes = 4 + 8 * 8 + 16 + 2; // count; type and length of eight fields; id and schema version

/**
 * What newsledger.event_hash computes from the same event within the chain: SHA-256 of record_send(row(stream_id, event_id,
 * type, schema_version, correlation_id, causation_id, occurred_at, data)). Done here, the database need not spell every
 * event once more, and a COPY can bring its hashes along.
 */
export function digest(content: Content): Digested {
  const { stream, id, type, schemaVersion, correlationId, causationId, occurredAt, json } = content;
  const streamBytes = Buffer.byteLength(stream);
  const typeBytes = Buffer.byteLength(type);
  const jsonBytes = Buffer.byteLength(json) + 1;
  const optional = (correlationId ? 16 : 0) + (causationId ? 16 : 0) + (occurredAt ? 8 : 0);
  const row = Buffer.allocUnsafe(fixedBytes + streamBytes + typeBytes + jsonBytes + optional);
  let at = row.writeInt32BE(8, 0);
  const field = (oid: number, bytes: number) => {
    at = row.writeInt32BE(bytes, row.writeInt32BE(oid, at));
  };
  const uuid = (value: string | null) => {
    field(2950, value === null ? absent : 16);
    if (value !== null) at = writeUuid(row, value, at);
  };
  field(25, streamBytes);
  at += row.write(stream, at);
  uuid(id);
  field(25, typeBytes);
  at += row.write(type, at);
  field(21, 2);
  at = row.writeInt16BE(schemaVersion, at);
  uuid(correlationId);
  uuid(causationId);
  field(1184, occurredAt === null ? absent : 8);
  if (occurredAt !== null) at = row.writeBigInt64BE(microseconds(occurredAt), at);
  field(3802, jsonBytes);
  const data = row.subarray(at);
  data[0] = 1; // the format's version
  data.write(json, 1);
  return { digest: hash("sha256", row, "buffer"), data };
}

/** Since the beginning of the year 2000, as Postgres counts. */
export const microseconds = (moment: Date): bigint => BigInt(moment.getTime() - msTo2000) * 1000n;
