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
  entities: string[];
  occurrences: Told[];
}

/** No article is compared with more than so many others; the nearest in time come first. */
const candidateLimit = 200;

/** The articles that this one may be a copy of, or tell the same event as. */
export async function candidates(db: Database, article: Placeable): Promise<Placed[]> {
  const { rows } = await sql<Row>`
    select * from (
      (select * from newsledger.story_articles
        where bands && ${array(article.signature.bands)}::int[]
          and at between ${hoursFrom(article.at, -copyWindowHours)} and ${hoursFrom(article.at, copyWindowHours)}
        order by abs(extract(epoch from at - ${article.at}::timestamptz)), document_id
        limit ${candidateLimit})
      union
      (select * from newsledger.story_articles
        where entities && ${article.entities}::text[]
          and at between ${hoursFrom(article.at, -eventWindowHours)} and ${hoursFrom(article.at, eventWindowHours)}
        order by abs(extract(epoch from at - ${article.at}::timestamptz)), document_id
        limit ${candidateLimit})
    ) near
    order by document_id collate "C"`.execute(db);
  return rows.map(placed);
}

export async function storyOf(
  db: Database,
  documentId: string,
): Promise<{ storyId: string; openedAt: Date } | null> {
  const { rows } = await sql<Pick<Row, "story_id" | "opened_at">>`
    select story_id, opened_at from newsledger.story_articles
    where document_id = ${documentId}`.execute(db);
  return rows[0] ? { storyId: rows[0].story_id, openedAt: rows[0].opened_at } : null;
}

/** Remembers an article in its story; one that was read anew keeps its story and is compared by its new text. */
export async function remember(
  db: Database,
  article: Placeable,
  story: { storyId: string; openedAt: Date },
): Promise<void> {
  const { documentId, source, title, at, signature, entities, told } = article;
  const { shingles, bigrams, bands, words } = signature;
  await sql`
    insert into newsledger.story_articles
      (document_id, story_id, source, title, at, opened_at, shingles, bigrams, bands, words, entities, occurrences)
    values (${documentId}, ${story.storyId}, ${source}, ${title}, ${at}, ${story.openedAt},
      ${array(shingles)}::int[], ${array(bigrams)}::int[], ${array(bands)}::int[], ${words},
      ${entities}::text[], ${JSON.stringify(told)}::jsonb)
    on conflict (document_id) do update set
      source = excluded.source, title = excluded.title, at = excluded.at,
      shingles = excluded.shingles, bigrams = excluded.bigrams, bands = excluded.bands,
      words = excluded.words, entities = excluded.entities, occurrences = excluded.occurrences`.execute(
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
  const { shingles, bigrams, bands, words } = row;
  const signature: Signature = { shingles, bigrams, bands, words };
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
