import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { holds, type Moment, momentOf } from "./moment.ts";
import type { AsOf, MonthVolume } from "./view.ts";

/** How much was told of a topic, month by month (UTC, by publication); months without anything are left out. */
export async function volume(
  db: Reader,
  question: AsOf & { topic: string },
): Promise<MonthVolume[]> {
  const { topic } = question;
  const moment = momentOf(question);
  return ask(db, async (reader) => {
    if (moment.knownAt !== null) return counted(reader, topic, moment);
    const whole = await tallied(reader, topic, moment.publicBefore);
    // Of the month that the day lies in, only a part was public.
    return moment.publicBefore === null
      ? whole
      : [...whole, ...(await counted(reader, topic, moment, monthOf(moment.publicBefore)))];
  });
}

const monthOf = (date: Date): string => date.toISOString().slice(0, 7);

/** Months before the one of `until`, or all. */
async function tallied(db: Reader, topic: string, until: Date | null): Promise<MonthVolume[]> {
  const sum = (kind: string) =>
    sql`coalesce(sum(t.amount) filter (where t.kind = ${kind}), 0)::int`;
  const { rows } = await sql<MonthVolume>`
    select t.part as month, ${sum("stories")} as stories, ${sum("reports")} as reports, ${sum("copies")} as copies
    from coverage.tallies t where t.kind in ('stories', 'reports', 'copies') and t.key = ${topic}
      and ${until === null ? sql`true` : sql`t.part < ${monthOf(until)}`}
    group by t.part order by t.part`.execute(db);
  return rows;
}

/** From the articles themselves: of one month, or of all. */
async function counted(
  db: Reader,
  topic: string,
  moment: Moment,
  month?: string,
): Promise<MonthVolume[]> {
  const tells = sql`s.topic_ids @> array[${topic}]`;
  // In brackets with “is true” where the month's days find fewer than the topic's index.
  const which =
    month === undefined
      ? tells
      : sql`(${tells}) is true and s.public_at >= ${new Date(`${month}-01T00:00:00Z`)}`;
  const { rows } = await sql<MonthVolume>`
    select to_char(s.public_at at time zone 'UTC', 'YYYY-MM') as month,
      (count(*) filter (where s.relation = 'first'))::int as stories,
      (count(*) filter (where s.relation <> 'copy'))::int as reports,
      (count(*) filter (where s.relation = 'copy'))::int as copies
    from coverage.story_articles s
    where ${which} and ${holds("s", moment)}
    group by 1 order by 1`.execute(db);
  return rows;
}
