import { openPostgresQueue } from "./postgres.ts";
import { openRedisQueue } from "./redis.ts";
import type { Logger, Queue } from "./types.ts";

/** Opens the queue in Redis when there is a `redisUrl`, else in Postgres. Throws, saying why, when it is not fit for use. */
export function openQueue(options: {
  databaseUrl: string;
  redisUrl?: string | undefined;
  logger: Logger;
  /** How long a stopping worker lets its jobs finish before it aborts their signal. */
  graceSeconds?: number;
}): Promise<Queue> {
  const { databaseUrl, redisUrl, logger, graceSeconds = 20 } = options;
  return redisUrl
    ? openRedisQueue({ redisUrl, logger, graceSeconds })
    : openPostgresQueue({ databaseUrl, logger, graceSeconds });
}
