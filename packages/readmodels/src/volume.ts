import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { holds, momentOf } from "./moment.ts";
import type { AsOf, MonthVolume } from "./view.ts";

/** How much was told of a topic, month by month (UTC, by publication); months without anything are left out. */
export async function volume(
  db: Reader,
  question: AsOf & { topic: string },
): Promise<MonthVolume[]> {
  const { rows } = await ask(db, (reader) =>
    sql<{ month: string; stories: string; reports: string; copies: string }>`
      select to_char(s.public_at at time zone 'UTC', 'YYYY-MM') as month,
        count(*) filter (where s.relation = 'first') as stories,
        count(*) filter (where s.relation <> 'copy') as reports,
        count(*) filter (where s.relation = 'copy') as copies
      from coverage.story_articles s
      where s.topic_ids @> array[${question.topic}] and ${holds("s", momentOf(question))}
      group by 1 order by 1`.execute(reader),
  );
  return rows.map((row) => ({
    month: row.month,
    stories: Number(row.stories),
    reports: Number(row.reports),
    copies: Number(row.copies),
  }));
}
