import type { JobDefinition } from "@newsledger/core";
import { sql } from "kysely";
import type { Database, Hint } from "./types.ts";
import { type HintRow, hintOf } from "./work.ts";

/** Something in Postgres that knows what is due. Give each try its `attempt` where there is a count of tries. */
export interface DueSource {
  /** The job, or a name for several: for messages. */
  readonly job: string;
  due(limit: number): Promise<Hint[]>;
  /** When the next of it falls due, where that is known: the reconciler then comes before its usual round. */
  secondsUntilNext?(): Promise<number | null>;
}

/** What is due in the work list, of these jobs, and in nobody's hands. No job can crowd out another. */
export function workSource(
  db: Database,
  definitions: readonly Pick<JobDefinition, "name">[],
): DueSource {
  const names = definitions.map(({ name }) => name);
  return {
    job: names.join(", "),
    async due(limit) {
      const each = Math.ceil(limit / Math.max(names.length, 1));
      const { rows } = await sql<HintRow>`
        select due.* from unnest(${names}::text[]) as wanted (job)
        cross join lateral (
          select job, key, data, starts from newsledger.work
          where work.job = wanted.job and state = 'due' and next_attempt_at <= now()
            and (lease_until is null or lease_until <= now())
          order by next_attempt_at limit ${each}
        ) as due`.execute(db);
      return rows.map(hintOf);
    },
    /** The end of a lease counts too: that is when the work of a process that died falls due. */
    async secondsUntilNext() {
      const { rows } = await sql<{ seconds: number | null }>`
        select extract(epoch from min(at) - now())::float8 as seconds
        from unnest(${names}::text[]) as wanted (job)
        cross join lateral (
          (select next_attempt_at as at from newsledger.work
            where work.job = wanted.job and state = 'due' and next_attempt_at > now()
            order by next_attempt_at limit 1)
          union all
          (select lease_until from newsledger.work
            where work.job = wanted.job and state = 'due' and lease_until > now()
            order by lease_until limit 1)
        ) as moments`.execute(db);
      return rows[0]?.seconds ?? null;
    },
  };
}
