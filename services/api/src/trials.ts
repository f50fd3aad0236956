import type { Context } from "hono";
import { Problem } from "./problem.ts";

/** Trying out a topic or a rule reads the whole ledger: few at once, each for a bounded time. */
export interface Trials {
  /** Gives up, and tells the work so, when the time is over or whoever asked has left. */
  run<T>(c: Context, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

const atOnce = 2;
const defaultSeconds = 30;
const againAfterSeconds = 5;

export function openTrials(seconds = defaultSeconds): Trials {
  let running = 0;
  return {
    async run(c, work) {
      if (running >= atOnce) {
        c.header("Retry-After", String(againAfterSeconds));
        throw new Problem(503, `${atOnce} trials are running already: come again in a moment.`);
      }
      running += 1;
      const over = AbortSignal.timeout(seconds * 1_000);
      const signal = AbortSignal.any([over, c.req.raw.signal]);
      // As a promise whatever happens: what is wrong at once frees its place, too.
      const done = (async () => work(signal))().finally(() => {
        running -= 1;
      });
      try {
        return await Promise.race([done, given(signal)]);
      } catch (error) {
        done.catch(() => {}); // it ends a little later, and nobody listens any more
        if (!signal.aborted) throw error;
        throw new Problem(
          503,
          `Trying it out took longer than ${seconds} seconds and was given up. The command line has no such limit: newsledger topics test, newsledger rules test.`,
        );
      }
    },
  };
}

const given = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
