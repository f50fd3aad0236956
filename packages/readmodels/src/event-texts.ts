import { type RawBuilder, sql } from "kysely";
import type { Reader } from "./ask.ts";
import { webLink } from "./link.ts";
import { cursorBehind, type EventsQuestion, findEvents } from "./list-events.ts";
import { type Moment, recorded } from "./moment.ts";
import { limitOf } from "./page.ts";

interface Row {
  lines: number;
  last: string;
  text: string;
  urls: string | null;
}

/** Some 30 KB: what a reader is given at a time. */
const linesAtOnce = 64;

/**
 * The lines of a page of listEvents as JSON, one a line, in texts of some lines. Postgres writes them: for whoever reads
 * everything, a third less work here.
 */
export async function eventTexts(
  db: Reader,
  question: Omit<EventsQuestion, "direction">,
): Promise<{ texts: string[]; next: string | null }> {
  const limit = limitOf(question.limit);
  const asked = { ...question, direction: "forward" } as const;
  const rows = await findEvents<Row>(
    db,
    asked,
    limit,
    (found, moment) => sql`
      select count(*)::int as lines, max(position)::text as last,
        string_agg(text, E'\\n' order by position) as text, string_agg(url, ' ') as urls
      from (select e.position, e.url, ${textOf(moment)} as text,
        (row_number() over (order by e.position) - 1) / ${linesAtOnce} as part ${found}) page
      group by part order by part`,
  );
  const lines = rows.reduce((sum, row) => sum + row.lines, 0);
  const last = rows.at(-1)?.last;
  return {
    texts: rows.map(({ text, urls }) =>
      (urls ?? "").split(" ").every(isPlain) ? text : checked(text),
    ),
    next: lines < limit || last === undefined ? null : cursorBehind(last, asked),
  };
}

/** An address that any reading of it takes for one of http(s); of others, each is looked at. */
const plain = /^(https?:\/\/([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}(\/[!-~]*)?)?$/;
const isPlain = (url: string): boolean => plain.test(url) && !url.includes("xn--");

const checked = (text: string): string =>
  text
    .split("\n")
    .map((one) => {
      const line = JSON.parse(one) as { url: string | null };
      return JSON.stringify({ ...line, url: webLink(line.url) });
    })
    .join("\n");

const textOf = (moment: Moment): RawBuilder<string> => sql`(select row_to_json(line)::text from (
  select e.position::text as position, e.type, ${time("e.recorded_at")} as "recordedAt",
    e.title, ${topics(moment)} as topics, e.item_id as "itemId", e.document_id as "documentId", e.story_id as "storyId",
    e.feed_id as "feedId", e.backfill, e.source, e.url, ${time("e.published_at")} as "publishedAt",
    ${time("e.found_at")} as "foundAt", e.why) line)`;

/** As JavaScript writes it: milliseconds, in UTC. */
const time = (column: string): RawBuilder<string> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Of the event itself and of its item, each once, in the order of JavaScript. */
const topics = (moment: Moment): RawBuilder<string[]> => {
  const ofItem = sql`select t.topic_id from coverage.item_topics t
    where t.item_id = e.item_id and ${recorded("t", moment)} group by t.topic_id`;
  return sql`case when e.topic_ids = '{}' then array(${ofItem} order by t.topic_id collate "C")
    else array(select unnest(e.topic_ids) collate "C" union ${ofItem} order by 1) end`;
};
