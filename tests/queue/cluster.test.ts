import { setTimeout as pause } from "node:timers/promises";
import { openQueue } from "@newsledger/queue";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { redisMissing, startTestRedis, type TestRedis } from "../harness/redis.ts";
import { anyName, quiet, until } from "./backends.ts";

const title = redisMissing ? `a Redis Cluster (skipped: ${redisMissing})` : "a Redis Cluster";

describe.skipIf(redisMissing)(title, () => {
  test("of three nodes carries the queue, whichever of them is named", async () => {
    await using cluster = await startCluster(3);
    for (const { url } of cluster.nodes) {
      await using queue = await openQueue({ databaseUrl: "", redisUrl: url, logger: quiet });
      const job = anyName();
      const done = new Set<string>();
      await using _ = queue.work(
        job,
        async ({ key }) => {
          done.add(key);
        },
        { concurrency: 4 },
      );
      const keys = Array.from({ length: 50 }, (_, n) => `key-${n}`);
      await queue.enqueue(keys.map((key) => ({ job, key, data: {} })));
      await until("all are done", () => done.size === keys.length);
      await queue.check();
    }
  });

  test("holds all of the queue's keys under one tag, and lets go of all of them", async () => {
    await using cluster = await startCluster(3);
    const [{ url } = { url: "" }] = cluster.nodes;
    await using queue = await openQueue({ databaseUrl: "", redisUrl: url, logger: quiet });
    const jobs = [anyName(), anyName(), anyName()];
    await queue.enqueue(jobs.map((job) => ({ job, key: "a", data: {} })));
    const keys = await cluster.keys();
    expect(keys.length).toBeGreaterThan(jobs.length);
    for (const key of keys) expect(key).toMatch(/^\{newsledger\}:/);
    await queue.wipe();
    expect(await cluster.keys()).toEqual([]);
  });
});

interface TestCluster extends AsyncDisposable {
  readonly nodes: readonly TestRedis[];
  keys(): Promise<string[]>;
}

async function startCluster(size: number): Promise<TestCluster> {
  const nodes = await Promise.all(
    Array.from({ length: size }, () => startTestRedis(["--cluster-enabled", "yes"])),
  );
  const clients = nodes.map(({ url }) => new Redis(url));
  const share = 16_384 / size;
  for (const [index, client] of clients.entries()) {
    const [from, to] = [Math.ceil(index * share), Math.ceil((index + 1) * share) - 1];
    await client.call("CLUSTER", "ADDSLOTSRANGE", String(from), String(to));
    await client.call("CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
  }
  const [first, ...others] = clients;
  for (const { url } of nodes.slice(1))
    await first?.call("CLUSTER", "MEET", "127.0.0.1", new URL(url).port);
  for (const client of [first, ...others])
    while (!String(await client?.call("CLUSTER", "INFO")).includes("cluster_state:ok"))
      await pause(100);
  return {
    nodes,
    async keys() {
      return (await Promise.all(clients.map((client) => client.keys("*")))).flat();
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.disconnect();
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
    },
  };
}
