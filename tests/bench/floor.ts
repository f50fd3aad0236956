import { randomUUID } from "node:crypto";
import type pg from "pg";
import { type Appender, Cursors, openPool } from "./appender.ts";

/** The same columns and indexes as newsledger.events; no partitions, no stream row, no check, no hash. */
const floorTable = `
  create sequence position_seq;
  create table events (
    global_position bigint not null default nextval('position_seq'),
    recorded_at timestamptz not null default clock_timestamp(),
    stream_id text collate "C" not null,
    version bigint not null,
    event_id uuid not null,
    type text collate "C" not null,
    schema_version smallint not null,
    correlation_id uuid,
    causation_id uuid,
    occurred_at timestamptz,
    data jsonb not null,
    primary key (global_position, recorded_at),
    unique (stream_id, version, recorded_at)
  );
  create index on events (type, global_position);
  create index on events (correlation_id, global_position) where correlation_id is not null;`;

export interface Floor extends Appender {
  readonly pool: pg.Pool;
}

/** One multi-row INSERT: the least that keeps the same rows, by node-postgres as it comes. */
export async function openFloor(url: string): Promise<Floor> {
  const pool = openPool(url, 32);
  await pool.query(floorTable);
  const cursors = new Cursors();
  return {
    pool,
    async append(caller, count) {
      const { stream, version, events } = cursors.next(caller, count);
      await pool.query({
        name: "floor",
        text: `insert into events (stream_id, version, event_id, type, schema_version, correlation_id, data)
               select $1, $2::bigint + e.nth, e.id, e.type, 1, $3::uuid, e.data
               from unnest($4::uuid[], $5::text[], $6::jsonb[]) with ordinality as e (id, type, data, nth)`,
        values: [
          stream,
          version,
          randomUUID(),
          events.map(() => randomUUID()),
          events.map(({ type }) => type),
          events.map(({ data, meta }) => JSON.stringify({ ...data, meta })),
        ],
      });
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
    },
  };
}
