import { CompiledQuery, type PostgresCursor } from "kysely";
import type pg from "pg";
import { frame } from "./copy-in.ts";
import type { AnyTransaction } from "./types.ts";

/**
 * Copies rows into a table within the caller's transaction, in one round trip: `statement` is a `copy … from stdin`, `bytes`
 * is all it reads. For a projection with thousands of rows at hand; Postgres takes them several times as fast as inserts.
 * The transaction must come from `projectBeside` or from a database opened with `CopyCursor`.
 */
export async function copyWithin(
  trx: AnyTransaction,
  statement: string,
  bytes: Buffer,
): Promise<void> {
  const copied = trx.getExecutor().stream(CompiledQuery.raw(statement, [bytes]), 1);
  for await (const _ of copied) {
    // A COPY into a table answers with no rows.
  }
}

/** What kysely streams with is whatever node-postgres can submit: here a COPY whose bytes are at hand. */
export class CopyCursor<T> implements PostgresCursor<T>, pg.Submittable {
  readonly #statement: string;
  readonly #bytes: Buffer;
  readonly #done = Promise.withResolvers<T[]>();

  constructor(statement: string, [bytes]: unknown[]) {
    if (!Buffer.isBuffer(bytes)) throw new TypeError("copy: its one parameter is what it copies");
    this.#statement = statement;
    this.#bytes = bytes;
    this.#done.promise.catch(() => {}); // awaited later
  }

  /** Sent without waiting: a Postgres that refuses the statement passes over the bytes. */
  submit(connection: pg.Connection): void {
    connection.query(this.#statement);
    const { stream } = connection;
    stream.cork();
    stream.write(frame("d", this.#bytes.length));
    stream.write(this.#bytes);
    stream.write(frame("c", 0));
    stream.uncork();
  }

  handleCopyInResponse(): void {}

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#done.resolve([]);
  }

  handleError(error: Error): void {
    this.#done.reject(error);
  }

  read(): Promise<T[]> {
    return this.#done.promise;
  }

  async close(): Promise<void> {
    await this.#done.promise.catch(() => {}); // told to who reads
  }
}
