import { Queue as Bull, Worker } from "bullmq";
import { Cluster, Redis } from "ioredis";
import { BullQueue } from "./bull.ts";
import { complainer } from "./complain.ts";
import { infoFields } from "./info.ts";
import { placeOf } from "./place.ts";
import { jobOptions, type Store, streams, workerOptions } from "./store.ts";
import type { Logger, Queue } from "./types.ts";

/** In braces: a Redis Cluster keeps all keys with one such tag on one node, which BullMQ's scripts need. */
const prefix = "{newsledger}";

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
  const opened = async <C extends Client>(redis: C): Promise<C> => {
    redis.on("error", (error) => complain({ place, error: error.message }, "redis"));
    await redis.connect().catch((cause: Error) => {
      redis.disconnect();
      throw new Error(`connect to Redis at ${place}: ${cause.message}. Is QUEUE_URL right?`, {
        cause,
      });
    });
    return redis;
  };
  const connect = async (options: typeof failing | typeof patient): Promise<Client> => {
    const redis = await opened(new Redis(redisUrl, { ...common, ...options }));
    if (!(await isCluster(redis))) return redis;
    redis.disconnect();
    return opened(clusterAt(redis, options));
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

/**
 * A producer fails at once when the server is away; a worker waits for it, for ever. Either gives up a connection on
 * which no answer comes: the network may claim for ever that it is there.
 */
const failing = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 10_000,
  socketTimeout: 5_000,
};
/** BullMQ blocks for up to 10 s on its own account: an answer that takes longer than this will not come. */
const patient = { maxRetriesPerRequest: null, socketTimeout: 20_000 };

const common = {
  lazyConnect: true,
  connectTimeout: 5_000,
  keepAlive: 10_000,
  retryStrategy: (times: number) => Math.min(50 * times, 1_000),
};

type Client = Redis | Cluster;

const isCluster = async (redis: Redis): Promise<boolean> =>
  infoFields(await redis.info("cluster")).get("cluster_enabled") === "1";

/** A client that follows the keys to whichever node has them; the given one says how to get in. */
function clusterAt(
  { options: { host, port, username, password, tls } }: Redis,
  options: typeof failing | typeof patient,
): Cluster {
  return new Cluster([{ host: host ?? "127.0.0.1", port: port ?? 6379 }], {
    lazyConnect: true,
    clusterRetryStrategy: common.retryStrategy,
    ...("enableOfflineQueue" in options ? { enableOfflineQueue: options.enableOfflineQueue } : {}),
    redisOptions: {
      connectTimeout: common.connectTimeout,
      keepAlive: common.keepAlive,
      ...options,
      ...(username ? { username } : {}),
      ...(password ? { password } : {}),
      ...(tls ? { tls } : {}),
    },
  });
}

/** INFO rather than CONFIG GET: hosted Redis often forbids the latter. */
async function checkRedis(redis: Client, place: string, logger: Logger): Promise<void> {
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

/** Only our own keys: the server may serve others too. */
async function wipeRedis(redis: Client): Promise<void> {
  const nodes = redis instanceof Cluster ? redis.nodes("master") : [redis];
  await Promise.all(nodes.map(wipeNode));
}

async function wipeNode(redis: Redis): Promise<void> {
  let cursor = "0";
  do {
    const [next, keys] = await redis.scan(cursor, "MATCH", `${prefix}:*`, "COUNT", 1000);
    if (keys.length > 0) await redis.unlink(...keys);
    cursor = next;
  } while (cursor !== "0");
}
