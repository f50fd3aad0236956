import type { Signature } from "@newsledger/extraction";
import { type Kysely, sql } from "kysely";
import { copyWindowHours, eventWindowHours, type Placeable, type Placed } from "./place.ts";
import type { Told } from "./told.ts";

// biome-ignore lint/suspicious/noExplicitAny: a caller's transaction may hold any tables
type Database = Kysely<any>;

interface Row {
  document_id: string;
  story_id: string;
  source: string;
  title: string;
  at: Date;
  opened_at: Date;
  shingles: number[];
  bigrams: number[];
  bands: number[];
  words: number;
  terms: number[];
  entities: string[];
  occurrences: Told[];
}

/** No article is compared with more than so many others; the nearest in time come first. */
const candidateLimit = 200;

// Together these two tell one state of a row from every other, also within a transaction, and after one that was undone.
const state = sql`document_id, xmin::text || ctid::text as version, at`;

/** The articles that this one may be a copy of, or tell the same event as. */
export async function candidates(
  db: Database,
  article: Placeable,
  lately: ComparedLately,
): Promise<Placed[]> {
  const { rows } = await sql<RowState>`
    select document_id, version from (
      (select ${state} from newsledger.story_articles
        where bands && ${array(article.signature.bands)}::int[]
          and at between ${hoursFrom(article.at, -copyWindowHours)} and ${hoursFrom(article.at, copyWindowHours)}
        order by abs(extract(epoch from at - ${article.at}::timestamptz)), document_id
        limit ${candidateLimit})
      union
      (select ${state} from newsledger.story_articles
        where entities && ${article.entities}::text[]
          and at between ${hoursFrom(article.at, -eventWindowHours)} and ${hoursFrom(article.at, eventWindowHours)}
        order by abs(extract(epoch from at - ${article.at}::timestamptz)), document_id
        limit ${candidateLimit})
    ) near
    order by document_id collate "C"`.execute(db);
  return lately.of(db, rows);
}

interface RowState {
  readonly document_id: string;
  readonly version: string;
}

/**
 * Articles that others were compared with lately: hundreds of numbers each, and mostly the same articles for whatever comes
 * next. One that was changed since, by whatever process, is read again.
 */
export class ComparedLately {
  readonly #most: number;
  readonly #known = new Map<string, { version: string; article: Placed }>();

  constructor(most = 1_000) {
    this.#most = most;
  }

  async of(db: Database, rows: readonly RowState[]): Promise<Placed[]> {
    const missing = rows.filter(
      ({ document_id, version }) => this.#known.get(document_id)?.version !== version,
    );
    const read = await readArticles(
      db,
      missing.map(({ document_id }) => document_id),
    );
    const found: Placed[] = [];
    for (const { document_id, version } of rows) {
      const article = read.get(document_id) ?? this.#known.get(document_id)?.article;
      if (!article) continue;
      found.push(article);
      this.#known.delete(document_id);
      this.#known.set(document_id, { version, article }); // the last to be forgotten
    }
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#most) break;
      this.#known.delete(oldest);
    }
    return found;
  }
}

async function readArticles(
  db: Database,
  documentIds: readonly string[],
): Promise<Map<string, Placed>> {
  if (documentIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select * from newsledger.story_articles
    where document_id = any(${[...documentIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.document_id, placed(row)]));
}

export interface Story {
  readonly storyId: string;
  readonly openedAt: Date;
}

/** The stories of those articles that have one. */
export async function storiesOf(
  db: Database,
  documentIds: readonly string[],
): Promise<Map<string, Story>> {
  const { rows } = await sql<Pick<Row, "document_id" | "story_id" | "opened_at">>`
    select document_id, story_id, opened_at from newsledger.story_articles
    where document_id = any(${[...documentIds]}::text[])`.execute(db);
  return new Map(
    rows.map((row) => [row.document_id, { storyId: row.story_id, openedAt: row.opened_at }]),
  );
}

/** The article is of this story, whatever was made of it before. */
export async function adopt(db: Database, documentId: string, storyId: string): Promise<void> {
  await sql`
    update newsledger.story_articles set story_id = ${storyId}, opened_at = coalesce((
      select min(opened_at) from newsledger.story_articles
      where story_id = ${storyId} and document_id <> ${documentId}), at)
    where document_id = ${documentId}`.execute(db);
}

/** Remembers an article in its story; one that was read anew keeps its story and is compared by its new text. */
export async function remember(db: Database, article: Placeable, story: Story): Promise<void> {
  const { documentId, source, title, at, signature, entities, told } = article;
  const { shingles, bigrams, bands, words, terms } = signature;
  await sql`
    insert into newsledger.story_articles
      (document_id, story_id, source, title, at, opened_at, shingles, bigrams, bands, words, terms, entities, occurrences)
    values (${documentId}, ${story.storyId}, ${source}, ${title}, ${at}, ${story.openedAt},
      ${array(shingles)}::int[], ${array(bigrams)}::int[], ${array(bands)}::int[], ${words}, ${array(terms)}::int[],
      ${entities}::text[], ${JSON.stringify(told)}::jsonb)
    on conflict (document_id) do update set
      source = excluded.source, title = excluded.title, at = excluded.at,
      shingles = excluded.shingles, bigrams = excluded.bigrams, bands = excluded.bands,
      words = excluded.words, terms = excluded.terms, entities = excluded.entities, occurrences = excluded.occurrences`.execute(
    db,
  );
}

/** Every article of one story is another's from here on; which is as old as the older of the two. */
export async function moveStory(db: Database, from: string, to: string): Promise<void> {
  await sql`
    update newsledger.story_articles set story_id = ${to}, opened_at = (
      select min(opened_at) from newsledger.story_articles where story_id = any(${[from, to]}))
    where story_id = any(${[from, to]})`.execute(db);
}

/** Some articles of a story become one of their own, as old as the first of them. */
export async function moveArticles(
  db: Database,
  { from, to, documentIds }: { from: string; to: string; documentIds: readonly string[] },
): Promise<void> {
  await sql`
    update newsledger.story_articles set story_id = ${to}, opened_at = (
      select min(at) from newsledger.story_articles where document_id = any(${documentIds}))
    where story_id = ${from} and document_id = any(${documentIds})`.execute(db);
}

/** The articles of a story, in the order in which they were published. */
export async function articlesOf(
  db: Database,
  storyId: string,
): Promise<{ documentId: string; title: string }[]> {
  const { rows } = await sql<{ documentId: string; title: string }>`
    select document_id as "documentId", title from newsledger.story_articles
    where story_id = ${storyId} order by at, document_id collate "C"`.execute(db);
  return rows;
}

const array = (numbers: readonly number[]): string => `{${numbers.join(",")}}`;

const hoursFrom = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

function placed(row: Row): Placed {
  const { shingles, bigrams, bands, words, terms } = row;
  const signature: Signature = { shingles, bigrams, bands, words, terms };
  return {
    documentId: row.document_id,
    storyId: row.story_id,
    source: row.source,
    title: row.title,
    at: row.at,
    openedAt: row.opened_at,
    signature,
    entities: row.entities,
    told: row.occurrences,
  };
}
