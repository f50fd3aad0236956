import type { Migration } from "@newsledger/eventlog";
import { tablesIn } from "./tables.ts";

/** What the read models stand on: how words are read, and where versions are kept; their tables are in tables.ts. */
export const migrations: readonly Migration[] = [
  {
    id: "readmodels-001-words",
    sql: `
-- The extensions may already live in any schema; both are trusted, so the owner of the database may create them.
create extension if not exists unaccent with schema newsledger;
create extension if not exists pg_trgm with schema newsledger;

do $$
declare
  dictionary text := (select format('%I.unaccent', n.nspname) from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
                      where d.dictname = 'unaccent' limit 1);
  trgm text := (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                where e.extname = 'pg_trgm');
begin
  create text search configuration newsledger.rm_es (copy = pg_catalog.spanish);
  create text search configuration newsledger.rm_en (copy = pg_catalog.english);
  execute format('alter text search configuration newsledger.rm_es alter mapping for hword, hword_part, word with %s, pg_catalog.spanish_stem', dictionary);
  execute format('alter text search configuration newsledger.rm_en alter mapping for hword, hword_part, word with %s, pg_catalog.english_stem', dictionary);
  execute format('create function newsledger.rm_likeness(asked text, name text) returns real language sql immutable parallel safe
                  as ''select %s.word_similarity(lower(asked), lower(name))''', trgm);
end $$;

-- The Spanish stemmer ties "liberación" to "liberaciones" only when the accent is written: write it.
create function newsledger.rm_accented(x text) returns text language sql immutable parallel safe as $$
  select pg_catalog.regexp_replace(x, '([cs])ion\\M', '\\1ión', 'gi')
$$;

-- Spanish text is indexed twice, with accents and without; a text of unknown language in both languages.
create function newsledger.rm_lexemes(language text, x text) returns tsvector language sql immutable parallel safe as $$
  select case left(lower(coalesce(language, '')), 2)
    when 'en' then pg_catalog.to_tsvector('newsledger.rm_en', x)
    when 'es' then pg_catalog.to_tsvector('pg_catalog.spanish', newsledger.rm_accented(x)) || pg_catalog.to_tsvector('newsledger.rm_es', x)
    else pg_catalog.to_tsvector('newsledger.rm_en', x) || pg_catalog.to_tsvector('pg_catalog.spanish', newsledger.rm_accented(x))
         || pg_catalog.to_tsvector('newsledger.rm_es', x)
  end
$$;

-- A tsvector is limited to 1 MB: the first 200,000 characters of a text are indexed.
create function newsledger.rm_words(language text, title text, body text) returns tsvector language sql immutable parallel safe as $$
  select pg_catalog.setweight(newsledger.rm_lexemes(language, left(title, 5000)), 'A')
      || pg_catalog.setweight(newsledger.rm_lexemes(language, left(body, 200000)), 'B')
$$;

-- What was asked, in every language at once; each branch knows its own stop words. Branches that say the same are said once:
-- the planner adds up what each may match.
create function newsledger.rm_query(q text) returns tsquery language sql immutable parallel safe as $$
  select case
    when en = es and en = es_u then en
    when es = es_u then en || es
    when en = es_u then en || es
    else en || es || es_u end
  from (select pg_catalog.websearch_to_tsquery('newsledger.rm_en', q),
      pg_catalog.websearch_to_tsquery('pg_catalog.spanish', newsledger.rm_accented(q)),
      pg_catalog.websearch_to_tsquery('newsledger.rm_es', q)) as branches (en, es, es_u)
$$;
`,
  },
  {
    id: "readmodels-002-coverage",
    sql: `
create table newsledger.rm_items (
  position bigint primary key,
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
  backfill boolean not null,
  words tsvector not null generated always as (newsledger.rm_words(language, title, summary)) stored
);
create index rm_items_item on newsledger.rm_items (item_id, position); -- the newest version of an item
create index rm_items_url on newsledger.rm_items (url) where url is not null; -- first sight of a document
create index rm_items_public on newsledger.rm_items (public_at); -- the newest matches of a common word
create index rm_items_words on newsledger.rm_items using gin (words);

create table newsledger.rm_item_topics (
  position bigint not null,
  item_id text not null,
  topic_id text not null,
  topic_version int not null,
  tier text not null,
  shown_by text not null,
  reasons jsonb not null,
  recorded_at timestamptz not null,
  primary key (item_id, topic_id, position)
);
create index rm_item_topics_topic on newsledger.rm_item_topics (topic_id, item_id, position);

create table newsledger.rm_articles (
  position bigint primary key,
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
  words tsvector not null
);
create index rm_articles_document on newsledger.rm_articles (document_id, position);
create index rm_articles_item on newsledger.rm_articles (item_id, position);
create index rm_articles_url on newsledger.rm_articles (url) where url is not null;
create index rm_articles_public on newsledger.rm_articles (public_at);
create index rm_articles_words on newsledger.rm_articles using gin (words);

create table newsledger.rm_mentions (
  position bigint not null,
  nth int not null,
  document_id text not null,
  entity_id text,
  type text not null,
  name text not null,
  mentions int not null,
  primary key (position, nth)
);
create index rm_mentions_entity on newsledger.rm_mentions (entity_id) where entity_id is not null;

-- Every name ever mentioned, once: what a mistyped name is compared with.
create table newsledger.rm_names (name text primary key, type text not null);

create table newsledger.rm_occurrences (
  occurrence_id text primary key,
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
  recorded_at timestamptz not null
);
create index rm_occurrences_version on newsledger.rm_occurrences (position, nth);
create index rm_occurrences_targets on newsledger.rm_occurrences using gin (target_ids);

create table newsledger.rm_story_articles (
  position bigint primary key,
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
  backfill boolean not null
);
create index rm_story_articles_story on newsledger.rm_story_articles (story_id, position);
create index rm_story_articles_document on newsledger.rm_story_articles (document_id);
create index rm_story_articles_topics on newsledger.rm_story_articles using gin (topic_ids);
`,
  },
  {
    id: "readmodels-003-ledger",
    sql: `
create table newsledger.rm_events (
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
create index rm_events_type on newsledger.rm_events (type, position);
create index rm_events_item on newsledger.rm_events (item_id, position) where item_id is not null;
create index rm_events_topics on newsledger.rm_events using gin (topic_ids);
`,
  },
  {
    id: "readmodels-004-beside",
    sql: `
-- The read models live in schemas of their own from now on, one for each version; what stood here is built again there.
drop table newsledger.rm_items, newsledger.rm_item_topics, newsledger.rm_articles, newsledger.rm_mentions, newsledger.rm_names,
  newsledger.rm_occurrences, newsledger.rm_story_articles, newsledger.rm_events;
delete from newsledger.checkpoints where name ^@ 'projection:coverage@';

-- The words of every version of items and articles, under the position of their event. They follow from the event alone, so
-- no rebuild makes them again.
create table newsledger.words (position bigint primary key, words tsvector not null);

-- Beside the words of something published then: its day and its month, in capitals, which no searched word has.
create function newsledger.rm_marks(at timestamptz) returns tsvector language sql immutable parallel safe as $$
  select pg_catalog.array_to_tsvector(array[
    pg_catalog.to_char(at at time zone 'UTC', '"D"YYYY-MM-DD'), pg_catalog.to_char(at at time zone 'UTC', '"M"YYYY-MM')])
$$;

-- Whether a name may be the one that was mistyped, by its trigrams; “<%” answers to pg_trgm.word_similarity_threshold.
do $$ begin
  execute (select format('create function newsledger.rm_resembles(asked text, name text) returns boolean language sql stable parallel safe
      as ''select lower(asked) operator(%I.<%%) lower(name)''', n.nspname)
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
end $$;

-- Versions that somebody asked for: whoever keeps the read models builds the highest.
create table newsledger.rebuilds (version int primary key, asked_at timestamptz not null default now());

-- Until the first version is built, readers find an empty one.
create schema coverage_v0;
${tablesIn("coverage_v0")}
create schema coverage;
${viewsOf("coverage_v0", "coverage")}
insert into newsledger.checkpoints (name, position) values ('read-model:coverage@0', 0);
`,
  },
];

/** As a version that is in use has them. */
function viewsOf(tables: string, views: string): string {
  const names = [...tablesIn("").matchAll(/create table \.(\S+)/g)].map(([, name]) => name);
  return names
    .map((name) => `create view ${views}.${name} as select * from ${tables}.${name};`)
    .join("\n");
}
