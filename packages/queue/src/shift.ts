import { setTimeout as pause } from "node:timers/promises";
import { errorText } from "./clean.ts";
import type { Job, Logger } from "./types.ts";

export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

/** How long handlers get after the abort before nobody waits for them any more. */
const lastCallSeconds = 5;

/** One worker's time of work, the same for every implementation of the queue. */
export interface Shift {
  /** Runs a handler. Never rejects: what it throws is logged. */
  run(handler: JobHandler, job: Job): Promise<void>;
  /**
   * Waits until no handler runs: politely, then by aborting their signal, then no longer. False: some are left behind.
   * Whoever calls it has seen to it that no more are started.
   */
  end(): Promise<boolean>;
}

export function startShift(logger: Logger, graceSeconds: number): Shift {
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  const attempt = async (handler: JobHandler, job: Job) => {
    try {
      await handler(job, stopping.signal);
    } catch (error) {
      const fields = { job: job.name, key: job.key, error: errorText(error) };
      logger.error(fields, "a job's handler failed");
    }
  };
  const idleWithin = async (seconds: number) => {
    const timeUp = new AbortController();
    const patience = pause(seconds * 1000, undefined, { signal: timeUp.signal }).catch(() => {});
    await Promise.race([Promise.all(inHand), patience]);
    timeUp.abort();
    return inHand.size === 0;
  };
  return {
    run(handler, job) {
      const running = attempt(handler, job).then(() => {
        inHand.delete(running);
      });
      inHand.add(running);
      return running;
    },
    async end() {
      if (await idleWithin(graceSeconds)) return true;
      stopping.abort(new Error("the process is stopping"));
      return idleWithin(lastCallSeconds);
    },
  };
}
