import { Problem } from "../problem.ts";

export type Unit = "day" | "month";

/** The days that the slider of a case goes through, and how: from the first thing told of it until today. */
export interface Stops {
  /** A young case by days; an older one by the ends of its months, as thousands of days would be too narrow to hit. */
  unit: Unit;
  from: string;
  to: string;
}

export const parameters: Readonly<Record<Unit, string>> = { day: "at_day", month: "at_month" };

const dayMs = 86_400_000;
const youngMonths = 12;

/**
 * A slider can only say a number. Both kinds are counted from January 1970, not from the case's beginning: what was found
 * between the making of a page and its answer does not shift them.
 */
export function numberOf(unit: Unit, day: string): number {
  return unit === "day"
    ? Math.round(Date.parse(day) / dayMs)
    : (Number(day.slice(0, 4)) - 1970) * 12 + Number(day.slice(5, 7)) - 1;
}

/** The day of that number; of a month, its last. The script of the page does the same. */
export function dayAt(unit: Unit, number: number): string {
  const time = unit === "day" ? Date.UTC(1970, 0, 1 + number) : Date.UTC(1970, number + 1, 0);
  return new Date(time).toISOString().slice(0, 10);
}

/** Null where there is nothing to go through. */
export function stopsOf(firstMonth: string | undefined, today: string): Stops | null {
  if (firstMonth === undefined) return null;
  // What is dated before 1970 is reached by the field for a day.
  const from = firstMonth < "1970" ? "1970-01-01" : `${firstMonth}-01`;
  if (from >= today) return null;
  const months = numberOf("month", today) - numberOf("month", from);
  return { unit: months > youngMonths ? "month" : "day", from, to: today };
}

export const endsOf = ({ from, to }: Stops, unit: Unit): { first: number; last: number } => ({
  first: numberOf(unit, from),
  last: numberOf(unit, to),
});

/** Where the slider stands while this day is looked at. */
export function stopFor(stops: Stops, asOf: string | undefined): number {
  const { first, last } = endsOf(stops, stops.unit);
  if (asOf === undefined) return last;
  return Math.min(Math.max(numberOf(stops.unit, asOf), first), last);
}

export const isMoved = (query: URLSearchParams): boolean =>
  Object.values(parameters).some((name) => query.has(name));

/** What is asked once a slider was moved: its number becomes the day, all else stays. Its last stop is the present. */
export function movedTo(query: URLSearchParams, stops: Stops | null): URLSearchParams {
  const asked = new URLSearchParams(query);
  const day = dayAsked(query, stops);
  for (const name of [...Object.values(parameters), "as_of"]) asked.delete(name);
  if (day !== null) asked.set("as_of", day);
  return asked;
}

function dayAsked(query: URLSearchParams, stops: Stops | null): string | null {
  const [given, ...more] = (["day", "month"] as const).flatMap((unit) =>
    query.getAll(parameters[unit]).map((text) => ({ unit, text })),
  );
  if (!given || more.length > 0)
    throw new Problem(400, "The slider stands in one place: give at_month or at_day, and once.");
  const { unit, text } = given;
  if (!stops)
    throw new Problem(400, `${parameters[unit]}: this case has no past to go through yet.`);
  const { first, last } = endsOf(stops, unit);
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= first && number <= last))
    throw new Problem(
      400,
      `${parameters[unit]}: give a whole number from ${first} to ${last} (${unit}s since 1 January 1970), or a day as as_of=2021-12-31.`,
    );
  return number === last ? null : dayAt(unit, number);
}
