import { contentId } from "@newsledger/core";
import { type AnyTransaction, getTexts } from "@newsledger/eventlog";
import { sql } from "kysely";
import type { NewsEvent } from "./describe.ts";
import { type ArticleTimes, type FirstSight, timesOf, type Version } from "./times.ts";

type Understood = Extract<NewsEvent, { type: "article.understood" }>;

/** Every understanding of every article, with the entities it names and the occurrences it tells. */
export async function applyArticles(
  events: readonly NewsEvent[],
  trx: AnyTransaction,
): Promise<void> {
  const understood = events.filter(
    (event): event is Understood => event.type === "article.understood",
  );
  if (understood.length === 0) return;
  const times = timesOf(
    understood,
    await earlierVersions(understood, trx),
    await sights(understood, trx),
  );
  await insertArticles(understood, times, trx);
  await insertMentions(understood, trx);
  await insertOccurrences(understood, times, trx);
}

async function earlierVersions(events: readonly Understood[], trx: AnyTransaction) {
  const ids = events.map(({ data }) => data.documentId);
  const { rows } = await sql<Version & { position: string }>`
    select position, document_id as "documentId", text_hash as "textHash", text_from as "textFrom",
      public_at as "publicAt", found_at as "foundAt"
    from newsledger.rm_articles where document_id = any(${ids}) order by position`.execute(trx);
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}

async function sights(events: readonly Understood[], trx: AnyTransaction) {
  const ids = events.map(({ data }) => data.itemId);
  const urls = events.flatMap(({ data }) => data.url ?? []);
  const { rows } = await sql<FirstSight & { position: string }>`
    select position, item_id as "itemId", url, published_at as "publishedAt", found_at as "foundAt"
    from newsledger.rm_items where not revision and (item_id = any(${ids}) or url = any(${urls}))
    order by position`.execute(trx);
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}

async function insertArticles(
  events: readonly Understood[],
  times: ReadonlyMap<bigint, ArticleTimes>,
  trx: AnyTransaction,
): Promise<void> {
  // The words are kept, never the text: erasing a text from the store and rebuilding forgets it here too.
  const bodies = await getTexts(
    trx,
    events.map(({ data }) => data.textHash),
  );
  const rows = events.map(({ position, recordedAt, data }) => ({
    position: String(position),
    document_id: data.documentId,
    item_id: data.itemId,
    feed_id: data.feedId,
    source: data.source,
    url: data.url,
    title: data.title,
    byline: data.byline,
    published_at: times.get(position)?.publishedAt,
    public_at: times.get(position)?.publicAt,
    found_at: times.get(position)?.foundAt,
    recorded_at: recordedAt,
    text_hash: data.textHash,
    text_from: data.textFrom,
    page_problem: data.pageProblem,
    word_count: data.words,
    language: data.understanding.language,
    extractor: `${data.extractor.name}@${data.extractor.version}+${data.extractor.knowledgeVersion}`,
    backfill: data.backfill,
    body: bodies.get(data.textHash) ?? "",
  }));
  await sql`
    insert into newsledger.rm_articles (position, document_id, item_id, feed_id, source, url, title, byline, published_at,
      public_at, found_at, recorded_at, text_hash, text_from, page_problem, word_count, language, extractor, backfill, words)
    select r.position, r.document_id, r.item_id, r.feed_id, r.source, r.url, r.title, r.byline, r.published_at, r.public_at,
      r.found_at, r.recorded_at, r.text_hash, r.text_from, r.page_problem, r.word_count, r.language, r.extractor, r.backfill,
      newsledger.rm_words(r.language, r.title, r.body)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position bigint, document_id text, item_id text,
      feed_id text, source text, url text, title text, byline text, published_at timestamptz, public_at timestamptz,
      found_at timestamptz, recorded_at timestamptz, text_hash text, text_from text, page_problem text, word_count int,
      language text, extractor text, backfill boolean, body text)
    on conflict (position) do nothing`.execute(trx);
}

async function insertMentions(events: readonly Understood[], trx: AnyTransaction): Promise<void> {
  const rows = events.flatMap(({ position, data }) =>
    data.understanding.entities.map((entity, nth) => ({
      position: String(position),
      nth,
      document_id: data.documentId,
      entity_id: entity.id,
      type: entity.type,
      name: entity.name,
      mentions: entity.mentions.length,
    })),
  );
  if (rows.length === 0) return;
  await sql`
    with named as (
      insert into newsledger.rm_names (name, type)
      select distinct on (r.name) r.name, r.type
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position bigint, nth int, name text, type text)
      order by r.name, r.position, r.nth
      on conflict (name) do nothing)
    insert into newsledger.rm_mentions (position, nth, document_id, entity_id, type, name, mentions)
    select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position bigint, nth int, document_id text,
      entity_id text, type text, name text, mentions int)
    on conflict (position, nth) do nothing`.execute(trx);
}

async function insertOccurrences(
  events: readonly Understood[],
  times: ReadonlyMap<bigint, ArticleTimes>,
  trx: AnyTransaction,
): Promise<void> {
  const rows = events.flatMap(({ position, recordedAt, data }) =>
    data.understanding.occurrences.map((occurrence, nth) => ({
      occurrence_id: contentId("occurrence", data.documentId, String(position), String(nth)),
      position: String(position),
      nth,
      document_id: data.documentId,
      code: occurrence.code,
      actors: occurrence.actors,
      targets: occurrence.targets,
      actor_ids: occurrence.actors.flatMap(({ id }) => id ?? []),
      target_ids: occurrence.targets.flatMap(({ id }) => id ?? []),
      date: occurrence.date,
      precision: occurrence.precision,
      place: occurrence.place,
      sentence: occurrence.sentence,
      starts_at: occurrence.start,
      published_at: times.get(position)?.publishedAt,
      public_at: times.get(position)?.publicAt,
      recorded_at: recordedAt,
    })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into newsledger.rm_occurrences (occurrence_id, position, nth, document_id, code, actors, targets, actor_ids,
      target_ids, date, precision, place, sentence, starts_at, published_at, public_at, recorded_at)
    select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (occurrence_id text, position bigint, nth int,
      document_id text, code text, actors jsonb, targets jsonb, actor_ids text[], target_ids text[], date text,
      precision text, place jsonb, sentence text, starts_at int, published_at timestamptz, public_at timestamptz, recorded_at timestamptz)
    on conflict (occurrence_id) do nothing`.execute(trx);
}
