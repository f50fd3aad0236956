import { contentId } from "@newsledger/core";
import { sql } from "kysely";
import type { NewsEvent } from "./describe.ts";
import { facetsOf } from "./facets.ts";
import type { Into } from "./into.ts";
import { recordset } from "./recordset.ts";
import { type ArticleTimes, type FirstSight, timesOf, type Version } from "./times.ts";
import { together } from "./together.ts";

type Understood = Extract<NewsEvent, { type: "article.understood" }>;

const articleColumns = {
  position: "bigint",
  document_id: "text",
  item_id: "text",
  feed_id: "text",
  source: "text",
  url: "text",
  title: "text",
  byline: "text",
  published_at: "timestamptz",
  public_at: "timestamptz",
  found_at: "timestamptz",
  recorded_at: "timestamptz",
  text_hash: "text",
  text_from: "text",
  page_problem: "text",
  word_count: "int",
  language: "text",
  extractor: "text",
  backfill: "boolean",
  facets: "text[]",
} as const;

const nameColumns = {
  position: "bigint",
  nth: "int",
  document_id: "text",
  entity_id: "text",
  type: "text",
  name: "text",
  mentions: "int",
} as const;

const mentionColumns = {
  occurrence_id: "text",
  position: "bigint",
  nth: "int",
  document_id: "text",
  code: "text",
  actors: "jsonb",
  targets: "jsonb",
  actor_ids: "text[]",
  target_ids: "text[]",
  date: "text",
  precision: "text",
  place: "jsonb",
  sentence: "text",
  starts_at: "int",
  published_at: "timestamptz",
  public_at: "timestamptz",
  recorded_at: "timestamptz",
} as const;

/** Every understanding of every article, with the entities it names and the occurrences it tells. */
export async function applyArticles(events: readonly NewsEvent[], into: Into): Promise<void> {
  const understood = events.filter(
    (event): event is Understood => event.type === "article.understood",
  );
  if (understood.length === 0) return;
  const known = Promise.all([earlierVersions(understood, into), sights(understood, into)]);
  const mentioned = insertMentions(understood, into);
  await together([known, mentioned]);
  const times = timesOf(understood, ...(await known));
  await together([
    insertArticles(understood, times, into),
    insertOccurrences(understood, times, into),
  ]);
}

async function earlierVersions(events: readonly Understood[], into: Into) {
  const ids = events.map(({ data }) => data.documentId);
  const { rows } = await sql<Version & { position: string }>`
    select position, document_id as "documentId", text_hash as "textHash", text_from as "textFrom",
      public_at as "publicAt", found_at as "foundAt"
    from ${into.table("articles")} where document_id = any(${ids}) order by position`.execute(
    into.trx,
  );
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}

async function sights(events: readonly Understood[], into: Into) {
  const ids = events.map(({ data }) => data.itemId);
  const urls = events.flatMap(({ data }) => data.url ?? []);
  const { rows } = await sql<FirstSight & { position: string }>`
    select position, item_id as "itemId", url, published_at as "publishedAt", found_at as "foundAt"
    from ${into.table("items")} where not revision and (item_id = any(${ids}) or url = any(${urls}))
    order by position`.execute(into.trx);
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}

async function insertArticles(
  events: readonly Understood[],
  times: ReadonlyMap<bigint, ArticleTimes>,
  into: Into,
): Promise<void> {
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
    facets: facetsOf(data.source, data.understanding),
  }));
  await sql`
    insert into ${into.table("articles")} (position, document_id, item_id, feed_id, source, url, title, byline, published_at,
      public_at, found_at, recorded_at, text_hash, text_from, page_problem, word_count, language, extractor, backfill, facets)
    select r.position, r.document_id, r.item_id, r.feed_id, r.source, r.url, r.title, r.byline, r.published_at, r.public_at,
      r.found_at, r.recorded_at, r.text_hash, r.text_from, r.page_problem, r.word_count, r.language, r.extractor, r.backfill,
      r.facets
    from ${recordset(rows, articleColumns)} r
    ${into.unlessThere}`.execute(into.trx);
}

async function insertMentions(events: readonly Understood[], into: Into): Promise<void> {
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
  const names = new Map(rows.toReversed().map(({ name, type }) => [name, { name, type }]));
  await sql`
    with named as (
      insert into ${into.table("names")} (name, type)
      select r.* from ${recordset([...names.values()], { name: "text", type: "text" })} r
      on conflict (name) do nothing)
    insert into ${into.table("mentions")} (position, nth, document_id, entity_id, type, name, mentions)
    select r.* from ${recordset(rows, nameColumns)} r
    ${into.unlessThere}`.execute(into.trx);
}

async function insertOccurrences(
  events: readonly Understood[],
  times: ReadonlyMap<bigint, ArticleTimes>,
  into: Into,
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
    insert into ${into.table("occurrences")} (occurrence_id, position, nth, document_id, code, actors, targets, actor_ids,
      target_ids, date, precision, place, sentence, starts_at, published_at, public_at, recorded_at)
    select r.* from ${recordset(rows, mentionColumns)} r
    ${into.unlessThere}`.execute(into.trx);
}
