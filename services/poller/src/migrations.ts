import type { Migration } from "@newsledger/eventlog";

/** The poller's tables: which feeds there are and how they fare, and which items are known. */
export const migrations: readonly Migration[] = [
  {
    id: "poller-001-feeds",
    sql: `
create table newsledger.feeds (
  feed_id text collate "C" primary key,
  url text not null,
  title text not null,
  -- Whether a person chose the title; if not, the feed's own takes its place at the first poll.
  titled boolean not null,
  -- The outlet as people know it, where that is not the title.
  source text,
  language text,
  kind text not null,
  enabled boolean not null default true,
  removed_at timestamptz,
  additions int not null default 1,
  -- The first poll's items were history when we met the feed.
  history boolean not null,
  state text not null default 'new' check (state in ('new', 'ok', 'degraded', 'dead', 'retired')),
  state_code text,
  state_reason text,
  failure_count int not null default 0,
  first_failure_at timestamptz,
  etag text,
  last_modified text,
  body_hash text,
  -- What tells its items apart; one that needed a stronger scheme once keeps it.
  identity text not null default 'guid',
  host_key text collate "C" not null,
  redirect_to text,
  redirect_count int not null default 0,
  next_poll_at timestamptz not null default now(),
  -- Both null until the first poll.
  interval_seconds int,
  -- Half the usual gap between its items: what the interval plays around.
  rhythm_seconds int,
  polls bigint not null default 0,
  started_at timestamptz,
  last_polled_at timestamptz,
  last_success_at timestamptz,
  last_new_item_at timestamptz,
  lease_until timestamptz,
  fence bigint not null default 0,
  created_at timestamptz not null default now()
) with (fillfactor = 70); -- every poll updates its row several times

create index feeds_due_idx on newsledger.feeds (next_poll_at) where enabled;
create index feeds_host_idx on newsledger.feeds (host_key);

create table newsledger.feed_items (
  item_id text collate "C" primary key,
  feed_id text collate "C" not null,
  content_hash text collate "C" not null,
  -- Short hashes of the parts, to say which of them a revision changed.
  parts jsonb not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);

create index feed_items_link_idx on newsledger.feed_items (feed_id, (parts ->> 'link'));
`,
  },
  {
    id: "poller-002-health",
    sql: `
alter table newsledger.feeds
  -- How it looked when it last brought something: its name, where it leads, its rhythm.
  add column portrait jsonb,
  -- It answers, and still something is wrong with it.
  add column concern_code text,
  add column concern_reason text,
  add column concern_since timestamptz,
  add column gap_at timestamptz,
  add column gap_reason text,
  -- Some of its items were missing from the last document, and wait to be missed once more.
  add column missing boolean not null default false,
  add column reader text not null default 'own' check (reader in ('own', 'rss-parser'));

-- The items of the last document, newest first.
create table newsledger.feed_windows (
  feed_id text collate "C" primary key,
  items text[] not null,
  -- Item id → when it was first found missing.
  missing jsonb not null default '{}'
);

alter table newsledger.feed_items add column withdrawn_at timestamptz;
`,
  },
  {
    id: "poller-003-hubs",
    sql: `
-- Where a feed offers to tell when it changes (WebSub), and how far we are with it.
create table newsledger.feed_hubs (
  feed_id text collate "C" primary key,
  hub text not null,
  topic text not null,
  -- The end of the address that the hub calls, and what it signs with.
  token text collate "C" not null unique,
  secret text not null,
  asks int not null default 0,
  asked_at timestamptz,
  next_ask_at timestamptz not null default now(),
  -- Until when the hub promised to call; null while it has not.
  lease_until timestamptz,
  calls bigint not null default 0,
  last_call_at timestamptz,
  -- Why it does not call; null when all is well.
  reason text
);
create index feed_hubs_due_idx on newsledger.feed_hubs (next_ask_at);
`,
  },
  {
    id: "poller-004-no-index-of-due",
    sql: `
-- Every poll moves next_poll_at. Where no index holds it, Postgres changes the row in its place and touches none of the other
-- indexes: a quarter more polls a second. Finding what is due reads the table instead (adr/022).
drop index newsledger.feeds_due_idx;
`,
  },
];
