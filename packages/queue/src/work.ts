import type { JobRequest } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import { sql } from "kysely";
import { cleanJson } from "./clean.ts";
import { workKey } from "./key.ts";
import { stillDue } from "./lease.ts";
import type { Database, Hint } from "./types.ts";

export interface WorkCount {
  job: string;
  state: "due" | "done" | "quarantined";
  count: number;
  /** How long the oldest of them has been waiting; null for what does not wait. */
  oldestDueSeconds: number | null;
}

export interface QuarantinedWork {
  job: string;
  key: string;
  data: unknown;
  starts: number;
  lastError: string | null;
  plannedAt: Date;
  quarantinedAt: Date;
}

/** The list of all work there is: the truth of which the queue holds hints. */
export interface Work {
  /**
   * Puts work on the list, inside the caller's transaction; work that is on it already stays as it is. Answers the
   * hints worth enqueueing after commit, for speed: those not done yet. The reconciler finds them anyway.
   */
  plan(requests: readonly JobRequest[], trx: AnyTransaction): Promise<Hint[]>;
  count(): Promise<WorkCount[]>;
  /** What was put aside for a person to look at, latest first. */
  quarantined(limit: number): Promise<QuarantinedWork[]>;
  /** Gives quarantined work (all of a job, or one key) a fresh set of tries; answers how many. */
  release(job: string, key?: string): Promise<number>;
}

export function openWork(db: Database): Work {
  return {
    plan: planWork,
    count: () => countWork(db),
    quarantined: (limit) => quarantinedWork(db, limit),
    release: (job, key) => releaseWork(db, job, key),
  };
}

export async function planWork(
  requests: readonly JobRequest[],
  trx: AnyTransaction,
): Promise<Hint[]> {
  if (requests.length === 0) return [];
  const wanted = JSON.stringify(
    requests.map(({ job, key, data }) => ({ job, key: workKey(key), data: cleanJson(data) })),
  );
  // In order of the key: two transactions that plan the same work wait for each other instead of locking up.
  await sql`
    insert into newsledger.work (job, key, data)
    select job, key, coalesce(data, 'null') from jsonb_to_recordset(${wanted}::jsonb)
      as wanted (job text, key text, data jsonb)
    order by job, key
    on conflict do nothing`.execute(trx);
  const { rows } = await sql<HintRow>`
    select job, key, data, starts from newsledger.work
    join (
      select distinct job, key from jsonb_to_recordset(${wanted}::jsonb) as w (job text, key text)
    ) as wanted using (job, key)
    where ${stillDue} and next_attempt_at <= now()`.execute(trx);
  return rows.map(hintOf);
}

export interface HintRow {
  job: string;
  key: string;
  data: unknown;
  starts: number;
}

export const hintOf = ({ job, key, data, starts }: HintRow): Hint => ({
  job,
  key,
  data,
  attempt: starts,
});

async function countWork(db: Database): Promise<WorkCount[]> {
  const { rows } = await sql<{
    job: string;
    state: WorkCount["state"];
    count: string;
    oldest: string | null;
  }>`
    select job, state, count(*) as count,
      extract(epoch from now() - min(next_attempt_at)
        filter (where state = 'due' and next_attempt_at <= now())) as oldest
    from newsledger.work group by job, state order by job, state`.execute(db);
  return rows.map(({ job, state, count, oldest }) => ({
    job,
    state,
    count: Number(count),
    oldestDueSeconds: oldest === null ? null : Number(oldest),
  }));
}

async function quarantinedWork(db: Database, limit: number): Promise<QuarantinedWork[]> {
  const { rows } = await sql<QuarantinedWork>`
    select job, key, data, starts, last_error as "lastError", planned_at as "plannedAt",
      finished_at as "quarantinedAt"
    from newsledger.work where state = 'quarantined'
    order by finished_at desc, job, key limit ${limit}`.execute(db);
  return rows;
}

async function releaseWork(db: Database, job: string, key: string | undefined): Promise<number> {
  const { numAffectedRows } = await sql`
    update newsledger.work
    set state = 'due', starts = 0, failures = 0, next_attempt_at = now(), lease_until = null, finished_at = null
    where state = 'quarantined' and job = ${job}
      and (${key ?? null}::text is null or key = ${key === undefined ? null : workKey(key)})
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}
