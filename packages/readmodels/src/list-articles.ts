import { type RawBuilder, sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { fewArticles, walk } from "./few.ts";
import { webLink } from "./link.ts";
import { type Matches, matchesOf } from "./matched.ts";
import { holds, type Moment, momentOf, standing } from "./moment.ts";
import { every, type Narrowing, narrowed } from "./narrow.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import { whyMatched } from "./reasons.ts";
import type { ArticleLine, AsOf, Page } from "./view.ts";

interface Row {
  position: string;
  document_id: string;
  item_id: string;
  story_id: string | null;
  title: string;
  byline: string | null;
  language: string;
  source: string;
  url: string | null;
  published_at: Date | null;
  public_at: Date;
  found_at: Date;
  text_hash: string;
  text_from: "page" | "feed";
  page_problem: string | null;
  word_count: number;
  extractor: string;
  matches: Matches;
}

/** Every article that was read, as it was last understood; newest published first. */
export async function listArticles(
  db: Reader,
  question: AsOf & Narrowing & { limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<ArticleLine>> {
  const moment = momentOf(question);
  const limit = limitOf(question.limit);
  const after = readCursor("a", question, [patterns.time, patterns.position]);
  const conditions = [
    standing("articles", "a", moment),
    ...narrowed("a", question, moment, "articles"),
  ];
  if (after)
    conditions.push(
      sql`(a.public_at, a.position) < (${after[0]}::timestamptz, ${after[1]}::bigint)`,
    );
  const rows = await ask(db, async (reader) => {
    const few = await fewArticles(reader, question, moment);
    if (few) conditions.push(few("a"));
    const found = sql<Row>`select a.*, ${storyOf("a", moment)} as story_id, ${matchesOf(sql.ref("a.item_id"), null, moment)} as matches
      from coverage.articles a where ${every(conditions)}
      order by a.public_at desc, a.position desc limit ${limit + 1}`;
    return few ? (await found.execute(reader)).rows : walk(reader, found);
  });
  return pageOf(rows, limit, line, (last) =>
    writeCursor("a", [last.public_at.toISOString(), last.position], question),
  );
}

/** The story that the article of this alias tells, at that moment. */
export const storyOf = (alias: string, moment: Moment): RawBuilder<string | null> =>
  sql`(select so.story_id from coverage.story_articles so
    where so.document_id = ${sql.ref(`${alias}.document_id`)} and ${holds("so", moment)} order by so.position limit 1)`;

const line = (row: Row): ArticleLine => ({
  position: row.position,
  documentId: row.document_id,
  itemId: row.item_id,
  storyId: row.story_id,
  title: row.title,
  byline: row.byline,
  language: row.language,
  words: row.word_count,
  textHash: row.text_hash,
  textFrom: row.text_from,
  pageProblem: row.page_problem,
  extractor: row.extractor,
  topics: row.matches?.map(({ topicId }) => topicId) ?? [],
  source: row.source,
  url: webLink(row.url),
  publishedAt: row.published_at,
  foundAt: row.found_at,
  why: row.matches ? whyMatched(row.matches) : "Read in full; no followed topic in it.",
});
