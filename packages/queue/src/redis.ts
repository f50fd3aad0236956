import { Queue as Bull, Worker } from "bullmq";
import { Redis } from "ioredis";
import { BullQueue } from "./bull.ts";
import { complainer } from "./complain.ts";
import { placeOf } from "./place.ts";
import { jobOptions, type Store, streams, workerOptions } from "./store.ts";
import type { Logger, Queue } from "./types.ts";

const prefix = "newsledger";

/** The queue in Redis through BullMQ and ioredis: for several machines. */
export async function openRedisQueue(options: {
  redisUrl: string;
  logger: Logger;
  graceSeconds: number;
}): Promise<Queue> {
  const { redisUrl, logger, graceSeconds } = options;
  const store = await openRedisStore(redisUrl, logger);
  try {
    await store.check();
  } catch (error) {
    await store.close();
    throw error;
  }
  return new BullQueue(store, logger, graceSeconds);
}

async function openRedisStore(redisUrl: string, logger: Logger): Promise<Store> {
  const place = placeOf(redisUrl);
  const complain = complainer(logger);
  const connect = async (options: typeof failing | typeof patient) => {
    const redis = new Redis(redisUrl, { ...common, ...options });
    redis.on("error", (error) => complain({ place, error: error.message }, "redis"));
    await redis.connect().catch((cause: Error) => {
      redis.disconnect();
      throw new Error(`connect to Redis at ${place}: ${cause.message}. Is QUEUE_URL right?`, {
        cause,
      });
    });
    return redis;
  };
  const producers = await connect(failing);
  const consumers = await connect(patient);
  return {
    kind: "redis",
    place,
    producer: (job) =>
      new Bull(job, { connection: producers, prefix, defaultJobOptions: jobOptions, streams }),
    consumer: (job, run, concurrency) =>
      new Worker(job, run, { connection: consumers, prefix, ...workerOptions, concurrency }),
    assertThere() {
      if (producers.status !== "ready")
        throw new Error(`Redis does not answer (${producers.status})`);
    },
    ping: () => producers.ping(),
    check: () => checkRedis(producers, place, logger),
    wipe: () => wipeRedis(producers),
    async close() {
      producers.disconnect();
      consumers.disconnect();
    },
  };
}

/** A producer fails at once when the server is away; a worker waits for it, for ever. */
const failing = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 10_000 };
/** BullMQ blocks for up to 10 s on its own account: an answer that takes longer than this will not come. */
const patient = { maxRetriesPerRequest: null, socketTimeout: 20_000 };

const common = {
  lazyConnect: true,
  connectTimeout: 5_000,
  keepAlive: 10_000,
  retryStrategy: (times: number) => Math.min(50 * times, 1_000),
};

/** INFO rather than CONFIG GET: hosted Redis often forbids the latter. */
async function checkRedis(redis: Redis, place: string, logger: Logger): Promise<void> {
  const info = infoFields(await redis.info());
  const policy = info.get("maxmemory_policy");
  if (policy !== undefined && policy !== "noeviction") {
    throw new Error(
      `Redis at ${place} has maxmemory-policy ${policy}: when memory is short it would throw queued work away. ` +
        "Set it to noeviction (redis-cli CONFIG SET maxmemory-policy noeviction)",
    );
  }
  if (info.get("aof_enabled") !== "1") {
    logger.warn(
      { place },
      "Redis keeps no append-only file: after its crash, queued work is found again from Postgres, which takes time. " +
        "Set appendonly yes",
    );
  }
}

/** Redis' INFO: a line a field, `name:value`. */
function infoFields(info: string): Map<string, string> {
  return new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
}

/** Only our own keys: the server may serve others too. */
async function wipeRedis(redis: Redis): Promise<void> {
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, "MATCH", `${prefix}:*`, "COUNT", 1000);
    if (keys.length > 0) await redis.unlink(...keys);
    cursor = next;
  } while (cursor !== "0");
}
