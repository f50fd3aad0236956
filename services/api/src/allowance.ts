/** What one client may ask: a bucket that holds `burst` requests and is refilled evenly. */
export interface Allowance {
  /** Takes one; says how many are left, or after how many seconds to come again. */
  take(client: string, nowMs: number): { left: number; retryAfterSeconds: number };
  readonly burst: number;
  readonly perMinute: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** So many clients are remembered; beyond that, those that came first are forgotten. */
const mostClients = 10_000;

export function openAllowance(perMinute: number, burst = Math.ceil(perMinute / 5)): Allowance {
  const buckets = new Map<string, Bucket>();
  const perMs = perMinute / 60_000;
  return {
    burst,
    perMinute,
    take(client, nowMs) {
      const { left, at } = buckets.get(client) ?? { left: burst, at: nowMs };
      const filled = Math.min(burst, left + Math.max(0, nowMs - at) * perMs);
      const taken = filled >= 1;
      buckets.delete(client); // put back at the end: the order is that of last use
      buckets.set(client, { left: taken ? filled - 1 : filled, at: nowMs });
      const [oldest] = buckets.keys();
      if (buckets.size > mostClients && oldest !== undefined) buckets.delete(oldest);
      return {
        left: taken ? Math.floor(filled - 1) : 0,
        retryAfterSeconds: taken ? 0 : Math.ceil((1 - filled) / perMs / 1000),
      };
    },
  };
}
