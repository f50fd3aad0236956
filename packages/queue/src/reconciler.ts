import { setTimeout as pause } from "node:timers/promises";
import { errorText } from "./clean.ts";
import type { DueSource } from "./due.ts";
import type { Hint, Logger, Queue } from "./types.ts";

interface Limits {
  /** Asked of a source at a time. */
  readonly batch: number;
  /** A job with this many hints in the queue gets no more. */
  readonly depth: number;
}

/**
 * Enqueues, at once and then again and again, whatever is due in Postgres. This alone cures a queue that was emptied,
 * a hint that was lost or came while its job was still running, and a worker that died: its work is enqueued when its
 * lease ends.
 */
export function startReconciler(
  resources: { queue: Queue; logger: Logger },
  sources: readonly DueSource[],
  options: { everySeconds: number; batch?: number; depth?: number },
): AsyncDisposable {
  const { everySeconds, batch = 1000, depth = 5000 } = options;
  const stopping = new AbortController();
  const rounds = async () => {
    while (!stopping.signal.aborted) {
      for (const source of sources) await reconcile(resources, source, { batch, depth });
      const seconds = nextRound(everySeconds, await Promise.all(sources.map(momentOf)));
      await pause(seconds * 1000, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const ended = rounds();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await ended;
    },
  };
}

/** In how many seconds to come again: at the usual time, or just after something falls due before it. */
export function nextRound(everySeconds: number, moments: readonly (number | null)[]): number {
  const early = moments.filter((moment) => moment !== null).map((moment) => moment + 0.05);
  return Math.max(Math.min(everySeconds, ...early), shortestPause);
}

const shortestPause = 0.05;

const momentOf = async (source: DueSource): Promise<number | null> =>
  (await source.secondsUntilNext?.().catch(() => null)) ?? null;

/** One round for one source. Never rejects: the next round comes soon. */
async function reconcile(
  { queue, logger }: { queue: Queue; logger: Logger },
  source: DueSource,
  limits: Limits,
): Promise<void> {
  try {
    const due = await source.due(limits.batch);
    for (const [job, hints] of Map.groupBy(due, (hint) => hint.job)) {
      await feed(queue, logger, job, hints, limits);
    }
  } catch (error) {
    logger.warn({ source: source.job, error: errorText(error) }, "could not enqueue what is due");
  }
}

async function feed(queue: Queue, logger: Logger, job: string, hints: Hint[], limits: Limits) {
  const { waiting, delayed } = await queue.depth(job);
  const room = limits.depth - waiting - delayed;
  if (room <= 0) logger.info({ job, waiting, delayed }, "the queue is full: no more is enqueued");
  else await queue.enqueue(hints.slice(0, room));
}
