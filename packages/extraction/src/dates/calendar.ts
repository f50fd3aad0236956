import type { DatePrecision } from "./precision.ts";

/** A day without time and zone, as UTC midnight. */
export type Day = Date;

export const day = (year: number, month: number, date: number): Day =>
  new Date(Date.UTC(year, month - 1, date));

export const addDays = (from: Day, days: number): Day =>
  new Date(from.getTime() + days * 86_400_000);

export const addMonths = (from: Day, months: number): Day =>
  new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));

/** The day that a publication time names, by its own zone; null when there is none. */
export function dayOf(publishedAt: string | null): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(publishedAt ?? "");
  return match ? validDay(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

export function validDay(year: number, month: number, date: number): Day | null {
  const made = day(year, month, date);
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date ? made : null;
}

/** 10, 7 or 4 characters, by how much the text says. */
export const iso = (value: Day, precision: DatePrecision): string =>
  value.toISOString().slice(0, { day: 10, month: 7, year: 4 }[precision]);

/** Whether a date without its year or week lies behind us or ahead. */
export type Direction = "past" | "future";

/** The year in which month and date come nearest to `base` in that direction; the day itself counts for both. */
export function nearestYear(base: Day, month: number, date: number, direction: Direction): number {
  const year = base.getUTCFullYear();
  const same = day(year, month, date);
  if (direction === "past") return same > addDays(base, 1) ? year - 1 : year;
  return same < base ? year + 1 : year;
}

export function nearestMonth(base: Day, month: number, direction: Direction): Day {
  const year = base.getUTCFullYear();
  const current = base.getUTCMonth() + 1;
  if (direction === "past") return day(month > current ? year - 1 : year, month, 1);
  return day(month < current ? year + 1 : year, month, 1);
}

/** `strict` leaves the base day itself out: "last Tuesday", "el próximo martes". */
export function nearestWeekday(
  base: Day,
  weekday: number,
  direction: Direction,
  strict: boolean,
): Day {
  const ahead = (weekday - base.getUTCDay() + 7) % 7;
  if (direction === "future") return addDays(base, ahead === 0 && strict ? 7 : ahead);
  const behind = (7 - ahead) % 7;
  return addDays(base, -(behind === 0 && strict ? 7 : behind));
}
