interface Waiting<A, R> {
  readonly asked: A;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers the calls that arrive while one is under way, and makes them one: a round trip for many polls. When a call of
 * many fails, each is made alone, so that one cannot fail its neighbours.
 */
export function gathered<A, R>(
  run: (asked: readonly A[]) => Promise<readonly R[]>,
  { largest }: { readonly largest: number },
): (asked: A) => Promise<R> {
  let waiting: Waiting<A, R>[] = [];
  let busy = false;

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
    busy = true;
    // Whoever asks in this turn of the loop comes along.
    await new Promise<void>((turn) => setImmediate(turn));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largest);
      waiting = waiting.slice(largest);
      await settle(batch);
    }
    busy = false;
  };
  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (!busy) void work();
    });
}
