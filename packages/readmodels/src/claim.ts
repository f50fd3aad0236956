import type { OccurrenceCode, Participant } from "@newsledger/core";
import type { Report } from "./view.ts";

/** One article's statement that something was done to someone. */
export interface Claim {
  code: OccurrenceCode;
  /** 2021-12-07, 2021-12, 2021, or null when the text does not say. */
  date: string | null;
  place: Participant | null;
  targetIds: readonly string[];
  sentence: string;
  /** Where the sentence stands in the text: news stands at the top, background below. */
  startsAt: number;
  /** When the world could read it. */
  publicAt: Date;
  report: Report;
}
