import { setTimeout as pause } from "node:timers/promises";
import type { DefaultJobOptions, JobsOptions } from "bullmq";
import { cleanJson, cleanText, errorText } from "./clean.ts";
import { complainer } from "./complain.ts";
import { hintId } from "./key.ts";
import { type JobHandler, startShift } from "./shift.ts";
import {
  type Hint,
  type Job,
  type Logger,
  type Queue,
  type QueueDepth,
  QueueUnavailable,
  type QueueWorker,
} from "./types.ts";

/**
 * One try, nothing kept. Tries are counted in Postgres, not here; and a finished or failed job that BullMQ keeps would
 * swallow every later hint of the same id.
 */
export const jobOptions: DefaultJobOptions = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: true,
};

/** Nobody reads BullMQ's own stream of events. */
export const streams = { events: { maxLen: 100 } };

export const workerOptions = {
  /** BullMQ fails a job for good at its second stall (default 1): the main road to loss when workers crash. */
  maxStalledCount: 1_000_000,
  lockDuration: 15_000,
  stalledInterval: 5_000,
  /** The default of 15 s is how long nothing would happen after a restart of the server. */
  runRetryDelay: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
};

/** What BullMQ carries for us. The key travels inside: the id may be its hash. */
interface Envelope {
  readonly key: string;
  readonly data: unknown;
}

/** The part of BullMQ's Queue that we use; its own type drags its store along. */
export interface Producer {
  add(name: string, data: Envelope, options: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: Envelope; opts: JobsOptions }[]): Promise<unknown>;
  getJobCounts(...types: ("waiting" | "active" | "delayed" | "failed")[]): Promise<{
    [type: string]: number;
  }>;
  waitUntilReady(): Promise<unknown>;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** The part of BullMQ's Worker that we use. */
export interface Consumer {
  waitUntilReady(): Promise<unknown>;
  on(event: "error", listener: (error: Error) => void): unknown;
  pause(doNotWaitActive: boolean): Promise<void>;
  close(force: boolean): Promise<void>;
}

/** What differs between the stores that BullMQ can use. */
export interface Store {
  readonly kind: "postgres" | "redis";
  /** Where it is, for messages: without password. */
  readonly place: string;
  producer(job: string): Producer;
  consumer(
    job: string,
    run: (bullJob: { id?: string | undefined; data: unknown }) => Promise<void>,
    concurrency: number,
  ): Consumer;
  /** Throws when it is known to be away, so that a producer fails at once. */
  assertThere(): void;
  /** Rejects when it does not answer. */
  ping(): Promise<unknown>;
  check(): Promise<void>;
  wipe(): Promise<void>;
  close(): Promise<void>;
}

const batchSize = 500;
/** How long a server gets to close a connection in good order. */
const goodbyeMs = 2_000;

/** The queue over BullMQ, whatever store it has. */
export class BullQueue implements Queue {
  readonly kind: "postgres" | "redis";
  readonly #store: Store;
  readonly #logger: Logger;
  readonly #complain: (fields: object, message: string) => void;
  readonly #graceSeconds: number;
  readonly #producers = new Map<string, Promise<Producer>>();
  readonly #workers = new Set<QueueWorker>();
  #closed = false;

  constructor(store: Store, logger: Logger, graceSeconds: number) {
    this.kind = store.kind;
    this.#store = store;
    this.#logger = logger;
    this.#complain = complainer(logger);
    this.#graceSeconds = graceSeconds;
  }

  async enqueue(requests: readonly Hint[], { delayMs = 0 } = {}): Promise<void> {
    const jobs = Map.groupBy(requests, (request) => request.job);
    for (const [job, hints] of jobs) {
      await this.#ask(`enqueue ${hints.length} × ${job}`, job, async (producer) => {
        for (let at = 0; at < hints.length; at += batchSize) {
          await add(producer, hints.slice(at, at + batchSize), delayMs);
        }
      });
    }
  }

  work(job: string, handler: JobHandler, { concurrency }: { concurrency: number }): QueueWorker {
    const shift = startShift(this.#logger, this.#graceSeconds);
    const run = async (bullJob: { id?: string | undefined; data: unknown }) => {
      const { data: envelope, id } = bullJob;
      if (!isEnvelope(envelope)) {
        this.#logger.error({ job, id }, "dropped a job that Newsledger did not enqueue");
        return;
      }
      await shift.run(handler, { name: job, key: envelope.key, data: envelope.data } satisfies Job);
    };
    const crew = startCrew(
      () => this.#store.consumer(job, run, concurrency),
      (error) =>
        this.#logger.warn(
          { job, place: this.#store.place, error: errorText(error) },
          "queue worker",
        ),
    );
    const worker: QueueWorker = {
      job,
      [Symbol.asyncDispose]: async () => {
        this.#workers.delete(worker);
        await crew.rest();
        const idle = await shift.end();
        if (!idle) this.#logger.warn({ job }, "a job did not end in time and is left behind");
        // A server that is away does not say goodbye: BullMQ would wait for it, and keep the process alive.
        await crew.close({ force: !idle || !(await this.#isThere()) });
      },
    };
    this.#workers.add(worker);
    return worker;
  }

  depth(job: string): Promise<QueueDepth> {
    return this.#ask(`count ${job}`, job, async (producer) => {
      const counts = await producer.getJobCounts("waiting", "active", "delayed", "failed");
      const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
      return { waiting, active, delayed, failed };
    });
  }

  check(): Promise<void> {
    return this.#store.check();
  }

  wipe(): Promise<void> {
    return this.#store.wipe();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker[Symbol.asyncDispose]()));
    const closing = [...this.#producers.values()].map(async (producer) => (await producer).close());
    await orAfter(goodbyeMs, Promise.allSettled(closing));
    await this.#store.close();
  }

  #isThere(): Promise<boolean> {
    const asked = this.#store.ping().then(
      () => true,
      () => false,
    );
    return orAfter(goodbyeMs, asked).then((there) => there === true);
  }

  async #ask<T>(what: string, job: string, question: (producer: Producer) => Promise<T>) {
    const refusal = `${what}: the queue at ${this.#store.place} did not take it`;
    if (this.#closed) throw new QueueUnavailable(`${refusal}: it is closed`);
    const ask = async () => {
      this.#store.assertThere();
      return question(await this.#producer(job));
    };
    try {
      // A pooled connection may turn out to be dead. Asking twice is harmless: the id decides.
      return await ask().catch(() => pause(100).then(ask));
    } catch (cause) {
      throw new QueueUnavailable(`${refusal}: ${errorText(cause)}`, { cause });
    }
  }

  #producer(job: string): Promise<Producer> {
    const known = this.#producers.get(job);
    if (known) return known;
    const opening = openProducer(this.#store.producer(job), (error) =>
      this.#complain({ job, place: this.#store.place, error: errorText(error) }, "queue"),
    );
    this.#producers.set(job, opening);
    // BullMQ keeps a failed first connection for ever: the next call makes another.
    opening.catch(() => this.#producers.delete(job));
    return opening;
  }
}

async function add(producer: Producer, hints: readonly Hint[], delayMs: number): Promise<void> {
  const jobs = hints.map((hint) => ({
    name: hint.job,
    data: { key: cleanText(hint.key), data: cleanJson(hint.data) },
    opts: { jobId: hintId(hint), ...(delayMs > 0 ? { delay: Math.ceil(delayMs) } : {}) },
  }));
  const [only] = jobs;
  // In Postgres a bulk insert makes two temporary tables: too much for one job.
  if (only && jobs.length === 1) await producer.add(only.name, only.data, only.opts);
  else await producer.addBulk(jobs);
}

async function openProducer(producer: Producer, onError: (error: Error) => void) {
  producer.on("error", onError);
  try {
    await producer.waitUntilReady();
    return producer;
  } catch (error) {
    await producer.close().catch(onError);
    throw error;
  }
}

/** A BullMQ worker that is made anew for as long as its first connection fails: BullMQ itself would never recover. */
function startCrew(make: () => Consumer, onError: (error: Error) => void) {
  const ending = new AbortController();
  const start = () => {
    const consumer = make();
    consumer.on("error", onError);
    consumer.waitUntilReady().catch(async (error) => {
      if (ending.signal.aborted) return;
      onError(error);
      await consumer.close(true).catch(onError);
      await pause(1000, undefined, { signal: ending.signal }).then(
        () => {
          current = start();
        },
        () => {},
      );
    });
    return consumer;
  };
  let current = start();
  return {
    /** Takes no more; what is in hand goes on. */
    async rest(): Promise<void> {
      ending.abort();
      await current.pause(true).catch(onError);
    },
    async close({ force }: { force: boolean }): Promise<void> {
      await orAfter(goodbyeMs, current.close(force).catch(onError));
    },
  };
}

/** What a promise brings, or undefined when it takes longer than this. */
async function orAfter<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  const late = pause(ms, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

function isEnvelope(value: unknown): value is Envelope {
  return (
    typeof value === "object" && value !== null && "key" in value && typeof value.key === "string"
  );
}
