import { type EventLog, type EventMap, migrations, openEventLog } from "@newsledger/eventlog";
import { sql } from "kysely";
import type pg from "pg";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { type Notes, openNotes } from "./notes.ts";

export { count, type Notes, note, openNotes, record } from "./notes.ts";

type AnyDatabase = TestDatabase["db"];

export interface TestLogOf<M extends EventMap> extends TestDatabase {
  readonly log: EventLog<M>;
}

export type TestLog = TestLogOf<Notes>;

/** A log over a database of its own. */
export const openTestLog = (): Promise<TestLog> => openOver(openNotes);

/** The same for events of whatever type. */
export const openAnything = (): Promise<TestLogOf<Record<string, unknown>>> =>
  openOver((pool) => openEventLog({ pool, codec: { decode: (_type, _version, data) => data } }));

async function openOver<M extends EventMap>(
  open: (pool: pg.Pool) => Promise<EventLog<M>>,
): Promise<TestLogOf<M>> {
  const database = await createTestDatabase(migrations);
  const log = await open(database.pool);
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
export async function createTally(db: AnyDatabase): Promise<void> {
  await sql`create table tally (nth bigint generated always as identity, position bigint not null)`.execute(
    db,
  );
}

export async function tally(db: AnyDatabase): Promise<bigint[]> {
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
