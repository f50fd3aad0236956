import { type EventLog, migrations, openEventLog } from "@newsledger/eventlog";
import { type Kysely, sql } from "kysely";
import type pg from "pg";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

// A type, not an interface: only types have the index signature that an event map needs.
export type Notes = { noted: { text: string }; counted: { n: number } };

export const note = (text: string) => ({ type: "noted", schemaVersion: 1, data: { text } });
export const count = (n: number) => ({ type: "counted", schemaVersion: 1, data: { n } });

const codec = {
  decode(type: string, version: number, data: unknown): unknown {
    if (type !== "noted" && type !== "counted") throw new Error(`event ${type}: not a known type`);
    if (version !== 1) throw new Error(`event ${type}: version ${version} is not known`);
    return data;
  },
};

export const openNotes = (pool: pg.Pool): Promise<EventLog<Notes>> =>
  openEventLog<Notes>({ pool, codec });

export interface TestLog extends TestDatabase {
  readonly log: EventLog<Notes>;
}

/** A log over a database of its own. */
export async function openTestLog(): Promise<TestLog> {
  const database = await createTestDatabase(migrations);
  const log = await openNotes(database.pool);
  return {
    ...database,
    log,
    async [Symbol.asyncDispose]() {
      await log[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** A table in which a handler leaves a row for each event it handled, so that repeats and losses show. */
export async function createTally(db: Kysely<unknown>): Promise<void> {
  await sql`create table tally (nth bigint generated always as identity, position bigint not null)`.execute(
    db,
  );
}

export async function tally(db: Kysely<unknown>): Promise<bigint[]> {
  const { rows } = await sql<{ position: string }>`select position from tally order by nth`.execute(
    db,
  );
  return rows.map(({ position }) => BigInt(position));
}

/** Every position of the log, in order, as it is once everybody has finished. */
export async function allPositions(pool: pg.Pool): Promise<bigint[]> {
  const { rows } = await pool.query<{ global_position: string }>(
    "select global_position from newsledger.events order by global_position",
  );
  return rows.map((row) => BigInt(row.global_position));
}
