import type { Day, Direction } from "./calendar.ts";
import type { DatePrecision } from "./precision.ts";

export interface Reading {
  readonly value: Day;
  readonly precision: DatePrecision;
}

export interface RuleContext {
  /** The day of publication; null when nobody knows it: then only absolute dates can be read. */
  readonly base: Day | null;
  /** The last day read before this one, in the order of the text. */
  readonly previous: Day | null;
  readonly direction: Direction;
  /** The last month that this sentence has named with its year. */
  readonly told?: Day | null;
}

/** One way to write a date. The group `date` is what is shown; the rest is the context that makes it a date. */
export interface DateRule {
  readonly pattern: RegExp;
  read(groups: Record<string, string | undefined>, context: RuleContext): (Reading | null)[];
}
