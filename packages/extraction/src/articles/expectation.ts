import type { OccurrenceCode } from "@newsledger/core";

/** An article in our own words, and what a careful reader takes from it. */
export interface Expectation {
  readonly about: string;
  readonly publishedAt: string;
  readonly title: string;
  readonly text: string;
  readonly topics: readonly string[];
  readonly persons: readonly string[];
  readonly orgs: readonly string[];
  readonly places: readonly string[];
  readonly dates: readonly string[];
  /** Must be found: code, actors, targets, date. */
  readonly events?: readonly [OccurrenceCode, readonly string[], readonly string[], string?][];
  /** Must not be found: what was demanded, denied, planned. */
  readonly notEvents?: readonly OccurrenceCode[];
  /** First words of the quote and its speaker. */
  readonly quotes?: readonly [string, string | undefined][];
}
