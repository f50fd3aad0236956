import type { Signature } from "@newsledger/extraction";
import { type Kysely, sql } from "kysely";
import { numbersIn, numbersToSend } from "./numbers.ts";
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
  /** As Postgres sends an array of int: read here in a sixth of the time that its text takes. */
  shingles: Buffer;
  bigrams: Buffer;
  bands: Buffer;
  words: number;
  terms: Buffer;
  entities: string[];
  occurrences: Told[];
}

/** No article is compared with more than so many others; the nearest in time come first. */
const candidateLimit = 200;

// Together these two tell one state of a row from every other, also within a transaction, and after one that was undone.
const version = sql`xmin, ctid`;

const nearest = (
  at: Date,
) => sql`order by abs(extract(epoch from at - ${at}::timestamptz)), document_id
  limit ${candidateLimit}`;

/** Until the end of the transaction. Postgres takes looking for 32 bands for dearer than going through everything: it is not. */
export async function byIndex(db: Database): Promise<void> {
  await sql`set local enable_seqscan = off`.execute(db);
}

/** The articles that this one may be a copy of, or tell the same event as. */
export async function candidates(
  db: Database,
  article: Placeable,
  lately: ComparedLately,
): Promise<Placed[]> {
  const { at, entities } = article;
  const row = sql`document_id, at, xmin, ctid from newsledger.story_articles`;
  const named = sql`select ${row} where entities && ${entities}::text[]`;
  // Few share a band, whenever that was: the sum keeps the index of days out of it. Many share a name, and the nearest
  // of them are found by walking away from the day on either side.
  const { rows } = await sql<RowState>`
    select distinct on (document_id) document_id, ${version} from (
      (select ${row} where bands && ${numbersToSend(article.signature.bands)}::int[]
          and at + interval '0' between ${hoursFrom(at, -copyWindowHours)} and ${hoursFrom(at, copyWindowHours)}
        ${nearest(at)})
      union all
      (select * from (
          (${named} and at >= ${at} and at <= ${hoursFrom(at, eventWindowHours)}
            order by at, document_id limit ${candidateLimit})
          union all
          (${named} and at < ${at} and at >= ${hoursFrom(at, -eventWindowHours)}
            order by at desc, document_id limit ${candidateLimit})) either
        ${nearest(at)})) near
    order by document_id`.execute(db);
  return lately.of(db, rows);
}

interface Version {
  readonly xmin: string;
  readonly ctid: string;
}

interface RowState extends Version {
  readonly document_id: string;
}

const versionOf = ({ xmin, ctid }: Version): string => xmin + ctid;

/**
 * Articles that others were compared with lately: hundreds of numbers each, and mostly the same articles for whatever comes
 * next. One that was changed since, by whatever process, is read again.
 */
export class ComparedLately {
  readonly #most: number;
  readonly #known = new Map<string, Known>();
  #turn = 0;

  constructor(most = 3_000) {
    this.#most = most;
  }

  async of(db: Database, rows: readonly RowState[]): Promise<Placed[]> {
    const known = rows.map((row) => {
      const one = this.#known.get(row.document_id);
      return one?.version === versionOf(row) ? one : null;
    });
    const missing = rows.filter((_, index) => known[index] === null);
    const read = await readArticles(
      db,
      missing.map(({ document_id }) => document_id),
    );
    this.#turn += 1;
    for (const one of known) if (one) one.turn = this.#turn;
    for (const row of missing) {
      const article = read.get(row.document_id);
      if (article) this.keep(article, versionOf(row));
    }
    return rows.flatMap(
      ({ document_id }, index) => known[index]?.article ?? read.get(document_id) ?? [],
    );
  }

  /** The last to be forgotten, as long as its row is in this state. */
  keep(article: Placed, version: string): void {
    this.#known.set(article.documentId, { version, article, turn: this.#turn });
    if (this.#known.size > this.#most) this.#forget();
  }

  /** A tenth at once: to have them in order all the time would cost more than they do. */
  #forget(): void {
    const longestUnused = [...this.#known].toSorted(([, a], [, b]) => a.turn - b.turn);
    for (const [documentId] of longestUnused.slice(0, Math.ceil(this.#most / 10)))
      this.#known.delete(documentId);
  }
}

interface Known {
  readonly version: string;
  readonly article: Placed;
  /** When it was compared last. */
  turn: number;
}

async function readArticles(
  db: Database,
  documentIds: readonly string[],
): Promise<Map<string, Placed>> {
  if (documentIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select document_id, story_id, source, title, at, opened_at, words, entities, occurrences,
      array_send(shingles) as shingles, array_send(bigrams) as bigrams, array_send(bands) as bands, array_send(terms) as terms
    from newsledger.story_articles
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
export async function remember(
  db: Database,
  article: Placeable,
  story: Story,
  lately: ComparedLately,
): Promise<void> {
  const { documentId, source, title, at, signature, entities, told } = article;
  const { shingles, bigrams, bands, words, terms } = signature;
  const { rows } = await sql<Version & { story_id: string; opened_at: Date }>`
    insert into newsledger.story_articles
      (document_id, story_id, source, title, at, opened_at, shingles, bigrams, bands, words, terms, entities, occurrences)
    values (${documentId}, ${story.storyId}, ${source}, ${title}, ${at}, ${story.openedAt},
      ${numbersToSend(shingles)}::int[], ${numbersToSend(bigrams)}::int[], ${numbersToSend(bands)}::int[], ${words}, ${numbersToSend(terms)}::int[],
      ${entities}::text[], ${JSON.stringify(told)}::jsonb)
    on conflict (document_id) do update set
      source = excluded.source, title = excluded.title, at = excluded.at,
      shingles = excluded.shingles, bigrams = excluded.bigrams, bands = excluded.bands,
      words = excluded.words, terms = excluded.terms, entities = excluded.entities, occurrences = excluded.occurrences
    returning ${version}, story_id, opened_at`.execute(db);
  for (const row of rows) {
    const placed = { ...article, storyId: row.story_id, openedAt: row.opened_at };
    lately.keep(placed, versionOf(row));
  }
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

const hoursFrom = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);

function placed(row: Row): Placed {
  const signature: Signature = {
    shingles: numbersIn(row.shingles),
    bigrams: numbersIn(row.bigrams),
    bands: numbersIn(row.bands),
    words: row.words,
    terms: numbersIn(row.terms),
  };
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
