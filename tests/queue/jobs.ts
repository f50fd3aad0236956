import { defineJob } from "@newsledger/core";
import { type Database, openWork } from "@newsledger/queue";
import { sql } from "kysely";
import { z } from "zod";
import { anyName } from "./backends.ts";

/** A kind of work that no other test has. */
export const anyJob = (attempts = 5, name = anyName()) =>
  defineJob({ name, schema: z.object({ id: z.string() }), key: ({ id }) => id, attempts });

export interface WorkRow {
  state: string;
  starts: number;
  fence: string;
  last_error: string | null;
  lease_until: Date | null;
  due_in: number;
  finished_at: Date | null;
}

export async function rowOf(db: Database, job: { name: string }, key: string): Promise<WorkRow> {
  const { rows } = await sql<WorkRow>`
    select state, starts, fence, last_error, lease_until, finished_at,
      extract(epoch from next_attempt_at - now())::float8 as due_in
    from newsledger.work where job = ${job.name} and key = ${key}`.execute(db);
  if (!rows[0]) throw new Error(`no work ${job.name} ${key}`);
  return rows[0];
}

/** Puts work on the list, as a service would. */
export const plan = (db: Database, job: ReturnType<typeof anyJob>, ...ids: string[]) =>
  db.transaction().execute((trx) =>
    openWork(db).plan(
      ids.map((id) => job.request({ id })),
      trx,
    ),
  );

/** A table where handlers leave what they did. Nothing in it keeps them from doing it twice. */
export const effects = `create table effects (job text not null, id text not null, at timestamptz not null default now())`;

export const leaveEffect = (db: Database, job: { name: string }, id: string) =>
  sql`insert into effects (job, id) values (${job.name}, ${id})`.execute(db);

export async function effectsOf(db: Database, job: { name: string }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from effects where job = ${job.name} order by id`.execute(db);
  return rows.map(({ id }) => id);
}
