import {
  addDays,
  addMonths,
  day,
  nearestMonth,
  nearestWeekday,
  nearestYear,
  validDay,
} from "./calendar.ts";
import type { Reading, RuleContext } from "./rule.ts";
import { monthNumber, numberOf, weekdayNumber } from "./words.ts";

type Groups = Record<string, string | undefined>;

/** Day and month, with or without a year; `until` is the second day of a range. */
export function monthDay(groups: Groups, context: RuleContext): (Reading | null)[] {
  const month = monthNumber(groups.month);
  const dates = [groups.day, groups.until].flatMap((one) => (one ? [ordinal(one)] : []));
  return dates.map((date) => {
    const year = groups.year
      ? Number(groups.year)
      : (yearOfStory(context, month) ??
        (context.base && nearestYear(context.base, month, date, context.direction)));
    const value = year ? validDay(year, month, date) : null;
    return value && { value, precision: "day" };
  });
}

/** "in January 2018 … on Feb. 7": what is told after a dated month goes on in its year, when the calendar does. */
function yearOfStory({ told, base, direction }: RuleContext, month: number): number | null {
  if (!told || !base || direction !== "past") return null;
  const isEarlier = told.getUTCFullYear() < base.getUTCFullYear();
  return isEarlier && month > told.getUTCMonth() + 1 ? told.getUTCFullYear() : null;
}

const ordinal = (word: string): number => (/^primero$/i.test(word) ? 1 : Number.parseInt(word, 10));

export const isoDay = (groups: Groups): (Reading | null)[] => {
  const value = validDay(Number(groups.year), Number(groups.month), Number(groups.day));
  return [value && { value, precision: "day" }];
};

export function monthOnly(groups: Groups, context: RuleContext): (Reading | null)[] {
  const month = monthNumber(groups.month);
  if (groups.year) return [{ value: day(Number(groups.year), month, 1), precision: "month" }];
  if (!context.base) return [null];
  const direction = directed(groups, context);
  return [{ value: nearestMonth(context.base, month, direction), precision: "month" }];
}

/** "December last year", "mayo de este año". */
export function monthOfYear(groups: Groups, { base }: RuleContext): (Reading | null)[] {
  const word = groups.when ?? groups.then ?? "";
  const steps = /^(?:last|pasado|anterior)$/.test(word)
    ? -1
    : /^(?:next|próximo)$/.test(word)
      ? 1
      : 0;
  const month = monthNumber(groups.month);
  return [base && { value: day(base.getUTCFullYear() + steps, month, 1), precision: "month" }];
}

export const yearOnly = (groups: Groups): (Reading | null)[] =>
  [groups.year, groups.until].flatMap((year) =>
    year ? [{ value: day(Number(year), 1, 1), precision: "year" as const }] : [],
  );

export function weekday(groups: Groups, context: RuleContext): (Reading | null)[] {
  const number = weekdayNumber(groups.weekday);
  if (!context.base || number < 0) return [null];
  const strict = groups.last !== undefined || groups.next !== undefined;
  return [
    {
      value: nearestWeekday(context.base, number, directed(groups, context), strict),
      precision: "day",
    },
  ];
}

/** "last", "pasado" and "next", "próximo" decide; else the verb of the clause does. */
const directed = (groups: Groups, context: RuleContext) =>
  groups.last !== undefined ? "past" : groups.next !== undefined ? "future" : context.direction;

/** N units ago, last or next unit. A week has no precision of its own: it is given by its month. */
export function relative(groups: Groups, { base }: RuleContext): (Reading | null)[] {
  const count = groups.count ? numberOf(groups.count) : 1;
  if (!base || count === 0) return [null];
  if (groups.half !== undefined) return [{ value: addMonths(base, -6), precision: "month" }];
  const steps = groups.next !== undefined ? count : groups.current !== undefined ? 0 : -count;
  const unit = (groups.unit ?? "").toLowerCase();
  if (/^(day|d[ií]a)/.test(unit)) return [{ value: addDays(base, steps), precision: "day" }];
  if (/^(week|semana)/.test(unit)) return [{ value: addDays(base, 7 * steps), precision: "month" }];
  if (/^(month|mes)/.test(unit)) return [{ value: addMonths(base, steps), precision: "month" }];
  return [{ value: day(base.getUTCFullYear() + steps, 1, 1), precision: "year" }];
}

/** "two days later", "al día siguiente": counted from the last day that the text named. */
export function afterPrevious(groups: Groups, { previous }: RuleContext): (Reading | null)[] {
  if (!previous) return [null];
  const count = groups.count ? numberOf(groups.count) : 1;
  const steps = groups.before !== undefined ? -count : count;
  return [count === 0 ? null : { value: addDays(previous, steps), precision: "day" }];
}

/** "a media mañana": of the day that the text speaks of, else of the day of publication. */
export const sameDay = (_: Groups, { base, previous }: RuleContext): (Reading | null)[] => {
  const value = previous ?? base;
  return [value && { value, precision: "day" }];
};

/** "the same day": the last one that the text named. */
export const thatDay = (_: Groups, { previous }: RuleContext): (Reading | null)[] => [
  previous && { value: previous, precision: "day" },
];

export const today =
  (offset: number) =>
  (_: Groups, { base }: RuleContext): (Reading | null)[] => [
    base && { value: addDays(base, offset), precision: "day" },
  ];

/** "…, a day after …": what follows took place before the day that the sentence, or the article, tells of. */
export function beforeThat(groups: Groups, { base, previous }: RuleContext): (Reading | null)[] {
  const from = previous ?? base;
  const count = groups.count ? numberOf(groups.count) : 1;
  return [from && count > 0 ? { value: addDays(from, -count), precision: "day" } : null];
}

/** "that December": the next one from the last day that the text named. */
export function monthAfterPrevious(groups: Groups, { previous }: RuleContext): (Reading | null)[] {
  const month = monthNumber(groups.month);
  if (!previous || month < 1) return [null];
  const year = previous.getUTCFullYear() + (month < previous.getUTCMonth() + 1 ? 1 : 0);
  return [{ value: day(year, month, 1), precision: "month" }];
}
