import type { Migration } from "@newsledger/eventlog";
import { deliveryMigrations } from "./delivery-schema.ts";
import { ruleMigrations } from "./rule-schema.ts";

export const migrations: readonly Migration[] = [
  {
    id: "alerts-001-rules-webhooks-deliveries",
    sql: `
create table newsledger.rules (
  rule_id text primary key,
  name text not null,
  topic text not null,
  entities text[] not null default '{}',
  occurrences text[] not null default '{}',
  note text,
  max_age_hours integer,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  -- A removed rule stays, silent: the alerts that it raised still name it.
  removed_at timestamptz
);
create unique index rules_name on newsledger.rules (name) where removed_at is null;

create table newsledger.webhooks (
  webhook_id text primary key,
  url text not null,
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  -- null: every rule
  rules text[],
  enabled boolean not null default true,
  disabled_reason text,
  failing_since timestamptz,
  created_at timestamptz not null default now()
);
create unique index webhooks_url on newsledger.webhooks (url);

create table newsledger.deliveries (
  delivery_id text primary key,
  -- What the receiver sees as webhook-id: that of the first delivery, also when it is sent again.
  message_id text not null,
  channel text not null check (channel in ('webhook', 'mail')),
  target text not null,
  cause text not null,
  resend integer not null default 0,
  -- The bytes that are sent, frozen when the delivery is planned.
  payload text not null,
  state text not null check (state in ('planned', 'delivered', 'failed', 'cancelled')),
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  unique (channel, target, cause, resend)
);
create index deliveries_target on newsledger.deliveries (target, created_at desc);
create index deliveries_pending on newsledger.deliveries (created_at) where state = 'planned';

create table newsledger.delivery_attempts (
  delivery_id text not null references newsledger.deliveries,
  attempt integer not null,
  started_at timestamptz not null default now(),
  status integer,
  error text,
  response text,
  duration_ms integer not null,
  primary key (delivery_id, attempt)
);
`,
  },
  ...deliveryMigrations,
  ...ruleMigrations,
];
