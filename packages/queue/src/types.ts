import type { JobRequest } from "@newsledger/core";

/** One job as a worker gets it: ids only. `key` is the work's identity; the queue may hand it out more than once. */
export interface Job {
  readonly name: string;
  readonly key: string;
  readonly data: unknown;
}

export interface QueueWorker extends AsyncDisposable {
  readonly job: string;
}

export interface QueueDepth {
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

/** The small port that three implementations share. The queue is a hint: it may lose, repeat and reorder. */
export interface Queue extends AsyncDisposable {
  readonly kind: "postgres" | "redis" | "memory";
  /** Resolves when the queue holds the jobs. A job whose key is already waiting is not added twice. */
  enqueue(requests: readonly JobRequest[], options?: { delayMs?: number }): Promise<void>;
  /** Runs `handler` for each job of this name. A handler that throws is logged and the job dropped: Postgres knows what is still due. */
  work(
    job: string,
    handler: (job: Job, signal: AbortSignal) => Promise<void>,
    options: { concurrency: number },
  ): QueueWorker;
  depth(job: string): Promise<QueueDepth>;
  /** Throws, saying what is wrong, when the queue cannot be used. */
  check(): Promise<void>;
  /** Forgets everything waiting (for tests: what FLUSHALL would do). */
  wipe(): Promise<void>;
}
