import type { JobRequest } from "@newsledger/core";
import type { Kysely } from "kysely";

/** One job as a worker gets it: ids only. `key` is the work's identity; the queue may hand it out more than once. */
export interface Job {
  readonly name: string;
  readonly key: string;
  readonly data: unknown;
}

/** A request on its way to the queue. */
export interface Hint<N extends string = string, D = unknown> extends JobRequest<N, D> {
  /**
   * Which try of the work it is for (default 0). Another try is another hint, so that one which a killed worker left
   * behind, and which the queue still counts as running, cannot hide it.
   */
  readonly attempt?: number;
}

/** Disposing it takes no more jobs, and lets those in hand finish. */
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
  /**
   * Resolves when the queue holds the jobs; throws QueueUnavailable at once when it cannot. A job whose key (and
   * attempt) is waiting, delayed or running is not added twice.
   */
  enqueue(requests: readonly Hint[], options?: { delayMs?: number }): Promise<void>;
  /**
   * Runs `handler` for each job of this name. A handler that throws is logged and the job dropped: Postgres knows what
   * is still due. The signal aborts when a worker that is being disposed has waited long enough.
   */
  work(
    job: string,
    handler: (job: Job, signal: AbortSignal) => Promise<void>,
    options: { concurrency: number },
  ): QueueWorker;
  depth(job: string): Promise<QueueDepth>;
  /** Throws, saying what is wrong, when the queue cannot be used. */
  check(): Promise<void>;
  /** BullMQ's own queues behind these jobs, for a dashboard that looks into them; none where there is no BullMQ. */
  inside(jobs: readonly string[]): Promise<readonly unknown[]>;
  /** Forgets everything waiting (for tests: what FLUSHALL would do). */
  wipe(): Promise<void>;
}

/** The queue cannot take or count jobs now. Nothing is lost by it: what is due stays due in Postgres. */
export class QueueUnavailable extends Error {
  override name = "QueueUnavailable";
}

/** The part of a pino logger that this package uses. */
export type Logger = Record<
  "debug" | "info" | "warn" | "error",
  (fields: object, message: string) => void
>;

/** Any database that holds the schema `newsledger`. */
// biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
export type Database = Kysely<any>;
