import { setTimeout as pause } from "node:timers/promises";
import type { JobDefinition } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import { errorText } from "./clean.ts";
import { gathered } from "./gathered.ts";
import { keepLease } from "./keep-lease.ts";
import {
  admit,
  claim,
  Fenced,
  finish,
  giveBack,
  type Lease,
  postpone,
  quarantine,
} from "./lease.ts";
import { pauseAfter, RetryLater } from "./retry.ts";
import type { Database, Job, Logger, Queue } from "./types.ts";

export interface WorkResources {
  readonly queue: Queue;
  readonly db: Database;
  readonly logger: Logger;
}

/** What a handler knows of the try it is. */
export interface WorkContext {
  /** Aborts when the lease is lost, or when the process stops and has waited long enough. */
  readonly signal: AbortSignal;
  /** How often this work was started, this time included. */
  readonly starts: number;
  /** True on the last try: failing now puts the work aside. */
  readonly lastStart: boolean;
  /** Marks the work done in the transaction of its effects; throws Fenced when the lease was lost. */
  finish(trx: AnyTransaction): Promise<void>;
}

export interface WorkerOptions<D> {
  concurrency: number;
  /** Work of a process that died is taken up by another after this time. Renewed while the handler runs. */
  leaseSeconds?: number;
  /** Does the work. One that returns without `finish` has nothing to write: the work is marked done for it. */
  handle(data: D, context: WorkContext): Promise<void>;
  /** Runs in the transaction that puts the work aside, after its last try. */
  onExhausted?(data: D, error: Error, trx: AnyTransaction): Promise<void>;
  /** The pause after the n-th failed start, before jitter. */
  backoffSeconds?(starts: number): number;
}

type DataOf<J extends JobDefinition> = ReturnType<J["request"]>["data"];

/**
 * Does the work of one job: takes hints from the queue, claims the row, runs the handler, and records how it ended.
 * Disposing it takes no more and lets what is in hand end.
 */
export function startWorker<J extends JobDefinition>(
  resources: WorkResources,
  definition: J,
  options: WorkerOptions<DataOf<J>>,
): AsyncDisposable {
  const { leaseSeconds = defaultLeaseSeconds } = options;
  // Whatever is taken up in one turn of the loop shares a round trip.
  const take = gathered(
    (keys: readonly string[]) => claim(resources.db, definition.name, keys, leaseSeconds),
    { largest: 64, restMs: 20 },
  );
  const work = (job: Job, stopping: AbortSignal) =>
    workOn({ ...resources, definition, options, leaseSeconds, take }, job, stopping);
  return resources.queue.work(definition.name, work, { concurrency: options.concurrency });
}

interface Station<D> extends WorkResources {
  readonly definition: JobDefinition;
  readonly options: WorkerOptions<D>;
  readonly leaseSeconds: number;
  readonly take: (key: string) => Promise<Lease | null>;
}

/** What a context that was handed out stands for. */
const held = new WeakMap<WorkContext, { readonly lease: Lease; ends(): void }>();

/** Marks several works done in the one transaction of their effects; throws Fenced when one of the leases was lost. */
export async function finishAll(
  trx: AnyTransaction,
  contexts: readonly WorkContext[],
): Promise<void> {
  const works = contexts.map((context) => {
    const work = held.get(context);
    if (!work) throw new TypeError("finish work: this context is not one that a worker gave out");
    return work;
  });
  await finish(
    trx,
    works.map(({ lease }) => lease),
  );
  for (const work of works) work.ends();
}

async function workOn<D>(station: Station<D>, job: Job, stopping: AbortSignal): Promise<void> {
  const { db, definition, options, logger, leaseSeconds } = station;
  const lease = await claimOrWait(station, job, stopping);
  if (!lease) return; // done, not due yet, or in other hands
  const parsed = definition.schema.safeParse(lease.data);
  if (!parsed.success) return putAside(station, lease, parsed.error);
  const data = parsed.data as D;
  const end = hopeless(lease, definition.attempts);
  if (end) return exhaust(station, lease, data, end);
  using keeper = keepLease({ db, logger }, lease, leaseSeconds);
  let finished = false;
  try {
    const context: WorkContext = {
      signal: AbortSignal.any([stopping, keeper.signal]),
      starts: lease.starts,
      lastStart: lease.failures + 1 >= definition.attempts,
      finish: (trx) => finishAll(trx, [context]),
    };
    held.set(context, {
      lease,
      ends() {
        // The row is locked until the handler's transaction ends: a renewal would only wait for it.
        keeper.stop();
        finished = true;
      },
    });
    await options.handle(data, context);
    if (!finished) await finish(db, [lease]);
  } catch (error) {
    keeper.stop();
    await failed(
      station,
      lease,
      data,
      keeper.signal.aborted ? keeper.signal.reason : error,
      stopping,
    );
  }
}

/**
 * A try that failed speaks against the work; a death only so much: whatever else was in that process' hands died with it. What
 * may be tried more often than this may die as often, too.
 */
const leastDeaths = 10;

/** Renewed at every third. With the second that others need to find it, a dead process' work waits for 8 s at most. */
const defaultLeaseSeconds = 7;

async function claimOrWait<D>({ take }: Station<D>, job: Job, stopping: AbortSignal) {
  try {
    return await take(job.key);
  } catch (error) {
    // While the database is away, hints would otherwise be used up as fast as they can be read.
    await pause(1000, undefined, { signal: stopping }).catch(() => {});
    throw error;
  }
}

async function failed<D>(
  station: Station<D>,
  lease: Lease,
  data: D,
  error: unknown,
  stopping: AbortSignal,
): Promise<void> {
  const { db, definition, options, logger, queue } = station;
  const { job, key, starts } = lease;
  const failures = lease.failures + 1;
  if (error instanceof Fenced) {
    logger.warn({ job, key, starts }, "work was taken over by another worker");
    return;
  }
  if (stopping.aborted) return giveBack(db, lease);
  if (error instanceof RetryLater && error.blameless) {
    logger.warn({ job, key, starts, error: errorText(error) }, "work waits for what it needs");
    return giveBack(db, lease, pauseAfter(error, failures, 0), errorText(error));
  }
  if (failures >= definition.attempts) {
    await admit(db, lease, errorText(error));
    return exhaust(station, lease, data, asError(error));
  }
  const retryInSeconds = pauseAfter(error, failures, Math.random(), options.backoffSeconds);
  await postpone(db, lease, retryInSeconds, errorText(error));
  const { attempts } = definition;
  logger.warn(
    { job, key, starts, attempts, retryInSeconds, error: errorText(error) },
    "work failed and will be tried again",
  );
  if (retryInSeconds > hintedPauseSeconds) return;
  const delayMs = retryInSeconds * 1000 + clockSlackMs;
  await queue
    .enqueue([{ job, key, data: lease.data, attempt: starts }], { delayMs })
    .catch((cause) => logger.debug({ job, key, error: errorText(cause) }, "no hint for a retry"));
}

/** A hint that waits takes room in the queue: not for longer than this. The reconciler finds the work when it is due. */
const hintedPauseSeconds = 60;
/** The queue's clock and Postgres' differ a little; a hint that comes early is wasted. */
const clockSlackMs = 50;

async function exhaust<D>(station: Station<D>, lease: Lease, data: D, error: Error): Promise<void> {
  const { db, options, logger } = station;
  const { job, key, starts } = lease;
  await db.transaction().execute(async (trx) => {
    await quarantine(trx, lease, errorText(error));
    await options.onExhausted?.(data, error, trx);
  });
  logger.error({ job, key, starts, error: errorText(error) }, "work failed for good: put aside");
}

/** A row whose data no longer fits its job: nobody can do it, and nothing typed can be told to `onExhausted`. */
async function putAside<D>({ db, logger }: Station<D>, lease: Lease, error: unknown) {
  const { job, key } = lease;
  await db.transaction().execute((trx) => quarantine(trx, lease, errorText(error)));
  logger.error({ job, key, error: errorText(error) }, "work that cannot be read: put aside");
}

/** Why it is not even started again; null: it is. */
function hopeless({ starts, failures, lastError }: Lease, attempts: number): Error | null {
  if (failures >= attempts) return new Error(lastError ?? "it failed");
  const deaths = starts - 1 - failures;
  if (deaths < Math.max(leastDeaths, attempts)) return null;
  return new Error(
    `${deaths} starts and no end: each time the process died or lost its lease` +
      (lastError === null ? "" : `; besides: ${lastError}`),
  );
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
