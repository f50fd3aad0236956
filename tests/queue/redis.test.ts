import { openQueue, QueueUnavailable } from "@newsledger/queue";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { freePort } from "../harness/cluster.ts";
import { redisMissing, startTestRedis } from "../harness/redis.ts";
import { createProxy } from "../tools/tcp-proxy.mjs";
import { anyName, quiet, recorder, until } from "./backends.ts";

const title = redisMissing ? `Redis (skipped: ${redisMissing})` : "Redis";

describe.skipIf(redisMissing)(title, () => {
  test("that may throw keys away is refused, with the way to mend it", async () => {
    await using redis = await startTestRedis(["--maxmemory-policy", "allkeys-lru"]);
    await expect(
      openQueue({ databaseUrl: "", redisUrl: redis.url, logger: quiet }),
    ).rejects.toThrow(/maxmemory-policy allkeys-lru.*CONFIG SET maxmemory-policy noeviction/);
  });

  test("without an append-only file is used with a warning, with one without", async () => {
    for (const [options, warnings] of [
      [["--appendonly", "no"], 1],
      [["--appendonly", "yes"], 0],
    ] as const) {
      await using redis = await startTestRedis(options);
      const logger = recorder();
      await using _ = await openQueue({ databaseUrl: "", redisUrl: redis.url, logger });
      expect(logger.lines.filter(({ message }) => message.includes("append-only"))).toHaveLength(
        warnings,
      );
    }
  });

  test("that is away makes a producer fail at once; when it is back, worker and producer go on", async () => {
    await using first = await startTestRedis(["--appendonly", "no"]);
    const port = new URL(first.url).port;
    await using queue = await openQueue({ databaseUrl: "", redisUrl: first.url, logger: quiet });
    const job = anyName();
    const done: string[] = [];
    await using _ = queue.work(
      job,
      async ({ key }) => {
        done.push(key);
      },
      { concurrency: 1 },
    );
    await queue.enqueue([{ job, key: "a", data: {} }]);
    await until("the first is done", () => done.length === 1);

    await first[Symbol.asyncDispose]();
    await until("the loss is noticed", () =>
      queue.depth(job).then(
        () => false,
        () => true,
      ),
    );
    const refused = queue.enqueue([{ job, key: "b", data: {} }]);
    await expect(refused).rejects.toBeInstanceOf(QueueUnavailable);
    await expect(refused).rejects.toThrow(new RegExp(`enqueue 1 × ${job}.*127.0.0.1:${port}`));

    await using _second = await startTestRedis([], Number(port));
    await until("it takes work again", () =>
      queue.enqueue([{ job, key: "c", data: {} }]).then(
        () => true,
        () => false,
      ),
    );
    await until("it is done", () => done.includes("c"));
    expect(done).toEqual(["a", "c"]);
  });

  test("that keeps its connections open and answers nothing on them is asked on others", async () => {
    await using redis = await startTestRedis([], await freePort());
    const proxy = await createProxy({ to: Number(new URL(redis.url).port) });
    const redisUrl = `redis://127.0.0.1:${proxy.cfg.listen}`;
    await using queue = await openQueue({ databaseUrl: "", redisUrl, logger: quiet });
    const job = anyName();
    await queue.enqueue([{ job, key: "a", data: {} }]);
    proxy.set({ mode: "halfopen" });
    await expect(queue.enqueue([{ job, key: "b", data: {} }])).rejects.toThrow(QueueUnavailable);
    proxy.set({ mode: "ok" }); // what was asked before is never answered
    await until(
      "it takes work again",
      () =>
        queue.enqueue([{ job, key: "c", data: {} }]).then(
          () => true,
          () => false,
        ),
      15_000,
    );
    proxy.close();
  });

  test("that does not answer is named, its password is not", async () => {
    const opening = openQueue({
      databaseUrl: "",
      redisUrl: "redis://:secret@127.0.0.1:1",
      logger: quiet,
    });
    await expect(opening).rejects.toThrow(/redis:\/\/127\.0\.0\.1:1.*QUEUE_URL/);
    await expect(opening).rejects.not.toThrow(/secret/);
  });

  test("shared with others keeps their keys when the queue is wiped", async () => {
    await using redis = await startTestRedis();
    await using queue = await openQueue({ databaseUrl: "", redisUrl: redis.url, logger: quiet });
    const client = new Redis(redis.url);
    const theirs = anyName();
    await client.set(theirs, "keep me");
    const job = anyName();
    await queue.enqueue([{ job, key: "a", data: {} }]);
    await queue.wipe();
    expect((await queue.depth(job)).waiting).toBe(0);
    expect(await client.getdel(theirs)).toBe("keep me");
    client.disconnect();
  });
});
