/** The value below which this share of all lies (nearest rank); null when there are none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** Milliseconds as a person reads them. */
export const seconds = (ms: number | null): string =>
  ms === null ? "–" : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

/** `p50 0.31 s, p95 0.82 s, most 1.2 s (of 50)` */
export const spread = (ms: readonly number[]): string =>
  ms.length === 0
    ? "none measured"
    : `p50 ${seconds(percentile(ms, 0.5))}, p95 ${seconds(percentile(ms, 0.95))}, most ${seconds(Math.max(...ms))} (of ${ms.length})`;
