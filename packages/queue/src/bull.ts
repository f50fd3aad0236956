import { setTimeout as pause } from "node:timers/promises";
import { cleanJson, cleanText, errorText } from "./clean.ts";
import { complainer } from "./complain.ts";
import { goodbyeMs, orAfter, startCrew } from "./crew.ts";
import { hintId } from "./key.ts";
import { type JobHandler, startShift } from "./shift.ts";
import type { Envelope, Producer, Store } from "./store.ts";
import {
  type Hint,
  type Job,
  type Logger,
  type Queue,
  type QueueDepth,
  QueueUnavailable,
  type QueueWorker,
} from "./types.ts";

const batchSize = 500;
/** What fails within this time may be asked once more. */
const quickMs = 2_000;

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
        this.#complain({ job, place: this.#store.place, error: errorText(error) }, "queue worker"),
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

  inside(jobs: readonly string[]): Promise<readonly unknown[]> {
    return Promise.all(jobs.map((job) => this.#ask(`look into ${job}`, job, async (own) => own)));
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
    const began = performance.now();
    try {
      return await ask().catch((error) => {
        if (performance.now() - began > quickMs) throw error;
        // A pooled connection turned out to be dead, perhaps. Asking twice is harmless: the id decides.
        return pause(100).then(ask);
      });
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

function isEnvelope(value: unknown): value is Envelope {
  return (
    typeof value === "object" && value !== null && "key" in value && typeof value.key === "string"
  );
}
