import { type RawBuilder, sql } from "kysely";
import type { Reader } from "./ask.ts";
import { day, holds, type Moment, recorded, standing } from "./moment.ts";
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

export interface Search {
  question: SearchQuestion;
  moment: Moment;
  /** Nothing behind this position is looked at. */
  cut: string;
  wanted: string;
  unwanted: readonly string[];
}

/** So many of each are ranked: items by the feed's words, articles by their own. */
const mostRanked = 250;
/** So many matches of a word are looked at together. */
const atMost = 5_000;
const mostOfWindow = 4 * mostRanked;

/** Where matches are: rows of the words, perhaps known to concern the topic; or items of it that are few whatever they say. */
type Among = { positions: readonly string[]; concerned: boolean } | { items: readonly string[] };

/** What was asked, as Postgres writes queries: said once, it need not be read again in each statement. */
export async function asked(
  db: Reader,
  query: Query,
): Promise<Pick<Search, "wanted" | "unwanted">> {
  const terms = [query.positive, ...query.negative];
  const { rows } = await sql<{ query: string }>`
    select newsledger.rm_query(term)::text as query
    from unnest(${terms}::text[]) with ordinality as t (term, nth) order by nth`.execute(db);
  const [wanted = "", ...unwanted] = rows.map((row) => saidOnce(row.query));
  return { wanted, unwanted };
}

/** Languages may read some of several words alike: the index asks each of its entries about every word of a query. */
const saidOnce = (query: string): string =>
  /[&!<()]/.test(query) ? query : [...new Set(query.split(" | "))].join(" | ");

/**
 * Items of which either version, the feed's or the article's, matches; each once, under its better rank; of many, the newest.
 * A rare word is looked up whole. A common one is looked up window by window, back from the newest: its words carry the day
 * of publication, so that one index answers for both.
 */
export async function candidates(db: Reader, search: Search): Promise<Candidate[]> {
  const all = await rarePositions(db, search);
  if (all) return ranked(db, search, { positions: all, concerned: false });
  const items = await fewItems(db, search);
  if (items) return ranked(db, search, { items });
  return fromWindows(db, search);
}

async function fromWindows(db: Reader, search: Search): Promise<Candidate[]> {
  const { from, to, topic } = search.question;
  let found: Candidate[] = [];
  let positions = new Set<string>();
  const rank = async (some: Iterable<string>, window?: Window) => {
    const among = { positions: [...some], concerned: true };
    found = merge(found, await ranked(db, search, among, window));
  };
  // What newer windows had too little of to be ranked by itself is as good as what is older than all of them.
  const rankRest = async () => {
    if (positions.size > 0) await rank(positions);
  };
  const first = from === undefined ? null : day(from);
  for (const window of windowsBefore(await newest(db, { ...search, to, topic }), first)) {
    const within = await positionsWithin(db, search, window);
    if (window.days === null) {
      await rankRest();
      if (found.length < mostRanked) await rank(within, window);
      return found;
    }
    for (const one of within) positions.add(one);
    if (positions.size < mostRanked) continue;
    // An item is met twice, by its feed's words and by its article's: they may yet be too few.
    await rank(positions);
    if (found.length >= mostRanked) return found;
    positions = new Set();
  }
  await rankRest();
  return found;
}

/** Null when there are many. A phrase is looked at word by word, for only the texts themselves say whether they stand together. */
async function rarePositions(db: Reader, { wanted, cut }: Search): Promise<string[] | null> {
  const apart = wanted.replaceAll(/<(-|\d+)>/g, "&");
  if ((await estimated(db, apart)) > surelyMany) return null;
  const positions = await positionsOf(
    db,
    sql`select w.position from newsledger.words w
      where w.words @@ ${apart}::tsquery and w.position <= ${cut}::bigint limit ${atMost + 1}`,
  );
  if (positions.length > atMost) return null;
  if (apart === wanted) return positions;
  return positionsOf(
    db,
    sql`select w.position from newsledger.words w
      where w.position = any(${list(positions)}::bigint[]) and (w.words @@ ${wanted}::tsquery) is true`,
  );
}

/** Thousands of them travel as one text: row by row, reading them here takes as long as finding them there. */
async function positionsOf(db: Reader, query: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ positions: string }>`
    select array_to_string(array(${query}), ',') as positions`.execute(db);
  const positions = rows[0]?.positions ?? "";
  return positions === "" ? [] : positions.split(",");
}

const list = (positions: readonly string[]): string => `{${positions.join(",")}}`;

/** What is in so many texts is looked up back from the newest: even the list of matches is long. */
const surelyMany = atMost;

/** How many matches Postgres expects, by its statistics of words. */
export async function estimated(db: Reader, query: string): Promise<number> {
  const { rows } = await sql<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }>`
    explain (format json) select from newsledger.words w where w.words @@ ${sql.lit(query)}::tsquery`.execute(
    db,
  );
  return rows[0]?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0;
}

async function positionsWithin(db: Reader, search: Search, { days }: Window): Promise<string[]> {
  const { wanted, unwanted, cut } = search;
  const parts = [wanted, ...(days === null ? [] : [days])].map((part) => `(${part})`);
  // What stands and has an unwanted word is left out in any case: here so that the rest is enough.
  const query = [...parts, ...unwanted.filter(Boolean).map((term) => `!(${term})`)].join(" & ");
  const found = sql`select w.position from newsledger.words w
    where w.words @@ ${query}::tsquery and w.position <= ${cut}::bigint`;
  return lastFound(db, search, found);
}

/**
 * Of very many in one window, those that were found last. What the days of a window do not tell is asked first, or what is
 * cut off a large one might be what was wanted.
 */
async function lastFound(
  db: Reader,
  { question: { topic }, moment, cut }: Search,
  found: RawBuilder<unknown>,
): Promise<string[]> {
  if (topic !== undefined)
    return positionsOf(
      db,
      sql`select t.position from coverage.topic_versions t
        where t.topic_id = ${topic} and t.position = any(array(${found})) and ${knownBy(cut, moment)}
        order by t.position desc limit ${mostOfWindow}`,
    );
  const all = moment.knownAt instanceof Date;
  // Sorted apart (“materialized”): in the order of positions Postgres would walk through words of every other day.
  const positions = await positionsOf(
    db,
    sql`with found as materialized (${found})
      select found.position from found order by found.position desc ${all ? sql`` : sql`limit ${mostOfWindow}`}`,
  );
  return all ? recordedOf(db, moment, positions) : positions;
}

/** The versions that the ledger knew by then to concern a topic; what is known at a position is cut there. */
const knownBy = (cut: string, moment: Moment): RawBuilder<unknown> => {
  const at = moment.knownAt instanceof Date ? sql` and t.recorded_at <= ${moment.knownAt}` : sql``;
  return sql`t.since <= ${cut}::bigint${at}`;
};

/** The first of these positions that were recorded by then, as many as are looked at of a window. */
async function recordedOf(
  db: Reader,
  moment: Moment,
  positions: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; at < positions.length && found.length < mostOfWindow; at += askedAtOnce) {
    const some = versionsAt(positions.slice(at, at + askedAtOnce), moment);
    found.push(
      ...(await positionsOf(db, sql`select v.position from (${some}) v order by v.position desc`)),
    );
  }
  return found.slice(0, mostOfWindow);
}

/** So many positions are looked up together: by lists, in a quarter of the time that it takes row by row. */
const askedAtOnce = 2_000;

/** What was recorded at those positions by then, and of which item. */
function versionsAt(positions: readonly string[], moment: Moment): RawBuilder<unknown> {
  const at = (table: string) => sql`select v.position, v.item_id from ${sql.table(table)} v
    where v.position = any(${list(positions)}::bigint[]) and ${recorded("v", moment)}`;
  return sql`${at("coverage.items")} union all ${at("coverage.articles")}`;
}

/** Asked of each row by itself (“offset 0”): a large topic is not gone through as a whole. */
const concerns = (topic: string, item: RawBuilder<unknown>, moment: Moment) =>
  sql`exists (select 1 from coverage.item_topics t
    where t.topic_id = ${topic} and t.item_id = ${item} and ${recorded("t", moment)} offset 0)`;

/** The items of a topic that has few; null when it has many, or when none was asked for. */
async function fewItems(
  db: Reader,
  { question: { topic }, moment }: Search,
): Promise<string[] | null> {
  if (topic === undefined) return null;
  const { rows } = await sql<{ id: string }>`
    select t.item_id as id from coverage.item_topics t
    where t.topic_id = ${topic} and ${recorded("t", moment)} limit ${atMost + 1}`.execute(db);
  return rows.length > atMost ? null : [...new Set(rows.map(({ id }) => id))];
}

interface End {
  to?: string | undefined;
  topic?: string | undefined;
  moment: Moment;
  cut?: string;
}

/** The last day of publication that is asked for, and of which there may be something. */
export async function newest(db: Reader, { to, topic, moment, cut }: End): Promise<Date> {
  const ends = [
    ...(to === undefined ? [] : [day(to)]),
    ...(moment.publicBefore ? [new Date(moment.publicBefore.getTime() - 1)] : []),
  ];
  if (topic !== undefined || ends.length === 0) {
    const behind = (column: string) =>
      cut === undefined ? sql`true` : sql`${sql.ref(column)} <= ${cut}::bigint`;
    // Of a topic, nothing is looked for in the days since it was last written about.
    const ofTopic = sql`(select public_at from coverage.topic_versions
      where topic_id = ${topic} and ${behind("since")} order by public_at desc limit 1)`;
    const { rows } = await sql<{ last: Date | null }>`
      select least((select public_at from coverage.items where ${behind("position")} order by public_at desc limit 1),
        ${topic === undefined ? sql`null` : ofTopic}) as last`.execute(db);
    ends.push(rows[0]?.last ?? new Date(0));
  }
  return ends.reduce((a, b) => (a < b ? a : b));
}

async function ranked(
  db: Reader,
  search: Search,
  among: Among,
  window?: Window,
): Promise<Candidate[]> {
  const { moment, unwanted } = search;
  const clean = unwanted.map(
    (term) => sql`not exists (select 1 from newsledger.words w
        where w.position = i.position and (w.words @@ ${term}::tsquery) is true)
      and not exists (select 1 from coverage.articles v join newsledger.words w using (position)
        where v.item_id = i.item_id and (w.words @@ ${term}::tsquery) is true and ${standing("articles", "v", moment)})`,
  );
  const { rows } = await sql<Candidate>`
    select i.position, found.rank from (
      select item_id, max(rank)::real as rank from (
        ${newestOf("items", search, among, window)} union all ${newestOf("articles", search, among, window)}) either
      group by item_id) found
    join lateral (select s.position, s.item_id from coverage.items s
      where s.item_id = found.item_id and ${holds("s", moment)} order by s.position desc limit 1) i on true
    where ${sql.join([sql`true`, ...clean], sql` and `)}`.execute(db);
  return rows;
}

/** What is cheap to ask is asked of all, then they are sorted; the rest only of the newest, until there are enough. */
function newestOf(
  of: "items" | "articles",
  { wanted, question, moment, cut }: Search,
  among: Among,
  window: Window | undefined,
) {
  const { topic, language, from, to } = question;
  const cheap = [
    "items" in among
      ? sql`v.item_id = any(${[...among.items]})`
      : sql`v.position = any(${list(among.positions)}::bigint[])`,
    sql`v.position <= ${cut}::bigint`,
    ...(language === undefined
      ? []
      : [sql`v.language like ${`${language.slice(0, 2).toLowerCase()}%`}`]),
    ...(from === undefined ? [] : [sql`v.public_at >= ${day(from)}`]),
    ...(to === undefined ? [] : [sql`v.public_at < ${day(to)}::timestamptz + interval '1 day'`]),
    ...(window && !window.days ? [sql`v.public_at < ${window.before}`] : []),
  ];
  const dear = [
    standing(of, "x", moment),
    ...("items" in among ? [sql`(w.words @@ ${wanted}::tsquery) is true`] : []),
    ...(topic === undefined || "items" in among || among.concerned
      ? []
      : [concerns(topic, sql`x.item_id`, moment)]),
  ];
  const id = of === "items" ? sql`v.item_id` : sql`v.item_id, v.document_id`;
  return sql`(
    select newest.item_id, ts_rank(newest.words, ${wanted}::tsquery, 1) as rank from (
      select x.item_id, w.words from (
        select ${id}, v.position, v.public_at, v.recorded_at from ${sql.table(`coverage.${of}`)} v
        where ${sql.join(cheap, sql` and `)} order by v.public_at desc offset 0) x
      join newsledger.words w on w.position = x.position
      where ${sql.join(dear, sql` and `)}
      order by x.public_at desc limit ${mostRanked}) newest)`;
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
