import { contentId } from "@newsledger/core";
import type { NewsEvent } from "./describe.ts";
import { facetsOf } from "./facets.ts";
import type { Past } from "./past.ts";
import { type ArticleTimes, timesOf } from "./times.ts";

type Understood = Extract<NewsEvent, { type: "article.understood" }>;

export const articleColumns = {
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

/** What standing() asks of versions that may have taken the place of another. */
export const laterArticleColumns = {
  position: "bigint",
  document_id: "text",
  public_at: "timestamptz",
  recorded_at: "timestamptz",
} as const;

export const mentionColumns = {
  position: "bigint",
  nth: "int",
  document_id: "text",
  entity_id: "text",
  type: "text",
  name: "text",
  mentions: "int",
} as const;

export const occurrenceColumns = {
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

/** When it was found and published, by what is known of its item, its address and its earlier versions. */
export function articleTimes(event: Understood, { articles, items, sights }: Past): ArticleTimes {
  const { documentId, itemId, url } = event.data;
  return timesOf(event, articles.get(documentId) ?? [], {
    own: items.get(itemId)?.first,
    sameAddress: url === null ? undefined : sights.get(url),
  });
}

export function rememberArticle({ data }: Understood, times: ArticleTimes, past: Past): void {
  const { documentId, textHash, textFrom } = data;
  const { publicAt, foundAt } = times;
  const { language } = data.understanding;
  const version = { documentId, textHash, textFrom, publicAt, foundAt, language };
  past.articles.set(documentId, [...(past.articles.get(documentId) ?? []), version]);
}

export type ArticleRow = ReturnType<typeof articleRow>;

/** An article as it was understood this time. */
export function articleRow({ position, recordedAt, data }: Understood, times: ArticleTimes) {
  return {
    position,
    document_id: data.documentId,
    item_id: data.itemId,
    feed_id: data.feedId,
    source: data.source,
    url: data.url,
    title: data.title,
    byline: data.byline,
    published_at: times.publishedAt,
    public_at: times.publicAt,
    found_at: times.foundAt,
    recorded_at: recordedAt,
    text_hash: data.textHash,
    text_from: data.textFrom,
    page_problem: data.pageProblem,
    word_count: data.words,
    language: data.understanding.language,
    extractor: `${data.extractor.name}@${data.extractor.version}+${data.extractor.knowledgeVersion}`,
    backfill: data.backfill,
    facets: facetsOf(data.source, data.understanding),
  };
}

export const laterArticleRow = (row: ArticleRow) => ({
  position: row.position,
  document_id: row.document_id,
  public_at: row.public_at,
  recorded_at: row.recorded_at,
});

/** Whom it names. */
export const mentionRows = ({ position, data }: Understood) =>
  data.understanding.entities.map((entity, nth) => ({
    position,
    nth,
    document_id: data.documentId,
    entity_id: entity.id,
    type: entity.type,
    name: entity.name,
    mentions: entity.mentions.length,
  }));

/** What it tells of whom. */
export const occurrenceRows = ({ position, recordedAt, data }: Understood, times: ArticleTimes) =>
  data.understanding.occurrences.map((occurrence, nth) => ({
    occurrence_id: contentId("occurrence", data.documentId, String(position), String(nth)),
    position,
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
    published_at: times.publishedAt,
    public_at: times.publicAt,
    recorded_at: recordedAt,
  }));
