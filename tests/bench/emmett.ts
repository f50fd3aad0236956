import { randomUUID } from "node:crypto";
import {
  getPostgreSQLEventStore,
  type PostgresEventStore,
} from "@event-driven-io/emmett-postgresql";
import { type Appender, Cursors, openPool } from "./appender.ts";

export interface Emmett extends Appender {
  readonly store: PostgresEventStore;
}

export async function openEmmett(url: string): Promise<Emmett> {
  const pool = openPool(url, 32);
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  const cursors = new Cursors();
  return {
    store,
    async append(caller, count) {
      const { stream, version, events } = cursors.next(caller, count);
      await store.appendToStream(
        stream,
        events.map(({ type, data, meta }) => ({
          type,
          data,
          metadata: { ...meta, correlationId: randomUUID() },
        })),
        { expectedStreamVersion: BigInt(version) },
      );
    },
    async [Symbol.asyncDispose]() {
      await store.close();
      if (!pool.ended) await pool.end();
    },
  };
}
