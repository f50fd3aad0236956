import { once } from "node:events";
import type { Duplex } from "node:stream";
import type pg from "pg";

const closed = new Error("copy: the connection was closed");

/** Feeds `chunks` to a `copy … from stdin`, as fast as Postgres takes them (frontend/backend protocol, "COPY Operations"). */
export async function copyIn(
  client: pg.PoolClient,
  statement: string,
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  const operation = client.query(new CopyOperation(statement));
  await operation.begun;
  try {
    for await (const chunk of chunks) {
      if (operation.over) break; // refused; `done` says why
      await operation.write(frame("d", chunk.length), chunk);
    }
    await operation.write(frame("c", 0));
  } catch (error) {
    const reason = Buffer.from("the client gave up\0");
    await operation.write(frame("f", reason.length), reason);
    await operation.done.catch(() => {}); // the first error is the one to report
    throw error;
  }
  await operation.done;
}

/** The start of a message: its kind and its length (frontend/backend protocol, "Message Formats"). */
export function frame(kind: string, length: number): Buffer {
  const header = Buffer.allocUnsafe(5);
  header.write(kind, 0);
  header.writeInt32BE(length + 4, 1);
  return header;
}

/** What node-postgres calls while a COPY is its active query. */
class CopyOperation implements pg.Submittable {
  readonly begun: Promise<void>;
  readonly done: Promise<void>;
  over = false;
  readonly #statement: string;
  readonly #begun = Promise.withResolvers<void>();
  readonly #done = Promise.withResolvers<void>();
  #stream: Duplex | undefined;

  constructor(statement: string) {
    this.#statement = statement;
    this.begun = this.#begun.promise;
    this.done = this.#done.promise;
    this.done.catch(() => {}); // awaited later
  }

  submit(connection: pg.Connection): void {
    this.#stream = connection.stream;
    connection.query(this.#statement);
  }

  async write(...buffers: Buffer[]): Promise<void> {
    if (!this.#stream?.writable) throw closed;
    let flowing = true;
    for (const buffer of buffers) flowing = this.#stream.write(buffer);
    if (!flowing) await Promise.race([once(this.#stream, "drain"), this.done.catch(() => {})]);
  }

  handleCopyInResponse(): void {
    this.#begun.resolve();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.over = true;
    this.#done.resolve();
  }

  handleError(error: Error): void {
    this.over = true;
    this.#done.reject(error);
    this.#begun.reject(error);
  }
}
