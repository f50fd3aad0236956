import { Socket } from "node:net";
import type { Writable } from "node:stream";
import pg from "pg";
import type { Encoded } from "./wire.ts";

/** Postgres prepares it once a connection, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A parameter as it goes over the wire: text, or in Postgres' binary format. */
export type Value = string | Encoded | null;

export const isEncoded = (value: Value): value is Encoded =>
  typeof value === "object" && value !== null;

/**
 * Runs a prepared statement in a transaction of its own and answers its rows, fields as text. What every append costs outside
 * the database: node-postgres' own query copies its configuration and each parameter several times, and asks for a
 * description of the columns each time. Rejects with a DatabaseError when Postgres refuses it; the connection is fit for use
 * after that, after any other error it is closed.
 */
export const ask = (
  pool: pg.Pool,
  statement: Statement,
  values: readonly Value[],
): Promise<string[][]> =>
  new Promise((resolve, reject) => {
    pool.connect((unconnected, client, release) => {
      if (!client) return reject(unconnected);
      const question = new Question(statement, values, (failure, rows) => {
        const refused = failure instanceof pg.DatabaseError && failure.severity === "ERROR";
        release(failure !== null && !refused);
        if (failure) reject(failure);
        else resolve(rows);
      });
      client.query(question);
    });
  });

type Answer = (failure: Error | null, rows: string[][]) => void;

/** What node-postgres keeps for each connection; it is not in its types. */
interface Prepared {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
}

/** What node-postgres calls while it is its active query. It notes by `name` and `text` what the connection has prepared. */
class Question implements pg.Submittable {
  readonly name: string;
  readonly text: string;
  readonly #values: readonly Value[];
  #answer: Answer | undefined;
  readonly #found: string[][] = [];

  constructor({ name, text }: Statement, values: readonly Value[], answer: Answer) {
    this.name = name;
    this.text = text;
    this.#values = values;
    this.#answer = answer;
  }

  /** An error, if it cannot be put into a message: nothing was sent then, and node-postgres hands it to handleError. */
  submit(connection: pg.Connection): Error | undefined {
    const { parsedStatements } = connection as pg.Connection & Prepared;
    let message: Buffer;
    try {
      message = build(this.name, this.#values);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
    if (parsedStatements[this.name] === undefined)
      connection.parse({ name: this.name, text: this.text, types: [] }, true);
    connection.stream.write(message);
    keepAgain(message, connection.stream);
    return undefined;
  }

  handleDataRow({ fields }: { fields: string[] }): void {
    this.#found.push(fields);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#settle(null);
  }

  handleError(error: Error): void {
    this.#settle(error);
  }

  /** Once: after a time-out of node-postgres the database may still answer. */
  #settle(failure: Error | null): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.(failure, this.#found);
  }
}

/** Execute the unnamed portal to its end, then Sync. */
const executeAndSync = Buffer.from("E\0\0\0\u0009\0\0\0\0\0S\0\0\0\u0004", "latin1");

const keptBytes = 262_144;
let kept: Buffer | undefined;

/** Bind, Execute and Sync in one piece (frontend/backend protocol, "Message Formats"); all results in text. */
function build(statement: string, values: readonly Value[]): Buffer {
  // Kind, length, portal's end, name's end, three counts of two bytes; by value its format, its length, and itself.
  let atMost = 13 + statement.length + executeAndSync.length;
  for (const value of values)
    atMost += 6 + (typeof value === "string" ? 3 * value.length : (value?.bytes ?? 0));
  const buffer = takeMemory(atMost);
  return buffer.subarray(0, fill(buffer, statement, values));
}

function takeMemory(atMost: number): Buffer {
  if (atMost > keptBytes) return Buffer.allocUnsafe(atMost);
  const memory = kept ?? Buffer.allocUnsafeSlow(keptBytes);
  kept = undefined;
  return memory;
}

/**
 * The memory of a message is used again once the kernel has taken all of it, as it nearly always has when `write` returns:
 * V8 counts what lies in buffers, and would collect the whole heap twice a second for it.
 */
function keepAgain({ buffer }: Buffer, stream: Writable): void {
  // Another kind of stream may hold on to what it was given.
  const taken = stream instanceof Socket && stream.writableLength === 0;
  if (taken && buffer.byteLength === keptBytes) kept = Buffer.from(buffer);
}

/** How many bytes were written. */
function fill(buffer: Buffer, statement: string, values: readonly Value[]): number {
  let at = 5; // behind kind and length
  buffer[0] = 0x42; // Bind
  buffer[at++] = 0; // the unnamed portal
  at += buffer.write(statement, at, "latin1");
  buffer[at++] = 0;
  at = buffer.writeInt16BE(values.length, at);
  for (const value of values) at = buffer.writeInt16BE(isEncoded(value) ? 1 : 0, at);
  at = buffer.writeInt16BE(values.length, at);
  for (const value of values) at = writeValue(buffer, at, value);
  at = buffer.writeInt16BE(0, at);
  buffer.writeInt32BE(at - 1, 1);
  return at + executeAndSync.copy(buffer, at);
}

/** Its length, -1 for null, and its bytes. The place behind it. */
function writeValue(buffer: Buffer, at: number, value: Value): number {
  if (value === null) return buffer.writeInt32BE(-1, at);
  let length: number;
  if (typeof value === "string") length = buffer.write(value, at + 4);
  else {
    length = value.bytes;
    value.write(buffer, at + 4);
  }
  buffer.writeInt32BE(length, at);
  return at + 4 + length;
}
