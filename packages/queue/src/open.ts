import type { Logger, Queue } from "./types.ts";

/**
 * Opens the queue in Redis when there is a `redisUrl`, else in Postgres. Throws, saying why, when it is not fit for use.
 * What it takes is loaded here: commands that only ask the ledger do without its 12 MB.
 */
export async function openQueue(options: {
  databaseUrl: string;
  redisUrl?: string | undefined;
  logger: Logger;
  /** How long a stopping worker lets its jobs finish before it aborts their signal. */
  graceSeconds?: number;
}): Promise<Queue> {
  const { databaseUrl, redisUrl, logger, graceSeconds = 20 } = options;
  if (redisUrl) {
    const { openRedisQueue } = await import("./redis.ts");
    return openRedisQueue({ redisUrl, logger, graceSeconds });
  }
  const { openPostgresQueue } = await import("./postgres.ts");
  return openPostgresQueue({ databaseUrl, logger, graceSeconds });
}
