import {
  type AnyTransaction,
  type EventLog,
  type LogLogger,
  openEventLog,
} from "@newsledger/eventlog";
import { sql } from "kysely";
import type pg from "pg";

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

export const openNotes = (pool: pg.Pool, logger?: LogLogger): Promise<EventLog<Notes>> =>
  openEventLog<Notes>({ pool, codec, ...(logger && { logger }) });

export async function record(
  events: readonly { position: bigint }[],
  trx: AnyTransaction,
): Promise<void> {
  for (const { position } of events)
    await sql`insert into tally (position) values (${position})`.execute(trx);
}
