/** Spans and days in words, for sentences that people read. */

const units: readonly (readonly [name: string, seconds: number])[] = [
  ["year", 365.25 * 86_400],
  ["month", 30.44 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 years", "2 days", "40 minutes": the largest unit that fits at least one and a half times, so little is lost. */
export function span(seconds: number): string {
  const [name, size] = units.find(([, each]) => seconds >= 1.5 * each) ?? ["minute", 60];
  const count = Math.max(1, Math.round(seconds / size));
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

export const dayOf = (time: Date | string): string => new Date(time).toISOString().slice(0, 10);
