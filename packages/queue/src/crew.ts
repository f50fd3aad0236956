import { setTimeout as pause } from "node:timers/promises";
import type { Consumer } from "./store.ts";

/** How long a server gets to close a connection in good order. */
export const goodbyeMs = 2_000;

/** A BullMQ worker that is made anew for as long as its first connection fails: BullMQ itself would never recover. */
export function startCrew(make: () => Consumer, onError: (error: Error) => void) {
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
export async function orAfter<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController();
  const late = pause(ms, undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}
