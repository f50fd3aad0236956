import { getTexts } from "@newsledger/eventlog";
import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { asked, type Candidate, candidates, type SearchQuestion } from "./candidates.ts";
import { webLink } from "./link.ts";
import { holds, type Moment, momentOf, recorded, standing } from "./moment.ts";
import { limitOf, pageOf, patterns, readCursor, writeCursor } from "./page.ts";
import { parseQuery, type Query } from "./query.ts";
import { recordset } from "./recordset.ts";
import { marks, showsAll, snippetOf, unmarked } from "./snippet.ts";
import { lastPosition } from "./tail.ts";
import type { SearchHit, SearchResult } from "./view.ts";

interface Row {
  position: string;
  rank: string;
  item_id: string;
  document_id: string | null;
  story_id: string | null;
  title: string;
  summary: string;
  text_hash: string | null;
  language: string | null;
  source: string;
  url: string | null;
  published_at: Date | null;
  found_at: Date;
  topics: string[];
  marked: string;
}

/**
 * Full text, English and Spanish: words, "phrases", OR, -minus, with or without accents. Best first, of the newest
 * 250 that match: ranking reads every candidate, and a word like “Venezuela” may be in each article there is.
 */
export async function search(db: Reader, question: SearchQuestion): Promise<SearchResult> {
  const query = parseQuery(question.q);
  const moment = momentOf(question);
  const limit = limitOf(question.limit);
  const key = [patterns.position, patterns.rank, patterns.position];
  const cursor = readCursor("s", question, key);
  return ask(db, async (reader) => {
    // Later pages look at the ledger as the first one saw it, or ranks would shift between them.
    const last = await lastPosition(reader);
    const { knownAt } = question;
    const until = typeof knownAt === "bigint" && knownAt < last ? knownAt : last;
    const cut = cursor?.[0] ?? String(until);
    const found = await candidates(reader, {
      ...(await asked(reader, query)),
      question,
      moment,
      cut,
    });
    const page = pageAfter(found, cursor, limit + 1);
    const rows = await hits(reader, page, moment);
    const marked = await headlines(reader, query, rows.slice(0, limit));
    const answer = pageOf(
      rows.map((row, nth) => ({ ...row, marked: marked[nth] ?? "" })),
      limit,
      (row) => hit(row, question.q),
      (last) => writeCursor("s", [cut, last.rank, last.position], question),
    );
    const few = answer.items.length < 3 && cursor === null;
    return { ...answer, suggestions: few ? await suggestions(reader, query) : [] };
  });
}

/** Best first; of equals, what was found last. */
function pageAfter(
  found: readonly Candidate[],
  cursor: readonly string[] | null,
  limit: number,
): Candidate[] {
  const [, rank = "", position = ""] = cursor ?? [];
  const last = { rank: Number(rank), position };
  return found
    .filter((one) => cursor === null || inOrder(last, one) < 0)
    .toSorted(inOrder)
    .slice(0, limit);
}

const inOrder = (a: Candidate, b: Candidate): number =>
  b.rank - a.rank || Number(BigInt(b.position) - BigInt(a.position));

/** One page, with what is shown of each. */
async function hits(db: Reader, page: readonly Candidate[], moment: Moment): Promise<Row[]> {
  const columns = { position: "bigint", rank: "real" } as const;
  const { rows } = await sql<Row>`
    with page as ${recordset(page, columns)}
    select i.position, page.rank::text as rank, i.item_id, a.document_id, story.story_id,
      coalesce(a.title, i.title) as title, i.summary, a.text_hash, coalesce(a.language, i.language) as language,
      i.source, coalesce(i.url, a.url) as url, coalesce(i.published_at, a.published_at) as published_at, i.found_at,
      array(select distinct t.topic_id from coverage.item_topics t
        where t.item_id = i.item_id and ${recorded("t", moment)} order by 1) as topics
    from page
    join coverage.items i on i.position = page.position
    left join lateral (select v.document_id, v.title, v.text_hash, v.language, v.url, v.published_at
      from coverage.articles v
      where v.item_id = i.item_id and ${standing("articles", "v", moment)} order by v.position desc limit 1) a on true
    left join lateral (select s.story_id from coverage.story_articles s
      where s.document_id = a.document_id and ${holds("s", moment)} order by s.position limit 1) story on true
    order by page.rank desc, page.position desc`.execute(db);
  return rows;
}

/** The passages to show: of the article where its text is kept, else of the feed's summary. */
async function headlines(db: Reader, { positive }: Query, rows: readonly Row[]): Promise<string[]> {
  const bodies = await getTexts(
    db,
    rows.flatMap(({ text_hash }) => text_hash ?? []),
  );
  const texts = rows.map(({ text_hash, summary, title, language }) => ({
    text: unmarked(((text_hash && bodies.get(text_hash)) ?? summary) || title),
    language,
  }));
  // Marking costs as much as the text is long, and news tells at the top what it is about: the rest is read if need be.
  const leads = texts.map((one) => ({ ...one, text: one.text.slice(0, leadRead) }));
  const marked = await mark(db, positive, leads);
  const unclear = texts.flatMap((one, nth) =>
    one.text.length > leadRead && !showsAll(marked[nth] ?? "", positive)
      ? [{ ...one, nth, text: one.text.slice(0, longestRead) }]
      : [],
  );
  const whole = await mark(db, positive, unclear);
  for (const [at, { nth }] of unclear.entries()) marked[nth] = whole[at] ?? marked[nth] ?? "";
  return marked;
}

const leadRead = 600;
/** Marking reads the whole text again: the first 50,000 characters are enough to show a passage. */
const longestRead = 50_000;

const markOptions = `StartSel=${marks.open}, StopSel=${marks.close}, MaxFragments=2, MaxWords=32, MinWords=18, FragmentDelimiter="${marks.fragment}"`;

async function mark(
  db: Reader,
  positive: string,
  texts: readonly { text: string; language: string | null }[],
): Promise<string[]> {
  if (texts.length === 0) return [];
  const { rows } = await sql<{ headline: string }>`
    select ts_headline(case when left(r.language, 2) = 'es' then 'newsledger.rm_es' else 'newsledger.rm_en' end::regconfig,
      r.body, newsledger.rm_query(${positive}), ${markOptions}) as headline
    from unnest(${texts.map(({ text }) => text)}::text[], ${texts.map(({ language }) => language)}::text[])
      with ordinality as r (body, language, nth) order by r.nth`.execute(db);
  return rows.map(({ headline }) => headline);
}

/** Names in the ledger that look like what was asked: a mistyped name finds its owner. */
async function suggestions(db: Reader, { positive }: Query): Promise<string[]> {
  await sql`select set_config('pg_trgm.word_similarity_threshold', '0.55', true)`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select n.name from coverage.names n
    where newsledger.rm_resembles(${positive}, n.name) and lower(n.name) <> lower(${positive})
    order by newsledger.rm_likeness(${positive}, n.name) desc, n.name limit 3`.execute(db);
  return rows.map(({ name }) => name);
}

const hit = (row: Row, q: string): SearchHit => ({
  itemId: row.item_id,
  documentId: row.document_id,
  storyId: row.story_id,
  title: row.title,
  language: row.language,
  snippet: snippetOf(row.marked),
  topics: row.topics,
  rank: Number(row.rank),
  source: row.source,
  url: webLink(row.url),
  publishedAt: row.published_at,
  foundAt: row.found_at,
  why: `Its words match “${q.trim()}”.`,
});
