import type { Language } from "./words.ts";

/** A moment in the reader's own time, to the minute. */
export const moment = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language, {
    timeZone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);

/** The day of a moment in the reader's own time. */
export const dayOf = (at: Date, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language, {
    timeZone,
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(at);

/** A reported date as precise as it was given: 2022-10-01, 2022-10 or 2022. */
export function reported(date: string, language: Language): string {
  const at = new Date(`${date}${"-01".repeat((10 - date.length) / 3)}T00:00:00Z`);
  if (date.length === 4 || Number.isNaN(at.getTime())) return date;
  const month = { month: "long", year: "numeric", timeZone: "UTC" } as const;
  const parts = date.length === 7 ? month : ({ ...month, day: "numeric" } as const);
  return new Intl.DateTimeFormat(language, parts).format(at);
}
