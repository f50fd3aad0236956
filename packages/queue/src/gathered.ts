import { setTimeout as pause } from "node:timers/promises";

interface Gathering {
  readonly largest: number;
  readonly lanes?: number;
  readonly restMs?: number;
}

interface Waiting<A, R> {
  readonly asked: A;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers the calls that arrive while others are under way, and makes them one: a round trip for many polls. When a call
 * of many fails, each is made alone, so that one cannot fail its neighbours. `lanes` calls at most are under way at once:
 * with two, there is work to do while the other waits for the disk. With `restMs`, a call that is not full begins no sooner
 * than so long after the one before: under a stream of calls, each then stands for several.
 */
export function gathered<A, R>(
  run: (asked: readonly A[]) => Promise<readonly R[]>,
  { largest, lanes = 1, restMs = 0 }: Gathering,
): (asked: A) => Promise<R> {
  let waiting: Waiting<A, R>[] = [];
  let busy = 0;
  let starting = false;
  let begunAt = Number.NEGATIVE_INFINITY;

  const settle = async (batch: readonly Waiting<A, R>[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ asked }) => asked));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as R);
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await settle([one]);
    }
  };
  const work = async (): Promise<void> => {
    busy += 1;
    while (waiting.length > 0) {
      const rest = begunAt + restMs - performance.now();
      if (rest > 0 && waiting.length < largest) await pause(rest);
      begunAt = performance.now();
      const batch = waiting.slice(0, largest);
      waiting = waiting.slice(largest);
      await settle(batch);
    }
    busy -= 1;
  };
  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (starting || busy === lanes) return;
      starting = true;
      // Whoever asks in this turn of the loop comes along.
      setImmediate(() => {
        starting = false;
        void work();
      });
    });
}
