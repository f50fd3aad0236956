import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Logger, openMemoryQueue, openQueue, type Queue } from "@newsledger/queue";
import { createTestDatabase } from "../harness/database.ts";
import { redisMissing, startTestRedis } from "../harness/redis.ts";

/** A store that queues can be opened on. */
export interface Backend extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  /** Another handle on the same store, as another process would have. The queue in memory has but one. */
  open(logger?: Logger): Promise<Queue>;
}

export interface BackendKind {
  readonly kind: Queue["kind"];
  /** Why it cannot be tried here. */
  readonly missing?: string | undefined;
  start(): Promise<Backend>;
}

export const backends: readonly BackendKind[] = [
  { kind: "memory", start: startMemory },
  { kind: "postgres", start: startPostgres },
  { kind: "redis", missing: redisMissing, start: startRedis },
];

/** The title of a group of tests for one of them, which says why it is skipped. */
export const titleOf = ({ kind, missing }: BackendKind): string =>
  missing ? `the queue in ${kind} (skipped: ${missing})` : `the queue in ${kind}`;

async function startMemory(): Promise<Backend> {
  const queue = openMemoryQueue({ graceSeconds: 1 });
  return {
    databaseUrl: "",
    open: async () => queue,
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  };
}

async function startPostgres(): Promise<Backend> {
  const database = await createTestDatabase([]);
  const opened: Queue[] = [];
  return {
    databaseUrl: database.url,
    async open(logger = quiet) {
      const queue = await openQueue({ databaseUrl: database.url, logger, graceSeconds: 1 });
      opened.push(queue);
      return queue;
    },
    async [Symbol.asyncDispose]() {
      await closeAll(opened);
      await database[Symbol.asyncDispose]();
    },
  };
}

async function startRedis(): Promise<Backend> {
  const redis = await startTestRedis();
  const opened: Queue[] = [];
  return {
    databaseUrl: "",
    redisUrl: redis.url,
    async open(logger = quiet) {
      const queue = await openQueue({
        databaseUrl: "",
        redisUrl: redis.url,
        logger,
        graceSeconds: 1,
      });
      opened.push(queue);
      return queue;
    },
    async [Symbol.asyncDispose]() {
      await closeAll(opened);
      await redis[Symbol.asyncDispose]();
    },
  };
}

const closeAll = (queues: readonly Queue[]) =>
  Promise.all(queues.map((queue) => queue[Symbol.asyncDispose]()));

export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A logger that keeps what it was told. */
export function recorder(): Logger & {
  readonly lines: { level: string; message: string; fields: object }[];
} {
  const lines: { level: string; message: string; fields: object }[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
  };
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** A job name that no other test uses. */
export const anyName = (): string => `job-${randomBytes(6).toString("hex")}`;

/** Resolves when it holds; rejects, saying what was waited for, when it does not within the time. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await pause(20);
  }
}
