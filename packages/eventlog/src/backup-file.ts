import { createHash } from "node:crypto";

/**
 * A backup is a text: a line of JSON about the whole, then table after table (a line of JSON, rows as COPY writes them, a
 * line with `\.`, a line of JSON with their number and hash), and a last line that says that nothing is missing.
 */
export interface BackupHeader {
  readonly newsledger: "backup";
  readonly format: 1;
  readonly takenAt: string;
  /** Everything up to here is in it. */
  readonly position: string;
  /** What made the schema: id and checksum, in order. */
  readonly migrations: readonly (readonly [string, string])[];
  /** Months (YYYYMM) that have a partition of their own. */
  readonly months: readonly string[];
  readonly sequences: Readonly<Record<string, string>>;
}

export interface TableHeader {
  readonly table: string;
  readonly columns: readonly string[];
}

export interface TableFooter {
  readonly rows: number;
  readonly sha256: string;
}

export interface BackupFooter {
  readonly tables: number;
  readonly rows: number;
}

/** A backup cannot be used; nothing of it was. */
export class BackupRefused extends Error {
  override name = "BackupRefused";
}

export const endOfRows = Buffer.from("\\.\n");

/** Counts and hashes the rows of a table as they pass. */
export function tally(): { add(row: Buffer): void; footer(): TableFooter } {
  const hash = createHash("sha256");
  let rows = 0;
  return {
    add(row) {
      hash.update(row);
      rows += 1;
    },
    footer: () => ({ rows, sha256: hash.digest("hex") }),
  };
}

/** Reads the text line by line, whatever the chunks. */
export class BackupReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;
  #line = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next line with its end, or null. */
  async line(): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for (;;) {
      const end = this.#chunk.indexOf(10, this.#at);
      if (end >= 0) {
        parts.push(this.#chunk.subarray(this.#at, end + 1));
        this.#at = end + 1;
        this.#line += 1;
        return parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts);
      }
      parts.push(this.#chunk.subarray(this.#at));
      const next = await this.#next();
      this.#at = 0;
      this.#chunk = next.done ? Buffer.alloc(0) : next.value;
      if (next.done) {
        if (parts.some((part) => part.length > 0))
          throw this.refuse("it ends in the middle of a line");
        return null;
      }
    }
  }

  /** Whoever unpacks the file tells only that it could not. */
  async #next(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.#chunks.next();
    } catch (cause) {
      throw this.refuse("the file is damaged, cut off, or no backup", cause);
    }
  }

  /** The next line, as JSON that has these fields. */
  async json<T>(...fields: (keyof T & string)[]): Promise<T> {
    const line = await this.line();
    if (line === null) throw this.refuse("it ends too early: the file is not whole");
    let value: unknown;
    try {
      value = JSON.parse(line.toString());
    } catch (cause) {
      throw this.refuse("this is no line of a backup", cause);
    }
    const missing = fields.find((field) => !isObject(value) || !(field in value));
    if (missing) throw this.refuse(`“${missing}” is missing: this is no backup of Newsledger`);
    return value as T;
  }

  /** Rows up to the end of the table, several a chunk. */
  async *rows(each: (row: Buffer) => void): AsyncGenerator<Buffer> {
    let waiting: Buffer[] = [];
    let bytes = 0;
    for (;;) {
      const line = await this.line();
      if (line === null) throw this.refuse("it ends too early: the file is not whole");
      const over = line.equals(endOfRows);
      if (!over) {
        each(line);
        waiting.push(line);
        bytes += line.length;
      }
      if (bytes > chunkBytes || over) {
        if (waiting.length > 0) yield Buffer.concat(waiting);
        waiting = [];
        bytes = 0;
      }
      if (over) return;
    }
  }

  refuse(problem: string, cause?: unknown): BackupRefused {
    return new BackupRefused(`restore, line ${this.#line + 1}: ${problem}`, { cause });
  }
}

const chunkBytes = 64 * 1024;

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
