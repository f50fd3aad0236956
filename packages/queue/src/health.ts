import { infoFields } from "./info.ts";
import { placeOf } from "./place.ts";

/** How the server that carries the queue is set up, and how full it is. */
export type QueueHealth =
  | { readonly kind: "postgres" }
  | { readonly kind: "redis"; readonly problem: string }
  | {
      readonly kind: "redis";
      readonly problem: null;
      readonly policy: string;
      readonly appendOnly: boolean;
      readonly usedBytes: number;
      /** 0 when there is no limit. */
      readonly maxBytes: number;
    };

/** Asks once, on a connection of its own. Never rejects. */
export async function queueHealth(redisUrl: string | undefined): Promise<QueueHealth> {
  if (redisUrl === undefined) return { kind: "postgres" };
  const { Redis } = await import("ioredis");
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 3_000,
    commandTimeout: 3_000,
    retryStrategy: () => null,
  });
  redis.on("error", () => {}); // the rejection says it
  try {
    await redis.connect();
    const info = infoFields(await redis.info());
    return {
      kind: "redis",
      problem: null,
      policy: info.get("maxmemory_policy") ?? "unknown",
      appendOnly: info.get("aof_enabled") === "1",
      usedBytes: Number(info.get("used_memory") ?? 0),
      maxBytes: Number(info.get("maxmemory") ?? 0),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "redis", problem: `Redis at ${placeOf(redisUrl)} does not answer: ${reason}` };
  } finally {
    redis.disconnect();
  }
}
