import { randomUUID } from "node:crypto";
import { type EventLog, migrate, openEventLog } from "@newsledger/eventlog";
import type pg from "pg";
import { type Appender, Cursors, openPool } from "./appender.ts";

export type Orders = Record<string, { meta: unknown }>;

export interface Ours extends Appender {
  readonly log: EventLog<Orders>;
  readonly pool: pg.Pool;
}

/** The same without computing hashes: what they cost is the difference. */
const unhashed = `
  create or replace function newsledger.chain_hash(
    p_previous bytea, p_version bigint, p_recorded timestamptz, p_content bytea)
  returns bytea language sql stable parallel safe as $$ select ''::bytea $$;
  create or replace function newsledger.content_digest(
    p_stream text, p_id uuid, p_type text, p_schema_version smallint, p_correlation uuid, p_causation uuid,
    p_occurred timestamptz, p_data jsonb)
  returns bytea language sql stable parallel safe as $$ select ''::bytea $$`;

export async function openOurs(url: string, options: { hash: boolean }): Promise<Ours> {
  const pool = openPool(url, 20);
  await migrate(pool, []);
  if (!options.hash) await pool.query(unhashed);
  const log = await openEventLog<Orders>({
    pool,
    codec: { decode: (_type, _version, data) => data },
  });
  const cursors = new Cursors();
  return {
    log,
    pool,
    async append(caller, count) {
      const { stream, version, events } = cursors.next(caller, count);
      const result = await log.append(
        stream,
        events.map(({ type, data, meta }) => ({ type, schemaVersion: 1, data: { ...data, meta } })),
        { expected: version, correlationId: randomUUID() },
      );
      if (result.status !== "appended") throw new Error(`append to ${stream}: ${result.status}`);
    },
    async [Symbol.asyncDispose]() {
      await log[Symbol.asyncDispose]();
      await pool.end();
    },
  };
}
