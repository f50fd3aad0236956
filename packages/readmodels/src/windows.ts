/** Days of publication, newest first, in windows that grow: most words are found in the first. */
export interface Window {
  /** What the words of these days carry, as a tsquery; null for all that was published before the others. */
  days: string | null;
  before: Date;
}

const dayMs = 86_400_000;
const firstDays = 8;
/** Then the rest of the month, and so many months each. */
const months = [2, 3, 6, 12, 36, 120];

/** What is put beside the words of something published on this day: capitals, which no searched word has. */
export const dayMark = (date: Date): string => `D${date.toISOString().slice(0, 10)}`;
const monthMark = (date: Date): string => `M${date.toISOString().slice(0, 7)}`;

/**
 * Windows that end with this day; nothing after it is found in those that have days. With a first day they go back no
 * further: what a window finds besides what was asked would only take its place.
 */
export function* windowsBefore(last: Date, first: Date | null = null): Generator<Window> {
  const [firstDay, firstMonth] = first ? [dayMark(first), monthMark(first)] : ["", ""];
  const days = Array.from({ length: firstDays }, (_, nth) =>
    dayMark(new Date(last.getTime() - nth * dayMs)),
  );
  for (const marks of [days, daysUntil(last).slice(firstDays)]) {
    const wanted = marks.filter((mark) => mark >= firstDay);
    if (wanted.length > 0) yield { days: anyOf(wanted), before: last };
  }
  let before = 1; // months
  for (const count of months) {
    const marks = Array.from({ length: count }, (_, nth) => monthMark(back(last, before + nth)));
    const wanted = marks.filter((mark) => mark >= firstMonth);
    if (wanted.length > 0) yield { days: anyOf(wanted), before: last };
    before += count;
  }
  const oldest = { days: null, before: back(last, before - 1) };
  if (first === null || first < oldest.before) yield oldest;
}

/** The start of the month that lies so many before the one of this day. */
const back = (last: Date, count: number): Date =>
  new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - count, 1));

/** Days that end with this one: a look at whether something is common. */
export function lately(last: Date): string {
  const before = [1, 2, 3].map((count) => monthMark(back(last, count)));
  return anyOf([...daysUntil(last), ...before]);
}

const daysUntil = (last: Date): string[] =>
  Array.from({ length: last.getUTCDate() }, (_, nth) =>
    dayMark(new Date(last.getTime() - nth * dayMs)),
  );

const anyOf = (marks: readonly string[]): string => marks.map((mark) => `'${mark}'`).join(" | ");
