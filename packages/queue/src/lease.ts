import type { AnyTransaction } from "@newsledger/eventlog";
import { sql } from "kysely";
import { workKey } from "./key.ts";
import type { Database } from "./types.ts";

/** The right to do one piece of work until the lease ends. Every claim raises the fence: an older one is worth nothing. */
export interface Lease {
  readonly job: string;
  readonly key: string;
  readonly fence: string;
  /** How often the work was started, this time included. */
  readonly starts: number;
  /** Of the starts before this one, those that failed. The others came to no end: the process died, or lost its lease. */
  readonly failures: number;
  readonly data: unknown;
  readonly lastError: string | null;
}

/** The lease was lost, to another worker or by the work being done: what was meant to be written must not be. */
export class Fenced extends Error {
  override name = "Fenced";
  readonly job: string;
  readonly key: string;
  constructor(job: string, key: string) {
    super(`work ${job} ${key}: another worker has taken it over`);
    this.job = job;
    this.key = key;
  }
}

/**
 * Of rows that are known by their keys. Said so that the index of what is due is not taken for it: that one may hold very much
 * just when Postgres believes that it is empty, and would be gone through for every key.
 */
export const stillDue = sql`coalesce(state, '') = 'due'`;

/**
 * Takes each of the works that is due and that nobody has; null for one that is not. Of any number of askers at once, one
 * gets it.
 */
export async function claim(
  db: Database,
  job: string,
  keys: readonly string[],
  leaseSeconds: number,
): Promise<(Lease | null)[]> {
  const wanted = keys.map(workKey);
  // In one order, and past what others are taking: two askers never wait for each other.
  const { rows } = await sql<Lease>`
    with free as materialized (
      select key from newsledger.work
      where job = ${job} and key = any(${wanted}::text[]) and ${stillDue} and next_attempt_at <= now()
        and (lease_until is null or lease_until <= now())
      order by key for update skip locked)
    update newsledger.work as w
    set starts = starts + 1, fence = fence + 1,
      lease_until = now() + make_interval(secs => ${leaseSeconds})
    from free where w.job = ${job} and w.key = free.key
    returning w.job, w.key, fence, starts, failures, data, last_error as "lastError"`.execute(db);
  const taken = new Map(rows.map((lease) => [lease.key, lease]));
  return wanted.map((key) => {
    const lease = taken.get(key) ?? null;
    taken.delete(key); // asked for twice, it is given once
    return lease;
  });
}

/** False: the lease is lost. */
export async function renew(db: Database, lease: Lease, leaseSeconds: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update newsledger.work set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where ${held(lease)}`.execute(db);
  return numAffectedRows === 1n;
}

/** Marks the work done, in the transaction of its effects. */
export async function finish(
  db: Database | AnyTransaction,
  leases: readonly Lease[],
): Promise<void> {
  const { rows } = await sql<{ job: string; key: string }>`
    update newsledger.work as w
    set state = 'done', finished_at = now(), lease_until = null, last_error = null
    from unnest(${leases.map(({ job }) => job)}::text[], ${leases.map(({ key }) => key)}::text[],
      ${leases.map(({ fence }) => fence)}::bigint[]) as l (job, key, fence)
    where w.job = l.job and w.key = l.key and w.fence = l.fence and ${stillDue}
    returning w.job, w.key`.execute(db);
  const done = new Set(rows.map(({ job, key }) => `${job} ${key}`));
  const lost = leases.find(({ job, key }) => !done.has(`${job} ${key}`));
  if (lost) throw new Fenced(lost.job, lost.key);
}

/** Puts a failed try back on the list, for later. */
export async function postpone(
  db: Database,
  lease: Lease,
  afterSeconds: number,
  reason: string,
): Promise<void> {
  const { numAffectedRows } = await sql`
    update newsledger.work
    set next_attempt_at = now() + make_interval(secs => ${afterSeconds}), lease_until = null,
      failures = failures + 1, last_error = ${reason}
    where ${held(lease)}`.execute(db);
  if (numAffectedRows !== 1n) throw new Fenced(lease.job, lease.key);
}

/** Gives back work that was interrupted through no fault of its own: the start does not count. */
export async function giveBack(
  db: Database,
  lease: Lease,
  afterSeconds = 0,
  reason: string | null = lease.lastError,
): Promise<void> {
  await sql`
    update newsledger.work
    set starts = starts - 1, next_attempt_at = now() + make_interval(secs => ${afterSeconds}),
      lease_until = null, last_error = ${reason}
    where ${held(lease)}`.execute(db);
}

/** Writes the last failure down: whoever finds the work in the hands of the dead puts it aside, and tries no more. */
export async function admit(db: Database, lease: Lease, reason: string): Promise<void> {
  await sql`
    update newsledger.work set failures = failures + 1, last_error = ${reason}
    where ${held(lease)}`.execute(db);
}

/** Puts the work aside until a person releases it. */
export async function quarantine(trx: AnyTransaction, lease: Lease, reason: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update newsledger.work
    set state = 'quarantined', finished_at = now(), lease_until = null, last_error = ${reason}
    where ${held(lease)}`.execute(trx);
  if (numAffectedRows !== 1n) throw new Fenced(lease.job, lease.key);
}

const held = ({ job, key, fence }: Lease) =>
  sql`job = ${job} and key = ${key} and fence = ${fence} and ${stillDue}`;
