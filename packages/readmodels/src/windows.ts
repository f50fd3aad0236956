/** Days of publication, newest first, in windows that grow: most words are found in the first. */
export interface Window {
  /** What the words of these days carry, as a tsquery; null for all that was published before the others. */
  days: string | null;
  before: Date;
}

const dayMs = 86_400_000;
const firstDays = 8;
/** Then so many months each. */
const months = [1, 2, 4, 12, 36];

/** What is put beside the words of something published on this day: capitals, which no searched word has. */
export const dayMark = (date: Date): string => `D${date.toISOString().slice(0, 10)}`;
const monthMark = (date: Date): string => `M${date.toISOString().slice(0, 7)}`;

/** Windows that end with this day. */
export function* windowsBefore(last: Date): Generator<Window> {
  const days = Array.from(
    { length: firstDays },
    (_, nth) => new Date(last.getTime() - nth * dayMs),
  );
  yield { days: anyOf(days.map(dayMark)), before: last };
  // The month of the newest day is looked at again as a whole: what was found is not found twice.
  let [year, month] = [last.getUTCFullYear(), last.getUTCMonth()];
  for (const count of months) {
    const marks = Array.from({ length: count }, (_, nth) =>
      monthMark(new Date(Date.UTC(year, month - nth, 1))),
    );
    yield { days: anyOf(marks), before: last };
    month -= count;
    year += Math.floor(month / 12);
    month = ((month % 12) + 12) % 12;
  }
  yield { days: null, before: new Date(Date.UTC(year, month + 1, 1)) };
}

const anyOf = (marks: readonly string[]): string => marks.map((mark) => `'${mark}'`).join(" | ");
