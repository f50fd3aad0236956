import { cleanJson, cleanText } from "./clean.ts";
import { hintId } from "./key.ts";
import { type JobHandler, type Shift, startShift } from "./shift.ts";
import {
  type Hint,
  type Job,
  type Logger,
  type Queue,
  type QueueDepth,
  QueueUnavailable,
  type QueueWorker,
} from "./types.ts";

/** A queue in this process, for tests and for a single command. It forgets everything when the process ends. */
export function openMemoryQueue(options: { logger?: Logger; graceSeconds?: number } = {}): Queue {
  return new MemoryQueue(options.logger ?? silent, options.graceSeconds ?? 20);
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** What waits for one kind of job, and who works on it. */
interface Lane {
  readonly waiting: Map<string, Job>;
  readonly delayed: Map<string, NodeJS.Timeout>;
  readonly active: Set<string>;
  readonly workers: Set<Worker>;
}

interface Worker {
  readonly handler: JobHandler;
  readonly shift: Shift;
  readonly concurrency: number;
  running: number;
}

class MemoryQueue implements Queue {
  readonly kind = "memory";
  readonly #logger: Logger;
  readonly #graceSeconds: number;
  readonly #lanes = new Map<string, Lane>();
  readonly #open = new Set<QueueWorker>();
  #closed = false;

  constructor(logger: Logger, graceSeconds: number) {
    this.#logger = logger;
    this.#graceSeconds = graceSeconds;
  }

  async enqueue(requests: readonly Hint[], { delayMs = 0 } = {}): Promise<void> {
    if (this.#closed) throw new QueueUnavailable("the queue in memory is closed");
    for (const request of requests) {
      const lane = this.#lane(request.job);
      const id = hintId(request);
      if (lane.waiting.has(id) || lane.delayed.has(id) || lane.active.has(id)) continue;
      const { job: name, key, data } = request;
      const job = { name, key: cleanText(key), data: cleanJson(data) };
      const arrive = () => {
        lane.delayed.delete(id);
        lane.waiting.set(id, job);
        this.#hire(lane);
      };
      if (delayMs > 0) lane.delayed.set(id, setTimeout(arrive, delayMs).unref());
      else arrive();
    }
  }

  work(job: string, handler: JobHandler, { concurrency }: { concurrency: number }): QueueWorker {
    const lane = this.#lane(job);
    const shift = startShift(this.#logger, this.#graceSeconds);
    const worker: Worker = { handler, shift, concurrency, running: 0 };
    lane.workers.add(worker);
    this.#hire(lane);
    const open: QueueWorker = {
      job,
      [Symbol.asyncDispose]: async () => {
        lane.workers.delete(worker);
        this.#open.delete(open);
        await shift.end();
      },
    };
    this.#open.add(open);
    return open;
  }

  async depth(job: string): Promise<QueueDepth> {
    const { waiting, active, delayed } = this.#lane(job);
    return { waiting: waiting.size, active: active.size, delayed: delayed.size, failed: 0 };
  }

  async check(): Promise<void> {}

  async inside(): Promise<readonly unknown[]> {
    return [];
  }

  async wipe(): Promise<void> {
    for (const lane of this.#lanes.values()) {
      for (const timer of lane.delayed.values()) clearTimeout(timer);
      lane.delayed.clear();
      lane.waiting.clear();
      lane.active.clear();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open].map((worker) => worker[Symbol.asyncDispose]()));
    await this.wipe();
  }

  #lane(job: string): Lane {
    const lane = this.#lanes.get(job) ?? {
      waiting: new Map(),
      delayed: new Map(),
      active: new Set(),
      workers: new Set(),
    };
    this.#lanes.set(job, lane);
    return lane;
  }

  /** Gives what waits to whoever has a hand free. */
  #hire(lane: Lane): void {
    for (const [id, job] of lane.waiting) {
      const free = [...lane.workers].find(({ running, concurrency }) => running < concurrency);
      if (!free) return;
      lane.waiting.delete(id);
      lane.active.add(id);
      free.running++;
      void free.shift.run(free.handler, job).then(() => {
        lane.active.delete(id);
        free.running--;
        this.#hire(lane);
      });
    }
  }
}
