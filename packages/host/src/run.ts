import type { Resources, Service } from "./types.ts";

export interface RunOptions {
  /** Time for all services together to finish their work in hand. Supervisors kill after 30 s. */
  readonly stopWithinMs?: number;
}

interface Started {
  readonly name: string;
  readonly running: AsyncDisposable;
}

/** Starts services in order, waits for the signal, stops them in reverse. A service that cannot start stops the others. */
export async function run(
  services: readonly Service[],
  resources: Resources,
  signal: AbortSignal,
  options: RunOptions = {},
): Promise<void> {
  const started: Started[] = [];
  try {
    for (const service of services) {
      if (signal.aborted) return;
      started.push({ name: service.name, running: await start(service, resources) });
      resources.logger.info({ service: service.name }, "started");
    }
    await aborted(signal);
  } finally {
    await stopAll(started, resources, options.stopWithinMs ?? 25_000);
  }
}

async function start(service: Service, resources: Resources): Promise<AsyncDisposable> {
  const logger = resources.logger.child({ service: service.name });
  try {
    return await service.start({ ...resources, logger });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`start ${service.name}: ${reason}`, { cause });
  }
}

/** Each may use what the ones before it left, but a share stays reserved for those still to come. */
async function stopAll(
  started: readonly Started[],
  { logger }: Resources,
  withinMs: number,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  const order = started.toReversed();
  for (const [index, { name, running }] of order.entries()) {
    const reserved = ((order.length - index - 1) * withinMs) / (2 * order.length);
    const patience = Math.max(deadline - performance.now() - reserved, 0);
    try {
      const outcome = await within(running[Symbol.asyncDispose](), patience);
      if (outcome === "late")
        logger.warn({ service: name }, "did not stop in time; what it left is taken up next time");
      else logger.info({ service: name }, "stopped");
    } catch (err) {
      logger.error({ service: name, err }, "failed while stopping");
    }
  }
}

async function within(work: PromiseLike<void>, ms: number): Promise<"done" | "late"> {
  const { promise, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(() => resolve("late"), ms);
  try {
    return await Promise.race([Promise.resolve(work).then(() => "done" as const), promise]);
  } finally {
    clearTimeout(timer);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
