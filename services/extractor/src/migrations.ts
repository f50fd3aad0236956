import type { Migration } from "@newsledger/eventlog";

/** What the storyteller remembers of every article that it has placed, to compare the next one with. */
export const migrations: readonly Migration[] = [
  {
    id: "extractor-001-story-articles",
    sql: `
create table newsledger.story_articles (
  document_id text collate "C" primary key,
  story_id text collate "C" not null,
  source text not null,
  title text not null,
  -- When it was published, or found where nobody says when.
  at timestamptz not null,
  -- The same of the article that opened the story.
  opened_at timestamptz not null,
  -- Hashes of word runs (four and two words), and of the bands by which copies find each other.
  shingles int[] not null,
  bigrams int[] not null,
  bands int[] not null,
  words int not null,
  -- Who takes part, without places and agencies: ids, or names where there is no id.
  entities text[] not null,
  occurrences jsonb not null
);
-- Copies are looked for by a shared band, other reports of the same event by a shared entity.
create index story_articles_bands_idx on newsledger.story_articles using gin (bands);
create index story_articles_entities_idx on newsledger.story_articles using gin (entities);
create index story_articles_at_idx on newsledger.story_articles (at);
`,
  },
  {
    id: "extractor-002-terms",
    sql: `
-- Hashes of the stems of an article's telling words; of what was placed before there are none.
alter table newsledger.story_articles add column terms int[] not null default '{}';
`,
  },
  {
    id: "extractor-003-search-without-waiting-list",
    sql: `
-- Every article is compared before the next one is placed: entries that wait to be put in would be read through each time.
alter index newsledger.story_articles_bands_idx set (fastupdate = off);
alter index newsledger.story_articles_entities_idx set (fastupdate = off);
select gin_clean_pending_list('newsledger.story_articles_bands_idx');
select gin_clean_pending_list('newsledger.story_articles_entities_idx');
`,
  },
  {
    id: "extractor-004-statistics-of-what-is-asked-for",
    sql: `
-- Nothing is looked up by these, and counting hundreds of hashes in each of thousands of rows takes Postgres seconds.
alter table newsledger.story_articles
  alter column shingles set statistics 0, alter column bigrams set statistics 0, alter column terms set statistics 0,
  alter column occurrences set statistics 0, alter column title set statistics 0;
`,
  },
];
