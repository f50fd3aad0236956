import type { AnyTransaction } from "@newsledger/eventlog";
import { sql } from "kysely";
import type { NewsEvent } from "./describe.ts";
import type { Relation } from "./view.ts";

type StoryEvent = Extract<NewsEvent, { type: "story.opened" | "story.joined" }>;

/** Which articles tell which story, and how they stand to it. */
export async function applyStories(
  events: readonly NewsEvent[],
  trx: AnyTransaction,
): Promise<void> {
  const rows = events
    .filter(
      (event): event is StoryEvent =>
        event.type === "story.opened" || event.type === "story.joined",
    )
    .map(row);
  if (rows.length === 0) return;
  await sql`
    insert into newsledger.rm_story_articles (position, story_id, document_id, item_id, relation, title, source, url,
      language, published_at, public_at, found_at, recorded_at, topics, topic_ids, nearest, backfill)
    select r.position, r.story_id, r.document_id, r.item_id, r.relation, r.title, r.source, r.url, article.language,
      r.published_at, coalesce(article.public_at, least(r.published_at, r.recorded_at)),
      coalesce(article.found_at, r.recorded_at), r.recorded_at, r.topics, r.topic_ids, r.nearest, r.backfill
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (position bigint, story_id text, document_id text,
      item_id text, relation text, title text, source text, url text, published_at timestamptz, recorded_at timestamptz,
      topics jsonb, topic_ids text[], nearest jsonb, backfill boolean)
    left join lateral (select a.language, a.public_at, a.found_at from newsledger.rm_articles a
      where a.document_id = r.document_id and a.position < r.position order by a.position limit 1) article on true
    on conflict (position) do nothing`.execute(trx);
}

function row(event: StoryEvent) {
  const { data } = event;
  const relation: Relation = event.type === "story.opened" ? "first" : event.data.relation;
  return {
    position: String(event.position),
    story_id: data.storyId,
    document_id: data.documentId,
    item_id: data.itemId,
    relation,
    title: data.title,
    source: data.source,
    url: data.url,
    published_at: data.publishedAt,
    recorded_at: event.recordedAt,
    topics: data.topics,
    topic_ids: data.topics.map(({ topicId }) => topicId),
    nearest: event.type === "story.joined" ? event.data.nearest : null,
    backfill: data.backfill,
  };
}
