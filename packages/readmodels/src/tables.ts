/**
 * The tables of one version of the read models, in a schema of their own. Every table keeps each version that the ledger
 * recorded, keyed by the position of its event: nothing is updated, so any past state can be asked for, and a rebuild gives
 * the same rows. `public_at` is when the world could read it (§ README).
 */
export const tablesIn = (schema: string): string => tables.replaceAll("@.", `${schema}.`);

/** Not asked for while a version is built: made with the indexes. */
export const keysIn = (schema: string): string => keys.replaceAll("@.", `${schema}.`);

/** What only readers need: made when a version has caught up, in a fraction of the time that keeping them up would take. */
export const indexesIn = (schema: string): string => indexes.replaceAll("@.", `${schema}.`);

const tables = `
create table @.items (
  position bigint not null,
  item_id text not null,
  feed_id text not null,
  source text not null,
  url text,
  title text not null,
  summary text not null,
  author text,
  language text,
  published_at timestamptz,
  public_at timestamptz not null,
  found_at timestamptz not null,
  recorded_at timestamptz not null,
  revision boolean not null,
  backfill boolean not null
);
create index items_item on @.items (item_id, position); -- the newest version of an item
create index items_url on @.items (url, position) where url is not null and not revision; -- first sight of an address

create table @.item_topics (
  position bigint not null,
  item_id text not null,
  topic_id text not null,
  topic_version int not null,
  tier text not null,
  shown_by text not null,
  reasons jsonb not null,
  recorded_at timestamptz not null
);

-- Versions of items and articles that concern a topic, and since when the ledger knows (topic-versions.ts).
create table @.topic_versions (
  topic_id text not null,
  position bigint not null,
  since bigint not null,
  recorded_at timestamptz not null,
  public_at timestamptz not null
);

create table @.articles (
  position bigint not null,
  document_id text not null,
  item_id text not null,
  feed_id text not null,
  source text not null,
  url text,
  title text not null,
  byline text,
  published_at timestamptz,
  public_at timestamptz not null,
  found_at timestamptz not null,
  recorded_at timestamptz not null,
  text_hash text not null,
  text_from text not null,
  page_problem text,
  word_count int not null,
  language text not null,
  extractor text not null,
  backfill boolean not null,
  facets text[] not null -- whom it names, and what it tells of whom in which role (facets.ts)
);
create index articles_document on @.articles (document_id, position); -- the newest understanding of a document

-- Those of them whose document had been understood before: few, and all that can have taken the place of another.
create table @.later_articles (
  position bigint not null,
  document_id text not null,
  public_at timestamptz not null,
  recorded_at timestamptz not null
);

create table @.mentions (
  position bigint not null,
  nth int not null,
  document_id text not null,
  entity_id text,
  type text not null,
  name text not null,
  mentions int not null,
  primary key (position, nth)
);

-- Every name ever mentioned, once: what a mistyped name is compared with.
create table @.names (name text primary key, type text not null);

create table @.occurrences (
  occurrence_id text not null,
  position bigint not null,
  nth int not null,
  document_id text not null,
  code text not null,
  actors jsonb not null,
  targets jsonb not null,
  actor_ids text[] not null,
  target_ids text[] not null,
  date text,
  precision text,
  place jsonb,
  sentence text not null,
  starts_at int not null,
  published_at timestamptz,
  public_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (position, nth)
);

create table @.story_articles (
  position bigint not null,
  story_id text not null,
  document_id text not null,
  item_id text not null,
  relation text not null,
  title text not null,
  source text not null,
  url text,
  language text,
  published_at timestamptz,
  public_at timestamptz not null,
  found_at timestamptz not null,
  recorded_at timestamptz not null,
  topics jsonb not null,
  topic_ids text[] not null,
  nearest jsonb,
  backfill boolean not null,
  outlets int not null -- that told the story in their own words, this article included
);
create index story_articles_story on @.story_articles (story_id, position);

create table @.events (
  position bigint primary key,
  type text not null,
  recorded_at timestamptz not null,
  feed_id text,
  item_id text,
  document_id text,
  story_id text,
  topic_ids text[] not null,
  title text not null,
  source text not null,
  url text,
  published_at timestamptz,
  public_at timestamptz not null,
  found_at timestamptz not null,
  why text not null,
  backfill boolean not null
);
create index events_feed on @.events (feed_id, position) where type = 'feed.added'; -- what a feed was called

-- Counts of the present (tallies.ts).
create table @.tallies (
  kind text not null,
  key text not null,
  part text not null,
  amount bigint not null,
  primary key (kind, key, part)
);
`;

const keys = `
alter table @.items add primary key (position);
alter table @.item_topics add primary key (item_id, topic_id, position);
alter table @.topic_versions add primary key (topic_id, position) include (since, recorded_at);
alter table @.articles add primary key (position);
alter table @.later_articles add primary key (document_id, position);
alter table @.story_articles add primary key (position);
`;

const indexes = `
create index items_public on @.items (public_at, position); -- the newest matches of a common word
create index items_revised on @.items (position) where revision; -- what was reworded last
create index item_topics_topic on @.item_topics (topic_id, item_id, position);
create index topic_versions_public on @.topic_versions (topic_id, public_at); -- the newest of a topic
create index articles_item on @.articles (item_id, position);
create index articles_url on @.articles (url) where url is not null;
create index articles_public on @.articles (public_at, position) include (document_id, source); -- pages, newest published first
create index articles_facets on @.articles using gin (facets) with (fastupdate = off);
create index mentions_article on @.mentions (position);
create index mentions_entity on @.mentions (entity_id) include (position, name, type) where entity_id is not null;
create index occurrences_targets on @.occurrences using gin (target_ids) with (fastupdate = off);
create index occurrences_public on @.occurrences (public_at desc, position desc, nth);
create index story_articles_document on @.story_articles (document_id, position);
create index story_articles_item on @.story_articles (item_id);
create index story_articles_public on @.story_articles (public_at, position); -- pages, newest published first
create index story_articles_outlets on @.story_articles (outlets) where outlets > 1; -- told by so many
create index story_articles_topics on @.story_articles using gin (topic_ids) with (fastupdate = off);
create index events_type on @.events (type, position);
create index events_source on @.events (source, position);
create index events_item on @.events (item_id, position) where item_id is not null;
create index events_document on @.events (document_id, position) where document_id is not null;
create index events_story on @.events (story_id, position) where story_id is not null;
create index events_public on @.events (public_at);
create index events_topics on @.events using gin (topic_ids) with (fastupdate = off);
`;

/** Its list of entries that wait is kept short: every search reads it. */
export const wordsIndex = `
create index words_words on newsledger.words using gin (words) with (gin_pending_list_limit = 256);
`;

/** Mistyped names are looked up by their trigrams; the extension may live in any schema. */
export const namesIndexIn = (schema: string): string => `
do $$ begin
  execute (select format('create index names_likeness on ${schema}.names using gin (lower(name) %I.gin_trgm_ops)', n.nspname)
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
end $$;
`;
