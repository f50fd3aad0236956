import { setTimeout as pause } from "node:timers/promises";
import { lastPosition, type Tail, type TailQuestion, tail } from "@newsledger/readmodels";
import type { ApiContext } from "./context.ts";

/** What is appended, for everyone who listens: they share one watch over the ledger, and equal questions. */
export interface LiveTail {
  /** What stands behind the position. */
  read(question: TailQuestion): Promise<Tail>;
  /** Resolves when there is something behind the position, after `withinMs`, or when the signal is aborted. */
  moved(beyond: bigint, withinMs: number, signal: AbortSignal): Promise<void>;
}

interface Listener {
  beyond: bigint;
  release(): void;
}

const shortestMs = 10;
const longestMs = 1_000;

export function openLiveTail({ db, log, logger }: Watched): LiveTail {
  const listeners = new Set<Listener>();
  let watching = false;

  async function watch(): Promise<void> {
    let waitMs = shortestMs;
    while (listeners.size > 0) {
      const appended = log.nextWake(longestMs).then(() => true); // before the look, or a wake-up is missed
      try {
        const last = await lastPosition(db);
        for (const listener of [...listeners]) if (listener.beyond < last) listener.release();
      } catch (error) {
        logger.warn({ err: error }, "looking for what was appended failed; trying again");
      }
      // The read models follow an append by some milliseconds: look again soon, then ever less often.
      const rang = await Promise.race([appended, pause(waitMs, false)]);
      waitMs = rang ? shortestMs : Math.min(longestMs, waitMs * 2);
    }
    watching = false;
  }

  return {
    read: together((question) => tail(db, question)),
    async moved(beyond, withinMs, signal) {
      if (signal.aborted) return;
      await new Promise<void>((resolve) => {
        const release = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", release);
          listeners.delete(listener);
          resolve();
        };
        const listener = { beyond, release };
        const timer = setTimeout(release, withinMs);
        signal.addEventListener("abort", release);
        listeners.add(listener);
        if (watching) return;
        watching = true;
        void watch();
      });
    },
  };
}

type Watched = Pick<ApiContext, "db" | "log" | "logger">;

/** Whoever asks the same at the same time gets the same answer: two hundred listeners cost one query. */
function together(read: (question: TailQuestion) => Promise<Tail>): LiveTail["read"] {
  const running = new Map<string, Promise<Tail>>();
  return (question) => {
    const key = JSON.stringify({ ...question, after: String(question.after) });
    const same = running.get(key);
    if (same) return same;
    const answer = read(question).finally(() => running.delete(key));
    running.set(key, answer);
    return answer;
  };
}
