import { sql } from "kysely";
import type { Told } from "./describe.ts";
import type { Into } from "./into.ts";
import type { Naming } from "./naming.ts";
import { outletOf } from "./outlet.ts";
import type { FirstSight, Version } from "./times.ts";

/** One version of an item, as far as later events ask for it. */
interface ItemVersion {
  itemId: string;
  feedId: string;
  source: string;
  url: string | null;
  title: string;
  publishedAt: Date | null;
  foundAt: Date;
  revision: boolean;
  backfill: boolean;
}

interface FeedName {
  title: string;
  url: string | null;
}

/** An article as it was understood, and the language it was read in. */
interface Understanding extends Version {
  language: string;
}

/**
 * What is known before an event: as tables hold it when a batch begins, and from then on what the batch itself tells. Every
 * list is in the order of positions.
 */
export interface Past {
  /** The first version of an item, and the one that stands. */
  items: Map<string, { first: ItemVersion; last: ItemVersion }>;
  /** By address: the first item that led there. */
  sights: Map<string, FirstSight>;
  articles: Map<string, Understanding[]>;
  /** The outlets that told a story in their own words. */
  voices: Map<string, Set<string>>;
  feeds: Map<string, FeedName>;
  /** By document: what its standing understanding says of whom. */
  namings: Map<string, Naming>;
  /** By the position of an understanding: what it took the place of. */
  replaced: Map<bigint, Naming>;
}

/** Looks up what these events ask of the tables; of their own rows, which may be there from an earlier try, nothing. */
export async function pastOf(told: readonly Told[], into: Into): Promise<Past> {
  const wanted = wantedBy(told);
  const [items, sights, articles, voices, feeds, namings] = await Promise.all([
    itemsOf(wanted.items, into),
    sightsAt(wanted.urls, into),
    articlesOf(wanted.documents, into),
    voicesIn(wanted.stories, into),
    feedsOf(wanted.feeds, into),
    namingsOf(wanted.understood, into),
  ]);
  return { items, sights, articles, voices, feeds, namings, replaced: new Map() };
}

type Wanted = Record<
  "items" | "urls" | "documents" | "understood" | "stories" | "feeds",
  Set<string>
>;

/** A first sight asks for nothing but, without an address, its feed's. */
function wantedBy(told: readonly Told[]): Wanted {
  const [items, urls, documents] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [understood, stories, feeds] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { event, line } of told) {
    const { itemId, documentId, storyId, feedId } = line;
    if (event.type !== "item.seen" && itemId !== undefined) items.add(itemId);
    if (event.type === "article.understood") {
      understood.add(event.data.documentId);
      if (event.data.url !== null) urls.add(event.data.url);
    }
    if (documentId !== undefined) documents.add(documentId);
    if (storyId !== undefined && tellsStory.test(event.type)) stories.add(storyId);
    if (feedId !== undefined && (line.title ?? null) === null) feeds.add(feedId);
    if (feedId !== undefined && (line.url ?? null) === null) feeds.add(feedId);
  }
  return { items, urls, documents, understood, stories, feeds };
}

const tellsStory = /^story\.(opened|joined)$/;

/** Rows under the position of their event; those of the batch itself lie at or above `first`. */
const before = ({ first }: Into, alias: string) =>
  sql`${sql.ref(`${alias}.position`)} < ${String(first)}::bigint`;

async function itemsOf(ids: ReadonlySet<string>, into: Into): Promise<Past["items"]> {
  if (ids.size === 0) return new Map();
  const version = (order: "asc" | "desc") => sql`(select i.* from ${into.table("items")} i
    where i.item_id = wanted.id and ${before(into, "i")} order by i.position ${sql.raw(order)} limit 1)`;
  const { rows } = await sql<ItemVersion>`
    select v.item_id as "itemId", v.feed_id as "feedId", v.source, v.url, v.title, v.published_at as "publishedAt",
      v.found_at as "foundAt", v.revision, v.backfill
    from unnest(${[...ids]}::text[]) as wanted (id)
    cross join lateral (${version("asc")} union all ${version("desc")}) v`.execute(into.trx);
  const found: Past["items"] = new Map();
  for (const row of rows)
    found.set(row.itemId, { first: found.get(row.itemId)?.first ?? row, last: row });
  return found;
}

async function sightsAt(urls: ReadonlySet<string>, into: Into): Promise<Past["sights"]> {
  if (urls.size === 0) return new Map();
  const { rows } = await sql<FirstSight & { url: string }>`
    select s.item_id as "itemId", s.url, s.published_at as "publishedAt", s.found_at as "foundAt"
    from unnest(${[...urls]}::text[]) as wanted (url)
    cross join lateral (select i.* from ${into.table("items")} i
      where i.url = wanted.url and not i.revision and ${before(into, "i")} order by i.position limit 1) s`.execute(
    into.trx,
  );
  return new Map(rows.map((row) => [row.url, row]));
}

async function articlesOf(ids: ReadonlySet<string>, into: Into): Promise<Past["articles"]> {
  if (ids.size === 0) return new Map();
  const { rows } = await sql<Understanding>`
    select a.document_id as "documentId", a.text_hash as "textHash", a.text_from as "textFrom",
      a.public_at as "publicAt", a.found_at as "foundAt", a.language
    from ${into.table("articles")} a where a.document_id = any(${[...ids]}::text[]) and ${before(into, "a")}
    order by a.position`.execute(into.trx);
  return Map.groupBy(rows, ({ documentId }) => documentId);
}

async function namingsOf(ids: ReadonlySet<string>, into: Into): Promise<Past["namings"]> {
  if (ids.size === 0) return new Map();
  const { rows } = await sql<Naming & { documentId: string }>`
    select last.document_id as "documentId", last.source,
      array(select jsonb_build_object('entity_id', m.entity_id, 'name', m.name, 'type', m.type)
        from ${into.table("mentions")} m where m.position = last.position) as mentions,
      array(select jsonb_build_object('code', o.code, 'actor_ids', o.actor_ids, 'target_ids', o.target_ids)
        from ${into.table("occurrences")} o where o.position = last.position) as occurrences
    from unnest(${[...ids]}::text[]) as wanted (id)
    cross join lateral (select a.* from ${into.table("articles")} a
      where a.document_id = wanted.id and ${before(into, "a")} order by a.position desc limit 1) last`.execute(
    into.trx,
  );
  return new Map(rows.map((row) => [row.documentId, row]));
}

async function voicesIn(ids: ReadonlySet<string>, into: Into): Promise<Past["voices"]> {
  if (ids.size === 0) return new Map();
  const { rows } = await sql<{ story_id: string; source: string }>`
    select distinct s.story_id, s.source from ${into.table("story_articles")} s
    where s.story_id = any(${[...ids]}::text[]) and s.relation <> 'copy' and ${before(into, "s")}`.execute(
    into.trx,
  );
  const stories = Map.groupBy(rows, ({ story_id }) => story_id);
  return new Map(
    [...stories].map(([id, told]) => [id, new Set(told.map(({ source }) => outletOf(source)))]),
  );
}

async function feedsOf(ids: ReadonlySet<string>, into: Into): Promise<Past["feeds"]> {
  if (ids.size === 0) return new Map();
  const { rows } = await sql<FeedName & { feed_id: string }>`
    select distinct on (f.feed_id) f.feed_id, f.title, f.url from ${into.table("events")} f
    where f.type = 'feed.added' and f.feed_id = any(${[...ids]}::text[]) and ${before(into, "f")}
    order by f.feed_id, f.position desc`.execute(into.trx);
  return new Map(rows.map((row) => [row.feed_id, row]));
}
