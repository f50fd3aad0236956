/** What a column holds, as Postgres knows it. */
type ColumnType = "bigint" | "int" | "text" | "boolean" | "timestamptz" | "jsonb" | "text[]";

export type Columns<T> = { readonly [K in keyof T & string]: ColumnType };

/**
 * Rows as a `copy … from stdin (format binary)` reads them (PostgreSQL, “COPY”, “Binary Format”): nothing is quoted here and
 * nothing read from text there, dates least of all.
 */
export function copyRows<T extends object>(rows: readonly T[], columns: Columns<T>): Buffer {
  const bytes = new Bytes(rows.length * 256);
  bytes.raw(signature);
  bytes.int(0); // flags
  bytes.int(0); // of an extended header
  const named = (Object.keys(columns) as (keyof T & string)[]).map((name) => ({
    name,
    write: writers[columns[name]],
  }));
  for (const row of rows) {
    bytes.short(named.length);
    for (const { name, write } of named) {
      const value = row[name];
      if (value === null || value === undefined) bytes.int(absent);
      else write(bytes, value);
    }
  }
  bytes.short(absent);
  return bytes.written();
}

const signature = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
const absent = -1;
const textOid = 25;
/** Postgres counts microseconds from here. */
const epochMs = Date.UTC(2000, 0, 1);

const writers: Readonly<Record<ColumnType, (bytes: Bytes, value: unknown) => void>> = {
  bigint(bytes, value) {
    bytes.int(8);
    bytes.long(value as bigint);
  },
  int(bytes, value) {
    bytes.int(4);
    bytes.int(value as number);
  },
  boolean(bytes, value) {
    bytes.int(1);
    bytes.byte(value ? 1 : 0);
  },
  text(bytes, value) {
    bytes.sized(value as string);
  },
  timestamptz(bytes, value) {
    bytes.int(8);
    const micros = ((value as Date).getTime() - epochMs) * 1_000;
    if (Number.isSafeInteger(micros)) bytes.safeLong(micros);
    else bytes.long(BigInt((value as Date).getTime() - epochMs) * 1_000n);
  },
  jsonb(bytes, value) {
    bytes.sized(JSON.stringify(value), 1); // the format's version
  },
  "text[]"(bytes, value) {
    const texts = value as readonly string[];
    const start = bytes.reserveInt();
    bytes.int(texts.length > 0 ? 1 : 0); // dimensions
    bytes.int(0); // without nulls
    bytes.int(textOid);
    if (texts.length > 0) {
      bytes.int(texts.length);
      bytes.int(1); // counted from one
      for (const text of texts) bytes.sized(text);
    }
    bytes.fillSize(start);
  },
};

/** A buffer that grows as it is written. */
class Bytes {
  #buffer: Buffer;
  #at = 0;

  constructor(expected: number) {
    this.#buffer = Buffer.allocUnsafe(Math.max(1_024, expected));
  }

  written(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#at++] = value;
  }

  short(value: number): void {
    this.#room(2);
    this.#at = this.#buffer.writeInt16BE(value, this.#at);
  }

  int(value: number): void {
    this.#room(4);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  long(value: bigint): void {
    this.#room(8);
    this.#at = this.#buffer.writeBigInt64BE(value, this.#at);
  }

  /** Making a bigint of each costs more than writing it. */
  safeLong(value: number): void {
    this.#room(8);
    const high = Math.floor(value / 0x1_0000_0000);
    this.#at = this.#buffer.writeInt32BE(high, this.#at);
    this.#at = this.#buffer.writeUInt32BE(value - high * 0x1_0000_0000, this.#at);
  }

  raw(bytes: Buffer): void {
    this.#room(bytes.length);
    this.#at += bytes.copy(this.#buffer, this.#at);
  }

  /** A text behind its size; before it, and part of it, one byte if given. */
  sized(text: string, first?: number): void {
    const start = this.reserveInt();
    if (first !== undefined) this.byte(first);
    this.#room(text.length * 3); // no character of JavaScript's takes more bytes
    this.#at += this.#buffer.write(text, this.#at);
    this.fillSize(start);
  }

  reserveInt(): number {
    this.int(0);
    return this.#at;
  }

  fillSize(start: number): void {
    this.#buffer.writeInt32BE(this.#at - start, start - 4);
  }

  #room(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#at);
    this.#buffer = grown;
  }
}
