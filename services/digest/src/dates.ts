import type { Language } from "./words.ts";

/** A moment in the reader's own time, to the minute. */
export const moment = (at: Date, language: Language, timeZone: string): string =>
  formatter("moment", language, timeZone).format(at);

/** The day of a moment in the reader's own time. */
export const dayOf = (at: Date, language: Language, timeZone: string): string =>
  formatter("day", language, timeZone).format(at);

/** A reported date as precise as it was given: 2022-10-01, 2022-10 or 2022. */
export function reported(date: string, language: Language): string {
  const at = new Date(`${date}${"-01".repeat((10 - date.length) / 3)}T00:00:00Z`);
  if (date.length === 4 || Number.isNaN(at.getTime())) return date;
  return formatter(date.length === 7 ? "month" : "day", language, "UTC").format(at);
}

const day = { day: "numeric", month: "long", year: "numeric" } as const;
const shapes = {
  day,
  month: { month: "long", year: "numeric" },
  moment: {
    ...day,
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

// Making one costs a millisecond and memory that is not the heap's; a digest writes hundreds of dates.
const formatters = new Map<string, Intl.DateTimeFormat>();
const mostFormatters = 500;

function formatter(
  shape: keyof typeof shapes,
  language: Language,
  timeZone: string,
): Intl.DateTimeFormat {
  const name = `${shape} ${language} ${timeZone}`;
  const known = formatters.get(name);
  if (known) return known;
  if (formatters.size >= mostFormatters) formatters.clear();
  const made = new Intl.DateTimeFormat(language, { ...shapes[shape], timeZone });
  formatters.set(name, made);
  return made;
}
