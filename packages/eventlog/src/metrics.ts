import type pg from "pg";
import type { AppendResult, EventLog, LogMetrics } from "./types.ts";

/** From a local commit to a disk that struggles. */
const secondBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Notes how long an append of the log itself took, from the call to the answer. */
export type NoteAppend = (started: number, results: readonly AppendResult[]) => void;

/** The log's numbers: how long appends take, and at each scrape the age of the fence and how far subscriptions are. */
export function observe(
  log: Pick<EventLog, "lag">,
  pool: pg.Pool,
  metrics: LogMetrics,
): NoteAppend {
  const seconds = metrics.histogram(
    "newsledger_append_seconds",
    "Time from the call of an append to its answer",
    { buckets: secondBuckets },
  );
  const answers = metrics.counter("newsledger_appends_total", "Appends by their answer", [
    "status",
  ]);
  metrics.gauge(
    "newsledger_fence_age_seconds",
    "Age of the oldest transaction that has appended and is still open: readers wait at its place",
    { collect: async (gauge) => gauge.set({}, await fenceAge(pool)) },
  );
  const subscriptions = { labels: ["subscription"] };
  const parked = metrics.gauge(
    "newsledger_parked_events",
    "Events put aside because their handling kept failing",
    subscriptions,
  );
  metrics.gauge(
    "newsledger_subscription_behind",
    "Positions between a subscription's checkpoint and the end of the log",
    {
      ...subscriptions,
      collect: async (behind) => {
        const all = await log.lag();
        for (const gauge of [behind, parked]) gauge.reset(); // of subscriptions that are gone
        for (const one of all) {
          behind.set({ subscription: one.name }, one.behind);
          parked.set({ subscription: one.name }, one.parked);
        }
      },
    },
  );
  return (started, results) => {
    seconds.observe({}, (performance.now() - started) / 1000);
    for (const { status } of results) answers.inc({ status });
  };
}

/** How long, in seconds, the oldest open transaction that has appended has been open; 0 when there is none. */
export async function fenceAge(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ age: number }>(
    `select coalesce(max(extract(epoch from clock_timestamp() - a.xact_start)), 0)::float8 as age
     from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.objsubid = 1 and (l.classid::bigint >> 16) = 20044
       and l.database = (select oid from pg_database where datname = current_database())`,
  );
  return Math.max(0, rows[0]?.age ?? 0);
}
