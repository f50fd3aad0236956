import type { NewsEvents } from "@newsledger/core";
import type { EventLog } from "@newsledger/eventlog";
import type { Queue } from "@newsledger/queue";
import type { Kysely } from "kysely";
import type pg from "pg";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Metrics } from "./metrics.ts";
import type { Tracer } from "./step.ts";

/** The time of this process, for display and pauses. What is due is decided by Postgres `now()` alone. */
export interface Clock {
  now(): Date;
}

/** Everything a service may use, opened once and closed last. */
export interface Resources {
  readonly config: Config;
  readonly pool: pg.Pool;
  // biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
  readonly db: Kysely<any>;
  readonly log: EventLog<NewsEvents>;
  readonly queue: Queue;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics?: Metrics;
  /** Where somebody wants to see traces. */
  readonly tracer?: Tracer | undefined;
}

/** One role of the pipeline. `start` resolves when it works; disposing what it returned lets work in hand finish. */
export interface Service {
  readonly name: string;
  start(resources: Resources): Promise<AsyncDisposable>;
}
