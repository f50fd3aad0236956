import { append } from "./schema-append.ts";
import { chain } from "./schema-chain.ts";
import { fence } from "./schema-fence.ts";
import { partitions } from "./schema-partitions.ts";
import { seals } from "./schema-seals.ts";
import { upkeep } from "./schema-upkeep.ts";
import type { Migration } from "./types.ts";

/** The log's own tables. `migrate` runs them before everyone else's. */
export const migrations: readonly Migration[] = [
  {
    id: "eventlog-001-tables",
    sql: `
create sequence newsledger.position_seq as bigint cache 1; -- CACHE must stay 1: a cached block would break the fence

create table newsledger.streams (
  stream_id text collate "C" primary key,
  version bigint not null,
  last_hash bytea, -- of the event at its version
  created_at timestamptz not null default now()
) with (fillfactor = 80); -- room for HOT updates: every append updates this row

create table newsledger.events (
  global_position bigint not null,
  recorded_at timestamptz not null,
  stream_id text collate "C" not null,
  version bigint not null,
  event_id uuid not null,
  type text collate "C" not null,
  schema_version smallint not null,
  correlation_id uuid,
  causation_id uuid,
  occurred_at timestamptz,
  hash bytea not null,
  data jsonb not null,
  constraint events_pkey primary key (global_position, recorded_at),
  -- Within a month; across months the lock on the stream's row keeps (stream_id, version) unique.
  constraint events_version_key unique (stream_id, version, recorded_at)
) partition by range (recorded_at);

create index events_type_idx on newsledger.events (type, global_position);
create index events_correlation_idx on newsledger.events (correlation_id, global_position)
  where correlation_id is not null;

-- Catches what no monthly partition takes, should maintain() not have run for months.
create table newsledger.events_default partition of newsledger.events default;

-- One row an append. Taken empty before anything else is locked, filled in by the same call.
create table newsledger.append_keys (
  key text collate "C" primary key,
  stream_id text collate "C",
  last_version bigint,
  first_position bigint,
  last_position bigint,
  recorded_at timestamptz not null default clock_timestamp()
) with (fillfactor = 70);

create table newsledger.checkpoints (
  name text collate "C" primary key,
  position bigint not null,
  holder uuid,
  lease_until timestamptz,
  updated_at timestamptz not null default now()
) with (fillfactor = 50);

create table newsledger.parked (
  subscription text collate "C" not null,
  position bigint not null,
  error text not null,
  attempts int not null,
  parked_at timestamptz not null default now(),
  primary key (subscription, position)
);

create table newsledger.texts (
  hash text collate "C" primary key,
  body text not null,
  created_at timestamptz not null default now()
);
`,
  },
  { id: "eventlog-002-fence", sql: fence },
  { id: "eventlog-003-partitions", sql: partitions },
  { id: "eventlog-004-hashes", sql: chain },
  { id: "eventlog-005-append", sql: append },
  { id: "eventlog-006-seals", sql: seals },
  ...upkeep,
];
