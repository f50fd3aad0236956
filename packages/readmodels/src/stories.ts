import { sql } from "kysely";
import type { NewsEvent } from "./describe.ts";
import type { Into } from "./into.ts";
import { recordset } from "./recordset.ts";
import { outlets } from "./story.ts";
import type { Relation } from "./view.ts";

type StoryEvent = Extract<NewsEvent, { type: "story.opened" | "story.joined" }>;
type Correction = Extract<NewsEvent, { type: "story.merged" | "story.split" }>;

const memberColumns = {
  position: "bigint",
  story_id: "text",
  document_id: "text",
  item_id: "text",
  relation: "text",
  title: "text",
  source: "text",
  url: "text",
  published_at: "timestamptz",
  recorded_at: "timestamptz",
  topics: "jsonb",
  topic_ids: "text[]",
  nearest: "jsonb",
  backfill: "boolean",
  outlets: "int",
} as const;

/** Which articles tell which story, and how they stand to it. */
export async function applyStories(events: readonly NewsEvent[], into: Into): Promise<void> {
  await applyMembers(events, into);
  for (const event of events)
    if (event.type === "story.merged" || event.type === "story.split") await correct(event, into);
}

/**
 * What people corrected holds for the whole story: asked as of an earlier day the articles are those known then, grouped
 * as was found since.
 */
async function correct({ type, data, position }: Correction, { trx, table }: Into): Promise<void> {
  const stories = table("story_articles");
  const [from, to] =
    type === "story.merged" ? [data.mergedStoryId, data.storyId] : [data.storyId, data.newStoryId];
  const moved = type === "story.merged" ? sql`true` : sql`document_id = any(${data.documentIds})`;
  await sql`update ${stories} set story_id = ${to}
    where story_id = ${from} and position < ${String(position)}::bigint and ${moved}`.execute(trx);
  await sql`update ${stories} s set outlets = (
      select count(distinct lower(trim(o.source))) from ${stories} o
      where o.story_id = s.story_id and o.position <= s.position and o.relation <> 'copy')
    where s.story_id = any(${[from, to]})`.execute(trx);
}

async function applyMembers(events: readonly NewsEvent[], into: Into): Promise<void> {
  const told = events
    .filter(
      (event): event is StoryEvent =>
        event.type === "story.opened" || event.type === "story.joined",
    )
    .map(row);
  if (told.length === 0) return;
  const table = into.table("story_articles");
  const rows = counted(told, await membersOf(told, into));
  await sql`
    insert into ${table} (position, story_id, document_id, item_id, relation, title, source, url,
      language, published_at, public_at, found_at, recorded_at, topics, topic_ids, nearest, backfill, outlets)
    select r.position, r.story_id, r.document_id, r.item_id, r.relation, r.title, r.source, r.url, article.language,
      r.published_at, coalesce(article.public_at, least(r.published_at, r.recorded_at)),
      coalesce(article.found_at, r.recorded_at), r.recorded_at, r.topics, r.topic_ids, r.nearest, r.backfill,
      r.outlets
    from ${recordset(rows, memberColumns)} r
    left join lateral (select a.language, a.public_at, a.found_at from ${into.table("articles")} a
      where a.document_id = r.document_id and a.position < r.position order by a.position limit 1) article on true
    ${into.unlessThere}`.execute(into.trx);
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

interface Voice {
  position: string;
  story_id: string;
  source: string;
  relation: string;
}

async function membersOf(told: readonly Voice[], into: Into): Promise<Voice[]> {
  const joined = told.filter(({ relation }) => relation !== "first");
  if (joined.length === 0) return [];
  const { rows } = await sql<Voice>`
    select position, story_id, source, relation from ${into.table("story_articles")}
    where story_id = any(${joined.map(({ story_id }) => story_id)})`.execute(into.trx);
  return rows;
}

/** Each with the number of outlets that had told its story by then, in their own words. */
function counted<T extends Voice>(
  told: readonly T[],
  earlier: readonly Voice[],
): (T & { outlets: number })[] {
  const positions = new Set(told.map(({ position }) => position));
  const known = earlier.filter(({ position }) => !positions.has(position));
  const members = Map.groupBy([...known, ...told], ({ story_id }) => story_id);
  return told.map((one) => {
    const until = (members.get(one.story_id) ?? []).filter(
      ({ position, relation }) => BigInt(position) <= BigInt(one.position) && relation !== "copy",
    );
    return { ...one, outlets: outlets(until) };
  });
}
