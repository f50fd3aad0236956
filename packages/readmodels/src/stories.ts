import { sql } from "kysely";
import type { NewsEvent } from "./describe.ts";
import type { Into } from "./into.ts";
import { outletIn, outletOf } from "./outlet.ts";
import type { Past } from "./past.ts";
import { isOwn } from "./story.ts";
import { earliest } from "./times.ts";
import type { Relation } from "./view.ts";

type StoryEvent = Extract<NewsEvent, { type: "story.opened" | "story.joined" }>;
type Correction = Extract<NewsEvent, { type: "story.merged" | "story.split" }>;

export const memberColumns = {
  position: "bigint",
  story_id: "text",
  document_id: "text",
  item_id: "text",
  relation: "text",
  title: "text",
  source: "text",
  url: "text",
  language: "text",
  published_at: "timestamptz",
  public_at: "timestamptz",
  found_at: "timestamptz",
  recorded_at: "timestamptz",
  topics: "jsonb",
  topic_ids: "text[]",
  nearest: "jsonb",
  backfill: "boolean",
  outlets: "int",
} as const;

/** Which article tells which story, how it stands to it, and how many outlets had told it by then in their own words. */
export function memberRow(event: StoryEvent, past: Past) {
  const { position, recordedAt, data } = event;
  const relation: Relation = event.type === "story.opened" ? "first" : event.data.relation;
  const [article] = past.articles.get(data.documentId) ?? [];
  const publishedAt = data.publishedAt === null ? null : new Date(data.publishedAt);
  return {
    position,
    story_id: data.storyId,
    document_id: data.documentId,
    item_id: data.itemId,
    relation,
    title: data.title,
    source: data.source,
    url: data.url,
    language: article?.language ?? null,
    published_at: publishedAt,
    public_at: article?.publicAt ?? earliest(recordedAt, publishedAt),
    found_at: article?.foundAt ?? recordedAt,
    recorded_at: recordedAt,
    topics: data.topics,
    topic_ids: data.topics.map(({ topicId }) => topicId),
    nearest: event.type === "story.joined" ? event.data.nearest : null,
    backfill: data.backfill,
    outlets: heard(data.storyId, isOwn({ relation }) ? data.source : null, past),
  };
}

/** How many outlets tell the story by now; null is one that only copies. */
function heard(storyId: string, source: string | null, { voices }: Past): number {
  const known = voices.get(storyId) ?? new Set<string>();
  if (source !== null) known.add(outletOf(source));
  voices.set(storyId, known);
  return known.size;
}

/**
 * What people corrected holds for the whole story: asked as of an earlier day the articles are those known then, grouped
 * as was found since.
 */
export async function correctStories(
  events: readonly NewsEvent[],
  { trx, table }: Into,
): Promise<void> {
  const stories = table("story_articles");
  for (const { type, data, position } of events.filter(isCorrection)) {
    const [from, to] =
      type === "story.merged"
        ? [data.mergedStoryId, data.storyId]
        : [data.storyId, data.newStoryId];
    const moved = type === "story.merged" ? sql`true` : sql`document_id = any(${data.documentIds})`;
    await sql`update ${stories} set story_id = ${to}
      where story_id = ${from} and position < ${String(position)}::bigint and ${moved}`.execute(
      trx,
    );
    // Whoever is the first of a story now opened it; who opened a part of it reported by himself, or went on.
    await sql`update ${stories} s set relation = case
          when s.position = head.position then 'first'
          when exists (select from ${stories} o where o.story_id = s.story_id and o.position < s.position
            and o.relation <> 'copy' and ${outletIn("o.source")} = ${outletIn("s.source")}) then 'update'
          else 'independent' end
      from (select story_id, min(position) as position from ${stories}
        where story_id = any(${[from, to]}) group by story_id) head
      where s.story_id = head.story_id and s.position < ${String(position)}::bigint
        and (s.relation = 'first') <> (s.position = head.position)`.execute(trx);
    await sql`update ${stories} s set outlets = (
        select count(distinct ${outletIn("o.source")}) from ${stories} o
        where o.story_id = s.story_id and o.position <= s.position and o.relation <> 'copy')
      where s.story_id = any(${[from, to]})`.execute(trx);
  }
}

const isCorrection = (event: NewsEvent): event is Correction =>
  event.type === "story.merged" || event.type === "story.split";
