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
create schema coverage;
insert into newsledger.checkpoints (name, position) values ('read-model:coverage@0', 0);
`,
    // Not compared: the tables change with the versions of the read models, and these stay empty.
    also: `${tablesIn("coverage_v0")}${viewsOf("coverage_v0", "coverage")}`,
    // While the tables stood in it, and with the steps before them that were folded into it.
    formerly: [
      "c37259f2260fb7e755a1f2c9ffc96c6b14c3baa677bfe26cdde4a88f12b4b31e",
      "46af4e6c83c2e2f1b8bfadc65967aba90b27190c9dba0f2779b9e75ed8ee3759",
      "f758aff3de1e1638460159606238d352263d2e1af5af38b2e3c1e1870cc6c7c5",
      "cd9595194eb9c17daf9a06d8195b628501e916915dc0fef0bd0e5a897e9af4c5",
    ],
  },
  {
    id: "readmodels-002-marks-of-years",
    sql: `
-- A list of the index for each quarter and year, too: one that is read instead of three or twelve that are merged.
create or replace function newsledger.rm_marks(at timestamptz) returns tsvector language sql immutable parallel safe as $$
  select pg_catalog.array_to_tsvector(array[
    pg_catalog.to_char(at at time zone 'UTC', '"D"YYYY-MM-DD'), pg_catalog.to_char(at at time zone 'UTC', '"M"YYYY-MM'),
    pg_catalog.to_char(at at time zone 'UTC', '"Q"YYYY-Q'), pg_catalog.to_char(at at time zone 'UTC', '"Y"YYYY')])
$$;

-- Compressing saves these words nothing, and lying apart costs whoever looks for a phrase, or ranks, a second look-up of each row.
alter table newsledger.words alter column words set storage external;
alter table newsledger.words set (toast_tuple_target = 8160);

-- Written anew, for rows keep the form that they were written in. As two copies in turn: nothing is left behind by the first.
do $$
declare
  indexed boolean := to_regclass('newsledger.words_words') is not null;
begin
  lock table newsledger.words in access exclusive mode;
  if not exists (select from newsledger.words) then return; end if;
  create unlogged table newsledger.words_before as select position, words from newsledger.words;
  drop index if exists newsledger.words_words;
  truncate newsledger.words;
  insert into newsledger.words (position, words)
    select b.position, b.words || coalesce((
      select newsledger.rm_marks((substr(min(mark), 2) || ' 00:00+00')::timestamptz)
      from unnest(tsvector_to_array(b.words)) as m (mark) where mark ~ '^D[0-9]{4}-[0-9]{2}-[0-9]{2}$'), '')
    from newsledger.words_before b order by b.position;
  drop table newsledger.words_before;
  if indexed then
    create index words_words on newsledger.words using gin (words) with (gin_pending_list_limit = 256);
  end if;
end $$;
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
