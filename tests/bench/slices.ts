import type { Processor } from "./processor.ts";

/** How fast something went in one slice of time, and how long each call took. */
export interface Slice {
  readonly perSecond: number;
  readonly milliseconds: readonly number[];
  /** Processor time for each event, here and in Postgres, in microseconds. */
  readonly processorUs?: number;
}

/** `callers` call it over and over for a while; one call is worth `events`. */
export async function slice(
  work: (caller: number) => Promise<unknown>,
  options: { callers: number; events: number; forMs: number; processor?: Processor | null },
): Promise<Slice> {
  const { callers, events, forMs, processor } = options;
  const milliseconds: number[] = [];
  const usedBefore = processor?.() ?? Number.NaN;
  const start = performance.now();
  const call = async (caller: number) => {
    for (let begun = start; begun - start < forMs; ) {
      await work(caller);
      const now = performance.now();
      milliseconds.push(now - begun);
      begun = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  const seconds = (performance.now() - start) / 1000;
  const total = milliseconds.length * events;
  const processorUs = (((processor?.() ?? Number.NaN) - usedBefore) * 1_000) / total;
  return { perSecond: total / seconds, milliseconds, processorUs };
}

/** A slice each, round after round, every round beginning with another: what disturbs the machine disturbs all alike. */
export async function interleave<K extends string>(
  contenders: Readonly<Record<K, () => Promise<Slice>>>,
  rounds: number,
): Promise<Record<K, Slice[]>> {
  const names = Object.keys(contenders) as K[];
  const found = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    K,
    Slice[]
  >;
  for (const name of names) await contenders[name](); // to warm up
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length];
      if (name) found[name].push(await contenders[name]());
    }
  }
  return found;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Median over the rounds of what `a` reached as a multiple of `b`. */
export const ratio = (a: readonly Slice[], b: readonly Slice[]): number =>
  median(a.map((one, round) => one.perSecond / (b[round]?.perSecond ?? Number.NaN)));

export const speed = (slices: readonly Slice[]): number =>
  median(slices.map((one) => one.perSecond));

export const processorUs = (slices: readonly Slice[]): number =>
  median(slices.map((one) => one.processorUs ?? Number.NaN));

export const p99 = (slices: readonly Slice[]): number =>
  percentile(
    slices.flatMap((one) => one.milliseconds),
    0.99,
  );
