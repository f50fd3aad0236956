import { sql } from "kysely";
import type { Reader } from "./ask.ts";
import { day, type Moment, recorded, standing } from "./moment.ts";
import type { Query } from "./query.ts";
import type { AsOf } from "./view.ts";
import { type Window, windowsBefore } from "./windows.ts";

export interface SearchQuestion extends AsOf {
  q: string;
  topic?: string | undefined;
  language?: string | undefined;
  /** Days of publication, both included. */
  from?: string | undefined;
  to?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** An item that matches, by the position of its standing version. */
export interface Candidate {
  position: string;
  rank: number;
}

interface Search {
  query: Query;
  question: SearchQuestion;
  moment: Moment;
  /** Nothing behind this position is looked at. */
  cut: string;
}

/** So many of each are ranked: items by the feed's words, articles by their own. */
const mostRanked = 500;
/** So many matches of a word are looked at together. */
const atMost = 2_000;

/**
 * Items of which either version, the feed's or the article's, matches; each once, under its better rank; of many, the newest.
 * A rare word is looked up whole. A common one is looked up window by window, back from the newest: its words carry the day
 * of publication, so that one index answers for both.
 */
export async function candidates(db: Reader, search: Search): Promise<Candidate[]> {
  const all = await positionsOf(db, search, null);
  if (all.length <= atMost) return ranked(db, search, all);
  const ofTopic = await ofFewItems(db, search);
  if (ofTopic) return ranked(db, search, ofTopic);
  let found: Candidate[] = [];
  for (const window of windowsBefore(await newest(db, search))) {
    const positions = await positionsOf(db, search, window);
    found = merge(found, await ranked(db, search, positions, window));
    if (found.length >= mostRanked) break;
  }
  return found;
}

async function positionsOf(
  db: Reader,
  { query, cut }: Search,
  window: Window | null,
): Promise<string[]> {
  const words = sql`newsledger.rm_query(${query.positive})`;
  const wanted = window?.days ? sql`(${words} && ${window.days}::tsquery)` : words;
  const most = window ? sql`` : sql`limit ${atMost + 1}`;
  const { rows } = await sql<{ position: string }>`
    select w.position from newsledger.words w
    where w.words @@ ${wanted} and w.position <= ${cut}::bigint ${most}`.execute(db);
  return rows.map(({ position }) => position);
}

/** Every version of the items of a topic that has few; null when it has many. */
async function ofFewItems(
  db: Reader,
  { question: { topic }, moment }: Search,
): Promise<string[] | null> {
  if (topic === undefined) return null;
  const { rows } = await sql<{ id: string }>`
    select t.item_id as id from coverage.item_topics t
    where t.topic_id = ${topic} and ${recorded("t", moment)} limit ${atMost + 1}`.execute(db);
  if (rows.length > atMost) return null;
  const ids = [...new Set(rows.map(({ id }) => id))];
  const found = await sql<{ position: string }>`
    select position from coverage.items where item_id = any(${ids})
    union all select position from coverage.articles where item_id = any(${ids})`.execute(db);
  return found.rows.map(({ position }) => position);
}

async function newest(db: Reader, { question: { to }, moment, cut }: Search): Promise<Date> {
  const ends = [
    ...(to === undefined ? [] : [day(to)]),
    ...(moment.publicBefore ? [new Date(moment.publicBefore.getTime() - 1)] : []),
  ];
  if (ends.length > 0) return ends.reduce((a, b) => (a < b ? a : b));
  const { rows } = await sql<{ last: Date | null }>`
    select public_at as last from coverage.items where position <= ${cut}::bigint
    order by public_at desc limit 1`.execute(db);
  return rows[0]?.last ?? new Date(0);
}

async function ranked(
  db: Reader,
  search: Search,
  positions: readonly string[],
  window?: Window,
): Promise<Candidate[]> {
  if (positions.length === 0) return [];
  const { query, moment } = search;
  const unwanted = query.negative.map((term) => sql`newsledger.rm_query(${term})`);
  const clean = unwanted.map(
    (
      term,
    ) => sql`not exists (select 1 from newsledger.words w where w.position = i.position and w.words @@ ${term})
      and not exists (select 1 from coverage.articles v join newsledger.words w using (position)
        where v.item_id = i.item_id and w.words @@ ${term} and ${standing("articles", "v", moment)})`,
  );
  const { rows } = await sql<Candidate>`
    select i.position, found.rank from (
      select item_id, max(rank)::real as rank from (
        ${newestOf("items", search, positions, window)} union all ${newestOf("articles", search, positions, window)}) either
      group by item_id) found
    join coverage.items i on i.item_id = found.item_id and ${standing("items", "i", moment)}
    where ${sql.join([sql`true`, ...clean], sql` and `)}`.execute(db);
  return rows;
}

function newestOf(
  of: "items" | "articles",
  { query, question, moment, cut }: Search,
  positions: readonly string[],
  window: Window | undefined,
) {
  const conditions = [
    sql`v.position = any(${[...positions]}::bigint[])`,
    sql`v.position <= ${cut}::bigint`,
    standing(of, "v", moment),
    ...narrowed(question, moment),
  ];
  if (window && !window.days) conditions.push(sql`v.public_at < ${window.before}`);
  // Of a topic's items, not all have the words.
  return sql`(
    select newest.item_id, ts_rank(w.words, newsledger.rm_query(${query.positive}), 1) as rank
    from (select v.item_id, v.position from ${sql.table(`coverage.${of}`)} v join newsledger.words m on m.position = v.position
      where ${sql.join(conditions, sql` and `)} and (m.words @@ newsledger.rm_query(${query.positive})) is true
      order by v.public_at desc limit ${mostRanked}) newest
    join newsledger.words w on w.position = newest.position)`;
}

function narrowed({ topic, language, from, to }: SearchQuestion, moment: Moment) {
  const all = [];
  if (topic !== undefined)
    all.push(sql`exists (select 1 from coverage.item_topics t
      where t.topic_id = ${topic} and t.item_id = v.item_id and ${recorded("t", moment)})`);
  if (language !== undefined)
    all.push(sql`v.language like ${`${language.slice(0, 2).toLowerCase()}%`}`);
  if (from !== undefined) all.push(sql`v.public_at >= ${day(from)}`);
  if (to !== undefined) all.push(sql`v.public_at < ${day(to)}::timestamptz + interval '1 day'`);
  return all;
}

/** An item may stand in one window by its feed and in another by its article. */
function merge(a: readonly Candidate[], b: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const one of [...a, ...b]) {
    const known = best.get(one.position);
    if (!known || known.rank < one.rank) best.set(one.position, one);
  }
  return [...best.values()];
}
