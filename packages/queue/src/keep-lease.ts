import { errorText } from "./clean.ts";
import { Fenced, type Lease, renew } from "./lease.ts";
import type { Database, Logger } from "./types.ts";

/** Holds a lease for as long as the work goes on: asks for more of it at every third. */
export interface LeaseKeeper extends Disposable {
  /** Aborts when the lease is lost, or must be taken for lost because Postgres could not be asked in time. */
  readonly signal: AbortSignal;
  stop(): void;
}

export function keepLease(
  { db, logger }: { db: Database; logger: Logger },
  lease: Lease,
  leaseSeconds: number,
): LeaseKeeper {
  const lost = new AbortController();
  let heldSince = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const again = () => {
    timer = setTimeout(() => void extend(), (leaseSeconds * 1000) / 3);
  };
  const extend = async () => {
    const asked = performance.now();
    try {
      if (await renew(db, lease, leaseSeconds)) heldSince = asked;
      else if (!stopped) lost.abort(new Fenced(lease.job, lease.key));
    } catch (error) {
      logger.warn(
        { job: lease.job, key: lease.key, error: errorText(error) },
        "a lease could not be renewed",
      );
      const expired = performance.now() - heldSince >= leaseSeconds * 1000;
      if (expired && !stopped) lost.abort(new Fenced(lease.job, lease.key));
    }
    if (!stopped && !lost.signal.aborted) again();
  };
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  again();
  return { signal: lost.signal, stop, [Symbol.dispose]: stop };
}
