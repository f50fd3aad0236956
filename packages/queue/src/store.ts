import type { DefaultJobOptions, JobsOptions } from "bullmq";

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
export interface Envelope {
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
