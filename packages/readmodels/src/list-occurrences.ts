import type { OccurrenceCode, Participant } from "@newsledger/core";
import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { fewArticles, walk } from "./few.ts";
import { webLink } from "./link.ts";
import { storyOf } from "./list-articles.ts";
import { momentOf, standing } from "./moment.ts";
import { every, happened, type Narrowing, narrowed, takesPart } from "./narrow.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import type { AsOf, OccurrenceEntry, Page } from "./view.ts";

interface Row {
  occurrence_id: string;
  position: string;
  nth: number;
  document_id: string;
  item_id: string;
  story_id: string | null;
  code: OccurrenceCode;
  date: string | null;
  actors: Participant[];
  targets: Participant[];
  place: Participant | null;
  sentence: string;
  title: string;
  language: string;
  source: string;
  url: string | null;
  published_at: Date | null;
  public_at: Date;
  found_at: Date;
}

export type OccurrenceQuestion = AsOf &
  Narrowing & {
    limit?: number | undefined;
    cursor?: string | undefined;
  };

/** Every sentence that tells who did what to whom; newest published first. */
export async function listOccurrences(
  db: Reader,
  question: OccurrenceQuestion,
): Promise<Page<OccurrenceEntry>> {
  const moment = momentOf(question);
  const limit = limitOf(question.limit);
  const key = [patterns.time, patterns.position, patterns.position];
  const after = readCursor("o", question, key);
  const { entity, role, occurrence, happenedFrom, happenedTo, ...rest } = question;
  const conditions = [
    standing("articles", "a", moment),
    takesPart("o", entity, role),
    occurrence === undefined ? sql`true` : sql`o.code = ${occurrence}`,
    ...narrowed("a", rest, moment, "articles"),
    ...happened("o", { happenedFrom, happenedTo }),
  ];
  if (after)
    conditions.push(
      sql`(o.public_at, o.position, -o.nth) < (${after[0]}::timestamptz, ${after[1]}::bigint, -${after[2]}::int)
        and o.public_at <= ${after[0]}::timestamptz`,
    );
  const rows = await ask(db, async (reader) => {
    const few = await fewArticles(reader, { ...question, role: role ?? "part" }, moment);
    if (few) conditions.push(few("a"));
    const found = sql<Row>`select o.occurrence_id, o.position, o.nth, o.document_id, o.code, o.date, o.actors, o.targets, o.place,
        o.sentence, a.item_id, a.title, a.language, a.source, a.url, a.published_at, a.public_at, a.found_at,
        ${storyOf("a", moment)} as story_id
      from coverage.occurrences o join coverage.articles a on a.position = o.position
      where ${every(conditions)}
      order by o.public_at desc, o.position desc, o.nth limit ${limit + 1}`;
    return few ? (await found.execute(reader)).rows : walk(reader, found);
  });
  return pageOf(rows, limit, line, (last) =>
    writeCursor("o", [last.public_at.toISOString(), last.position, String(last.nth)], question),
  );
}

const line = (row: Row): OccurrenceEntry => ({
  occurrenceId: row.occurrence_id,
  position: row.position,
  documentId: row.document_id,
  itemId: row.item_id,
  storyId: row.story_id,
  code: row.code,
  date: row.date,
  actors: row.actors,
  targets: row.targets,
  place: row.place,
  sentence: row.sentence,
  title: row.title,
  language: row.language,
  source: row.source,
  url: webLink(row.url),
  publishedAt: row.published_at,
  foundAt: row.found_at,
  why: `It says: “${row.sentence}”`,
});
