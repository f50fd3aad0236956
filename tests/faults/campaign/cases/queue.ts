import { setTimeout as pause } from "node:timers/promises";
import { disturb, type FaultCase } from "../case.ts";
import type { World } from "../world.ts";
import { answersLost, proxyTo } from "./proxy.ts";

const redisOf = ({ redis }: World) => {
  if (!redis) throw new Error("this world has no Redis");
  return redis;
};

/** Everything in the queue is gone, in the middle of a run. */
export const queueWiped: FaultCase = {
  name: "queue-wiped",
  title: "the queue emptied in the middle of a run: FLUSHALL, or its tables in Postgres",
  expected: "0 lost, working again within 60 s",
  backends: ["postgres", "redis"],
  run: (setting) =>
    disturb(setting, {
      rounds: setting.scale.rounds,
      reachMs: 60_000,
      fault: wipeQueue,
    }),
};

export async function wipeQueue(world: World): Promise<void> {
  if (world.redis) await world.redis.client.flushall();
  else await wipePostgres(world);
}

/** What BullMQ keeps in Postgres, but for the table that says which shape it has. */
async function wipePostgres({ ledger }: World): Promise<void> {
  const rows = await ledger.rows<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'newsledger_queue' and tablename <> 'migration'`,
  );
  // TRUNCATE takes locks that workers hold: with some patience, in one statement.
  const names = rows.map(({ name }) => name).join(", ");
  await ledger.rows(`truncate ${names} cascade`);
}

export const redisKilled: FaultCase = {
  name: "redis-killed",
  title: "kill -9 of Redis (append-only file), started again at once",
  expected: "first effect within 2 s, no restart of ours",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      rounds: setting.scale.rounds,
      reachMs: 2_000,
      async fault(world) {
        await redisOf(world).kill();
        await redisOf(world).start();
      },
    }),
};

export const redisForgets: FaultCase = {
  name: "redis-forgets",
  title: "kill -9 of a Redis that keeps no append-only file: it comes back empty",
  expected: "0 lost, working again within 60 s",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      scene: { redis: ["--appendonly", "no"] },
      rounds: setting.scale.rounds,
      reachMs: 60_000,
      async fault(world) {
        await redisOf(world).kill();
        await redisOf(world).start();
      },
    }),
};

export const redisAway: FaultCase = {
  name: "redis-away",
  title: "Redis away for a minute (10 s in the smoke form)",
  expected: "work waits, nothing grows, first effect within 2 s of its return",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      rounds: setting.scale.form === "full" ? 2 : 1,
      reachMs: 2_000,
      async fault(world) {
        await redisOf(world).kill();
        await pause(setting.scale.form === "full" ? 60_000 : 10_000);
        await redisOf(world).start();
      },
    }),
};

/** Writes are refused (noeviction); then there is room again. */
export const redisFull: FaultCase = {
  name: "redis-full",
  title: "Redis full for 10 s: it refuses writes (maxmemory, noeviction)",
  expected: "0 lost, first effect within 2 s of there being room",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      rounds: Math.min(setting.scale.rounds, 5),
      reachMs: 2_000,
      async fault(world) {
        const { client } = redisOf(world);
        await client.config("SET", "maxmemory", "1mb");
        await pause(10_000);
        await client.config("SET", "maxmemory", "0");
      },
    }),
};

export const redisHalfOpen: FaultCase = {
  name: "redis-half-open",
  title:
    "Redis takes what it is sent and its answers are lost, for 15 s; then every connection is cut",
  expected: "0 lost, first effect within 2 s",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      scene: { proxied: true },
      rounds: Math.min(setting.scale.rounds, 5),
      reachMs: 2_000,
      fault: answersLost("redis", { forMs: 15_000, after: "reset" }),
    }),
};

export const redisMute: FaultCase = {
  name: "redis-mute",
  title:
    "what was asked of Redis within 2 s is never answered, and the connections stay open for ever",
  expected: "given up and asked again: working within 30 s",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      scene: { proxied: true },
      rounds: Math.min(setting.scale.rounds, 3),
      reachMs: 30_000,
      fault: answersLost("redis", { forMs: 2_000, after: "ok" }),
    }),
};

export const redisCut: FaultCase = {
  name: "redis-cut",
  title: "every connection to Redis reset",
  expected: "0 lost, first effect within 2 s",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      scene: { proxied: true },
      rounds: setting.scale.rounds * 2,
      reachMs: 2_000,
      async fault(world) {
        proxyTo("redis", world).set({ mode: "reset" });
      },
    }),
};

export const redisSlow: FaultCase = {
  name: "redis-slow",
  title: "Redis 200 to 250 ms away, for 20 s",
  expected: "0 lost; work goes on, only slower",
  backends: ["redis"],
  run: (setting) =>
    disturb(setting, {
      scene: { proxied: true },
      rounds: Math.min(setting.scale.rounds, 3),
      reachMs: 2_000,
      async fault(world) {
        proxyTo("redis", world).set({ mode: "latency", ms: 200, jitter: 50 });
        await pause(10_000);
        const before = await world.ledger.progress();
        await pause(10_000);
        if ((await world.ledger.progress()) === before)
          throw new Error("nothing was done while Redis was slow");
        proxyTo("redis", world).set({ mode: "ok" });
      },
    }),
};
