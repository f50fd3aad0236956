import type { Migration } from "@newsledger/eventlog";

/** How messages leave: their numbers, the receivers' channels and health, and when each delivery is due. */
export const deliveryMigrations: readonly Migration[] = [
  {
    id: "alerts-201-messages-channels",
    sql: `
-- The number of the latest message of a case to a receiver. Taken in the transaction that raises the alert, so that a
-- receiver counts 1, 2, 3 … in each case and a hole means a loss.
create table newsledger.case_sequences (
  webhook_id text not null,
  case_id text not null,
  last integer not null,
  primary key (webhook_id, case_id)
);

-- What was said, in full, whatever each channel makes of it. Its number is the receiver's: deliveries.sequence.
create table newsledger.messages (
  cause text primary key,
  type text not null,
  case_id text not null,
  body jsonb not null,
  created_at timestamptz not null default now()
);

-- Whose deliveries these are: a restored copy finds here that it is another database, and sends nothing by itself.
create table newsledger.delivery_instance (
  one boolean primary key default true check (one),
  identity jsonb not null,
  since timestamptz not null default now()
);

-- Which values these columns take is declared in the program, once.
alter table newsledger.deliveries drop constraint deliveries_channel_check;
alter table newsledger.deliveries drop constraint deliveries_state_check;
alter table newsledger.deliveries
  add column kind text not null default 'alert.raised',
  add column sequence integer,
  -- Request headers that belong to the message, frozen with it.
  add column headers jsonb not null default '{}',
  add column next_attempt_at timestamptz not null default now(),
  add column lease_until timestamptz,
  -- Raised by every claim: what an earlier claimant reports is then worth nothing.
  add column fence integer not null default 0,
  add column note text;
drop index newsledger.deliveries_pending;
create index deliveries_due on newsledger.deliveries (target, next_attempt_at, created_at)
  where state = 'planned';
create index deliveries_message on newsledger.deliveries (message_id);

alter table newsledger.webhooks
  add column channel text not null default 'webhook',
  add column settings jsonb not null default '{}',
  -- What is shown of an address that is a secret itself.
  add column shown_url text,
  -- Nothing is sent before this: the channel's own pace, or what a Retry-After asked for.
  add column not_before timestamptz,
  add column told_stage text,
  add column told_at timestamptz,
  add column disabled_at timestamptz;
-- The address may be encrypted; its hash, the webhook's id, is what is unique.
drop index newsledger.webhooks_url;

-- Deliveries know themselves when they are due.
update newsledger.deliveries d set next_attempt_at = w.next_attempt_at
  from newsledger.work w
  where w.job = 'deliver-alert' and w.key = d.delivery_id and d.state = 'planned';
delete from newsledger.work where job = 'deliver-alert';
`,
  },
];
