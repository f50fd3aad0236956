import { setTimeout as pause } from "node:timers/promises";
import { errorText } from "./clean.ts";
import type { Job, Logger } from "./types.ts";

export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

/** How long handlers get after the abort before nobody waits for them any more. */
const lastCallSeconds = 5;

/** One worker's time of work, the same for every implementation of the queue. */
export interface Shift {
  readonly signal: AbortSignal;
  /** Runs a handler. Never rejects: what it throws is logged. */
  run(handler: JobHandler, job: Job): Promise<void>;
  /** Waits for the work in hand: politely, then by aborting its signal, then no longer. False: it did not end. */
  end(idle: Promise<unknown>): Promise<boolean>;
}

export function startShift(logger: Logger, graceSeconds: number): Shift {
  const stopping = new AbortController();
  return {
    signal: stopping.signal,
    async run(handler, job) {
      try {
        await handler(job, stopping.signal);
      } catch (error) {
        logger.error(
          { job: job.name, key: job.key, error: errorText(error) },
          "a job's handler failed",
        );
      }
    },
    async end(idle) {
      const waiting = new AbortController();
      const patience = async () => {
        await pause(graceSeconds * 1000, undefined, { signal: waiting.signal });
        stopping.abort(new Error("the process is stopping"));
        await pause(lastCallSeconds * 1000, undefined, { signal: waiting.signal });
        return false;
      };
      try {
        return await Promise.race([idle.then(() => true), patience()]);
      } finally {
        waiting.abort();
      }
    },
  };
}
