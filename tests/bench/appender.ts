import { randomUUID } from "node:crypto";
import pg from "pg";
import { type Payload, payload } from "./payload.ts";

/** What is measured: appends `count` events to the caller's own stream, whose version it expects. */
export interface Appender extends AsyncDisposable {
  append(caller: number, count: number): Promise<void>;
}

/** Enough connections for every caller; none goes away between two slices. */
export function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, idleTimeoutMillis: 0 });
  pool.on("error", () => {}); // the server may stop before the last connection has said goodbye
  return pool;
}

/** Streams end, as orders do: after this many appends a caller goes on with another. */
const appendsAStream = 50;

/** Each caller's stream and how far it is. */
export class Cursors {
  readonly #cursors = new Map<number, { stream: string; version: number; appends: number }>();
  #serial = 0;

  next(caller: number, count: number): { stream: string; version: number; events: Payload[] } {
    let cursor = this.#cursors.get(caller);
    if (!cursor || cursor.appends === appendsAStream) {
      cursor = { stream: `order-${randomUUID()}`, version: 0, appends: 0 };
      this.#cursors.set(caller, cursor);
    }
    const { stream, version } = cursor;
    cursor.version += count;
    cursor.appends++;
    const first = this.#serial;
    this.#serial += count;
    return { stream, version, events: Array.from({ length: count }, (_, i) => payload(first + i)) };
  }
}
