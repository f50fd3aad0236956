/** Days of publication, newest first, in windows that grow: most words are found in the first. */
export interface Window {
  /** What the words of these days carry, as a tsquery; null for all that was published before the others. */
  days: string | null;
  before: Date;
}

const dayMs = 86_400_000;
const firstDays = 8;
/** What then comes back to the start of the quarter before this one; and so many months each. */
const quarter = 3;
const months = [6, 12, 36, 120];

/** What is put beside the words of something published on this day: capitals, which no searched word has. */
export const dayMark = (date: Date): string => `D${date.toISOString().slice(0, 10)}`;

/** Months since the year 0. */
const monthOf = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
const startOf = (month: number): Date => new Date(Date.UTC(Math.floor(month / 12), month % 12, 1));
const monthMark = (month: number): string => `M${startOf(month).toISOString().slice(0, 7)}`;
const yearOf = (month: number): string => monthMark(month).slice(1, 5);
const quarterMark = (month: number): string =>
  `Q${yearOf(month)}-${Math.floor((month % 12) / quarter) + 1}`;

/**
 * The marks of these months, both included, newest first; as few as there are, for each is a list that the index goes
 * through: whole years and quarters have marks of their own.
 */
function marksOf(first: number, last: number): string[] {
  const marks: string[] = [];
  const mostOf = (month: number): number =>
    [12, quarter].find((count) => (month + 1) % count === 0 && month + 1 - count >= first) ?? 1;
  for (let month = last; month >= first; ) {
    const count = mostOf(month);
    const mark = { 12: `Y${yearOf(month)}`, 3: quarterMark(month) }[count] ?? monthMark(month);
    marks.push(mark);
    month -= count;
  }
  return marks;
}

/**
 * Windows that end with this day; nothing after it is found in those that have days. With a first day they go back no
 * further than its month: what a window finds besides what was asked would only take its place.
 */
export function* windowsBefore(last: Date, first: Date | null = null): Generator<Window> {
  const [firstDay, firstMonth] = first ? [dayMark(first), monthOf(first)] : ["", 0];
  const days = Array.from({ length: firstDays }, (_, nth) =>
    dayMark(new Date(last.getTime() - nth * dayMs)),
  );
  for (const marks of [days, daysUntil(last).slice(firstDays)]) {
    const wanted = marks.filter((mark) => mark >= firstDay);
    if (wanted.length > 0) yield { days: anyOf(wanted), before: last };
  }
  let end = monthOf(last); // where the window after it begins
  for (const count of [(end % quarter) + quarter, ...months]) {
    const wanted = marksOf(Math.max(end - count, firstMonth), end - 1);
    if (wanted.length > 0) yield { days: anyOf(wanted), before: last };
    end -= count;
  }
  const oldest = { days: null, before: startOf(end) };
  if (first === null || first < oldest.before) yield oldest;
}

/** Days that end with this one: a look at whether something is common. */
export function lately(last: Date): string {
  const month = monthOf(last);
  return anyOf([...daysUntil(last), ...marksOf(month - 3, month - 1)]);
}

const daysUntil = (last: Date): string[] =>
  Array.from({ length: last.getUTCDate() }, (_, nth) =>
    dayMark(new Date(last.getTime() - nth * dayMs)),
  );

const anyOf = (marks: readonly string[]): string => marks.map((mark) => `'${mark}'`).join(" | ");
