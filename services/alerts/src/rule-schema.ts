import type { Migration } from "@newsledger/eventlog";

/** What rules are, what they remember of the ledger, and what was told because of them. */
export const ruleMigrations: readonly Migration[] = [
  {
    id: "alerts-101-definitions",
    sql: `
alter table newsledger.rules
  -- What the rule says, as the program declares it.
  add column definition jsonb,
  -- Raised by every change; older ones are kept below.
  add column version integer not null default 1,
  -- What was recorded before stays silent: since the rule was made, or changed.
  add column speaks_from timestamptz not null default now(),
  add column snoozed_until timestamptz,
  -- Whether what comes meanwhile is told in the end, or only counted.
  add column snooze text check (snooze in ('hold', 'mute')),
  -- The last time that something was sent at once: what follows soon is held.
  add column spoke_at timestamptz,
  -- When a rule that waits for silence looks next.
  add column look_at timestamptz;
update newsledger.rules set speaks_from = greatest(created_at, now()),
  definition = jsonb_strip_nulls(jsonb_build_object('topic', topic, 'entities', entities,
    'occurrences', occurrences, 'note', note, 'maxAgeHours', max_age_hours));
alter table newsledger.rules
  alter column definition set not null,
  drop column entities, drop column occurrences, drop column note, drop column max_age_hours;
create index rules_look on newsledger.rules (look_at) where enabled and look_at is not null;

create table newsledger.rule_versions (
  rule_id text not null references newsledger.rules,
  version integer not null,
  definition jsonb not null,
  made_at timestamptz not null default now(),
  primary key (rule_id, version)
);
insert into newsledger.rule_versions (rule_id, version, definition, made_at)
  select rule_id, version, definition, created_at from newsledger.rules;
`,
  },
  {
    id: "alerts-102-memory",
    sql: `
-- One row a report: what the rules must remember of it.
create table newsledger.alert_reports (
  position bigint primary key,
  story_id text not null,
  document_id text not null,
  feed_id text not null,
  topics text[] not null,
  source text not null,
  -- In its own words, not a copy.
  own boolean not null,
  opens boolean not null,
  public_at timestamptz not null,
  -- The day on which it counts as new; null when it was found too late for that.
  counted_on date,
  entities text[] not null,
  codes text[] not null,
  -- As much of the report as a rule asks about: rules are tried out on this.
  facts jsonb not null
);
create index alert_reports_story on newsledger.alert_reports (story_id, position);
create index alert_reports_counted on newsledger.alert_reports (counted_on) where opens;
create index alert_reports_public on newsledger.alert_reports (public_at desc) where own;
create index alert_reports_feed on newsledger.alert_reports (feed_id);

-- Where each thing was met in a topic for the first time.
create table newsledger.alert_firsts (
  topic_id text not null,
  thing text not null,
  position bigint not null,
  primary key (topic_id, thing)
);

-- Where someone stood from a report on. Never changed: the standing before a report is that of the latest one before it.
create table newsledger.alert_standings (
  person_id text not null,
  position bigint not null,
  status text not null,
  since date not null,
  primary key (person_id, position)
);

-- What each alert told, and of which article: what it takes to correct it, and not to tell it twice.
create table newsledger.alerts_told (
  alert_id text primary key,
  rule_id text not null,
  story_id text not null,
  document_id text not null,
  item_id text not null,
  text_hash text not null,
  -- That of the report that raised it.
  position bigint not null,
  raised_at timestamptz not null,
  kind text not null,
  developments text[] not null,
  -- The alert as it is in the ledger.
  alert jsonb not null,
  corrections integer not null default 0
);
create index alerts_told_story on newsledger.alerts_told (rule_id, story_id);
create index alerts_told_document on newsledger.alerts_told (document_id);
create index alerts_told_item on newsledger.alerts_told (item_id);
create index alerts_told_text on newsledger.alerts_told (text_hash);
create index alerts_told_raised on newsledger.alerts_told (raised_at);

-- What came before is read once more, to be remembered; rules are silent on it.
delete from newsledger.checkpoints where name = 'alerts';
`,
  },
  {
    id: "alerts-103-holding",
    sql: `
-- Held deliveries have the state 'held' until next_attempt_at; then they are told in one batch.
alter table newsledger.deliveries
  add column hold_reason text,
  -- The delivery that carries it instead: 'batched'.
  add column batch text;
create index deliveries_held on newsledger.deliveries (next_attempt_at) where state = 'held';
create index deliveries_cause on newsledger.deliveries (cause);

-- When each feed last brought something.
create table newsledger.alert_feeds (
  feed_id text primary key,
  title text,
  last_item_at timestamptz,
  followed boolean not null default true
);

-- When somebody last looked: after a long sleep, silence proves nothing yet.
create table newsledger.alert_watch (
  one boolean primary key default true check (one),
  looked_at timestamptz not null default now()
);
`,
  },
  {
    id: "alerts-104-batches",
    sql: `
-- What was told of the stories of a batch of events, and which stories its articles belong to.
create index alerts_told_of_story on newsledger.alerts_told (story_id);
create index alert_reports_document on newsledger.alert_reports (document_id);
`,
  },
];
