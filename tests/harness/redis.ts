import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "./cluster.ts";

export interface TestRedis extends AsyncDisposable {
  readonly url: string;
  /** Its process; 0 when it is not ours. */
  readonly pid: number;
}

const program = (process.env.PATH ?? "")
  .split(delimiter)
  .map((directory) => join(directory, "redis-server"))
  .find((path) => existsSync(path));

/** Why the tests that need Redis cannot run here; undefined when they can. Under CI a missing Redis is a failure. */
export const redisMissing: string | undefined =
  process.env.REDIS_URL || program || process.env.CI === "true"
    ? undefined
    : "no REDIS_URL, and no redis-server in PATH";

/** The Redis at REDIS_URL, or one of our own on a spare port, which ends with the test. */
export async function startTestRedis(
  options: readonly string[] = [],
  port?: number,
): Promise<TestRedis> {
  const given = process.env.REDIS_URL;
  if (given && options.length === 0 && port === undefined)
    return { url: given, pid: 0, async [Symbol.asyncDispose]() {} };
  if (!program) throw new Error("tests with Redis: set REDIS_URL or put redis-server in PATH");
  const directory = await mkdtemp(join(tmpdir(), "newsledger-redis-"));
  const ours = port ?? (await freePort());
  const server = spawn(
    program,
    [
      ...["--port", String(ours), "--bind", "127.0.0.1", "--dir", directory],
      ...["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"],
      ...options,
    ],
    { stdio: "ignore" },
  );
  const url = `redis://127.0.0.1:${ours}`;
  await answers(url, server);
  return {
    url,
    pid: server.pid ?? 0,
    async [Symbol.asyncDispose]() {
      const ended = once(server, "exit");
      if (server.exitCode === null && server.kill("SIGTERM")) await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on("error", () => {}); // it is still starting
  try {
    await Promise.race([
      redis.ping(),
      once(server, "exit").then(() => Promise.reject(new Error("redis-server ended at its start"))),
    ]);
  } finally {
    redis.disconnect();
  }
}
