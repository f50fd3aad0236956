import { microseconds } from "./digest.ts";
import { writeUuid } from "./uuid.ts";

/** A parameter in Postgres' binary format. It is written where it is sent from: a copy less of everything that is appended. */
export interface Encoded {
  readonly bytes: number;
  /** Writes it at `at`, which must have room for it. */
  write(buffer: Buffer, at: number): void;
}

export function toBuffer(value: Encoded): Buffer {
  const buffer = Buffer.allocUnsafe(value.bytes);
  value.write(buffer, 0);
  return buffer;
}

/**
 * Arrays in Postgres' binary format: no quoting here, no unquoting there. For a hundred events that is most of what an append
 * costs outside the database.
 */
const header = 20;
const absent = -1;

/** An array of elements whose sizes are known beforehand; `write` puts element i at `offset`. */
function array(
  elementOid: number,
  sizes: readonly number[],
  write: (buffer: Buffer, index: number, offset: number) => unknown,
): Encoded {
  let bytes = header;
  let nulls = 0;
  for (const size of sizes) {
    bytes += 4 + Math.max(0, size);
    if (size === absent) nulls = 1;
  }
  return {
    bytes,
    write(buffer, at) {
      buffer.writeInt32BE(1, at); // one dimension, …
      buffer.writeInt32BE(nulls, at + 4);
      buffer.writeInt32BE(elementOid, at + 8);
      buffer.writeInt32BE(sizes.length, at + 12);
      buffer.writeInt32BE(1, at + 16); // … counted from 1
      let offset = at + header;
      sizes.forEach((size, index) => {
        buffer.writeInt32BE(size, offset);
        offset += 4;
        if (size === absent) return;
        write(buffer, index, offset);
        offset += size;
      });
    },
  };
}

const sizeOf = (text: string | null): number => (text === null ? absent : Buffer.byteLength(text));

export const texts = (values: readonly (string | null)[]): Encoded =>
  array(25, values.map(sizeOf), (buffer, i, at) => buffer.write(values[i] ?? "", at));

/** Of JSON texts. */
export const jsons = (values: readonly string[]): Encoded =>
  array(
    3802,
    values.map((json) => 1 + Buffer.byteLength(json)),
    (buffer, i, at) => {
      buffer[at] = 1; // the format's version
      buffer.write(values[i] ?? "", at + 1);
    },
  );

export const uuids = (values: readonly (string | null)[]): Encoded =>
  array(
    2950,
    values.map((value) => (value === null ? absent : 16)),
    (buffer, i, at) => writeUuid(buffer, values[i] ?? "", at),
  );

export const smallints = (values: readonly number[]): Encoded =>
  array(
    21,
    values.map(() => 2),
    (buffer, i, at) => buffer.writeInt16BE(values[i] ?? 0, at),
  );

export const ints = (values: readonly number[]): Encoded =>
  array(
    23,
    values.map(() => 4),
    (buffer, i, at) => buffer.writeInt32BE(values[i] ?? 0, at),
  );

export const bigints = (values: readonly number[]): Encoded =>
  array(
    20,
    values.map(() => 8),
    (buffer, i, at) => buffer.writeBigInt64BE(BigInt(values[i] ?? 0), at),
  );

export const moments = (values: readonly (Date | null)[]): Encoded =>
  array(
    1184,
    values.map((value) => (value === null ? absent : 8)),
    (buffer, i, at) => {
      const value = values[i];
      if (value) buffer.writeBigInt64BE(microseconds(value), at);
    },
  );
