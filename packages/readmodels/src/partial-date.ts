/** Dates as sources give them: a day, a month or a year, by the length of the text. */

const dayMs = 86_400_000;

export const isPartialDate = (text: string): boolean =>
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text);

export const firstDay = (date: string): string => `${date}-01-01`.slice(0, 10);

/** The last day that the text may mean: of 2021, the 31st of December. */
export function lastDay(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 12] = date.split("-").map(Number);
  return dayOf(new Date(Date.UTC(year, month, 0)));
}

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
