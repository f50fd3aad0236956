import type { Migration } from "@newsledger/eventlog";

export const migrations: readonly Migration[] = [
  {
    id: "digest-001-subscribers-subscriptions-issues",
    sql: `
-- Personal data lives here, apart from the ledger, and can be erased.
create table newsledger.subscribers (
  subscriber_id text primary key,
  email text not null,
  name text,
  language text not null check (language in ('en', 'es')),
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  suppressed_reason text
);
create unique index subscribers_email on newsledger.subscribers (lower(email));

create table newsledger.subscriptions (
  subscription_id text primary key,
  subscriber_id text not null references newsledger.subscribers on delete cascade,
  topics text[] not null check (cardinality(topics) > 0),
  schedule text not null,
  at text not null,
  time_zone text not null,
  -- Everything up to this position of the ledger has been told. Moves with the issue that tells it.
  cursor bigint not null,
  next_due_at timestamptz not null,
  enabled boolean not null default true,
  unsubscribe_token text not null check (length(unsubscribe_token) <= 30),
  created_at timestamptz not null default now()
);
create unique index subscriptions_token on newsledger.subscriptions (unsubscribe_token);
create index subscriptions_due on newsledger.subscriptions (next_due_at) where enabled;

-- Issues hold no address and no name: they stay when the reader is erased.
create table newsledger.issues (
  issue_id text primary key,
  subscription_id text not null,
  period_end timestamptz not null,
  from_position bigint not null,
  to_position bigint not null,
  state text not null check (state in ('planned', 'sent', 'skipped', 'failed', 'unknown')),
  topics text[] not null,
  language text not null,
  message_id text not null,
  in_reply_to text,
  subject text,
  html text,
  text text,
  stories integer not null,
  reason text,
  attempts integer not null default 0,
  composed_at timestamptz not null default now(),
  sent_at timestamptz,
  unique (subscription_id, period_end)
);
create index issues_pending on newsledger.issues (subscription_id) where state in ('planned', 'unknown');
create index issues_composed on newsledger.issues (composed_at desc);
`,
  },
  {
    id: "digest-002-consent-returns-editions",
    sql: `
alter table newsledger.subscribers
  add column stop_all_token text unique check (length(stop_all_token) <= 30),
  add column suppressed_at timestamptz;
update newsledger.subscribers
  set stop_all_token = left(replace(gen_random_uuid()::text, '-', ''), 30),
      suppressed_at = case when suppressed_reason is not null then now() end;
alter table newsledger.subscribers alter column stop_all_token set not null;

alter table newsledger.subscriptions
  -- Null until the reader has said yes: nothing but the question is sent before.
  add column confirmed_at timestamptz,
  -- What the ledger learnt up to here was never promised to the reader.
  add column started_from bigint,
  add column heartbeat boolean not null default false;
update newsledger.subscriptions p set
  confirmed_at = p.created_at,
  started_from = coalesce((select min(i.from_position) from newsledger.issues i
    where i.subscription_id = p.subscription_id), p.cursor);
alter table newsledger.subscriptions alter column started_from set not null;
create index subscriptions_subscriber on newsledger.subscriptions (subscriber_id);

create table newsledger.confirmations (
  token text primary key check (length(token) <= 30),
  subscription_id text not null references newsledger.subscriptions on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index confirmations_subscription on newsledger.confirmations (subscription_id);

-- The words of an issue, once for all the readers who get the same.
create table newsledger.editions (
  edition_id text primary key,
  html text not null,
  text text not null,
  -- The whole issue as a page, where the mail holds only a part of it.
  page text,
  composed_at timestamptz not null default now()
);
alter table newsledger.issues
  add column edition_id text references newsledger.editions,
  add column kind text not null default 'news' check (kind in ('news', 'heartbeat', 'confirmation')),
  -- The reader's mailbox put it off at the last try.
  add column put_off boolean not null default false,
  -- The Message-IDs of the conversation, the first and the latest, oldest first.
  add column thread text[] not null default '{}';

create index issues_message on newsledger.issues (message_id); -- what a bounce is about

-- What came back: refusals at the door, and bounce mails later.
create table newsledger.mail_returns (
  subscriber_id text not null references newsledger.subscribers on delete cascade,
  issue_id text not null,
  kind text not null check (kind in ('hard', 'soft')),
  reason text not null,
  returned_at timestamptz not null default now(),
  primary key (subscriber_id, issue_id, kind)
);

-- Which database sends: a copy of it, restored elsewhere or over it, is another one and asks first.
create table newsledger.mail_origin (
  only_one boolean primary key default true check (only_one),
  fingerprint text not null,
  held_since timestamptz
);
`,
  },
];
