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
];
