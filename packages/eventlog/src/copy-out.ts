import type { Duplex } from "node:stream";
import type pg from "pg";

/** So much may wait for the reader before the server is asked to wait too. */
const waitingBytes = 1024 * 1024;

/** What a `copy … to stdout` in text form answers, a row a chunk, no faster than it is read. */
export async function* copyOut(client: pg.PoolClient, statement: string): AsyncGenerator<Buffer[]> {
  const operation = client.query(new CopyOperation(statement));
  for (;;) {
    const rows = await operation.take();
    if (rows.length === 0) return;
    yield rows;
  }
}

/** What node-postgres calls while a COPY is its active query (frontend/backend protocol, "COPY Operations"). */
class CopyOperation implements pg.Submittable {
  readonly #statement: string;
  #rows: Buffer[] = [];
  #bytes = 0;
  #ended = false;
  #error: Error | null = null;
  #wake = () => {};
  #stream: Duplex | undefined;

  constructor(statement: string) {
    this.#statement = statement;
  }

  submit(connection: pg.Connection): void {
    this.#stream = connection.stream;
    connection.query(this.#statement);
  }

  /** The rows that came since the last call, at least one; none at the end. */
  async take(): Promise<Buffer[]> {
    while (this.#rows.length === 0 && !this.#ended && !this.#error) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#error) throw this.#error;
    const rows = this.#rows;
    this.#rows = [];
    this.#bytes = 0;
    this.#stream?.resume();
    return rows;
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.#rows.push(Buffer.from(chunk)); // the parser will write over its own
    this.#bytes += chunk.length;
    if (this.#bytes > waitingBytes) this.#stream?.pause();
    this.#wake();
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#ended = true;
    this.#wake();
  }

  handleError(error: Error): void {
    this.#error = error;
    this.#wake();
  }
}
