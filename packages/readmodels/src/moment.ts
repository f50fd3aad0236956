import { type RawBuilder, sql } from "kysely";
import { BadQuestion } from "./ask.ts";
import type { AsOf } from "./view.ts";

/** A past state of the world, of the ledger, or of both. */
export interface Moment {
  /** Exclusive: the midnight (UTC) after the day asked for. */
  publicBefore: Date | null;
  knownAt: Date | bigint | null;
}

const dayMs = 86_400_000;

export function momentOf({ asOf, knownAt }: AsOf): Moment {
  if (knownAt instanceof Date && !isWithinCalendar(knownAt))
    throw new BadQuestion("the moment asked for lies outside the years 1000 to 9998");
  return {
    publicBefore: asOf === undefined ? null : new Date(day(asOf).getTime() + dayMs),
    knownAt: knownAt ?? null,
  };
}

/** Midnight UTC at the start of a day written YYYY-MM-DD. */
export function day(text: string): Date {
  const date = new Date(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime());
  // Others than these years are written differently by Postgres and by JavaScript.
  if (real && !isWithinCalendar(date))
    throw new BadQuestion(`“${text}” lies outside the years 1000 to 9998`);
  // JavaScript reads 30 February as 2 March.
  if (!real || !date.toISOString().startsWith(text))
    throw new BadQuestion(`“${text}” is not a day: write it as 2021-12-31`);
  return date;
}

function isWithinCalendar(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1000 && year <= 9998;
}

/** The rows of this alias that the ledger held at that moment. */
export function recorded(alias: string, { knownAt }: Moment): RawBuilder<boolean> {
  if (knownAt === null) return sql`true`;
  return typeof knownAt === "bigint"
    ? sql`${sql.ref(`${alias}.position`)} <= ${String(knownAt)}::bigint`
    : sql`${sql.ref(`${alias}.recorded_at`)} <= ${knownAt}`;
}

/** The rows of this alias that the ledger held and the world could read at that moment. */
export function holds(alias: string, moment: Moment): RawBuilder<boolean> {
  if (moment.publicBefore === null) return recorded(alias, moment);
  return sql`(${sql.ref(`${alias}.public_at`)} < ${moment.publicBefore} and ${recorded(alias, moment)})`;
}

const versioned = {
  items: { later: "coverage.items", id: "item_id" },
  articles: { later: "coverage.later_articles", id: "document_id" },
} as const;

/** The version that stood at that moment: it holds, and no later one does. */
export function standing(
  of: keyof typeof versioned,
  alias: string,
  moment: Moment,
): RawBuilder<boolean> {
  const { later, id } = versioned[of];
  return sql`(${holds(alias, moment)} and not exists (select 1 from ${sql.table(later)} later
    where ${sql.ref(`later.${id}`)} = ${sql.ref(`${alias}.${id}`)}
      and later.position > ${sql.ref(`${alias}.position`)} and ${holds("later", moment)}))`;
}
