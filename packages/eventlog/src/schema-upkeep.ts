import type { Migration } from "./types.ts";

export const upkeep: readonly Migration[] = [
  {
    id: "eventlog-101-replay",
    sql: `alter table newsledger.parked add column replay_at timestamptz;
create index parked_replay_idx on newsledger.parked (subscription, position) where replay_at is not null;`,
  },
  {
    id: "eventlog-102-read-models",
    sql: `create table newsledger.read_models (
  name text collate "C" primary key,
  version int not null, -- the one that readers see
  since timestamptz not null default now()
);`,
  },
  {
    id: "eventlog-103-snapshots",
    sql: `create table newsledger.snapshots (
  stream_id text collate "C" not null,
  reducer text collate "C" not null,
  reducer_version int not null,
  version bigint not null, -- of the stream
  state jsonb not null,
  taken_at timestamptz not null default now(),
  primary key (stream_id, reducer)
);`,
  },
  {
    id: "eventlog-104-subjects",
    sql: `create table newsledger.subject_keys (
  subject_id text collate "C" primary key,
  key bytea, -- null once it is erased
  created_at timestamptz not null default now(),
  erased_at timestamptz,
  reason text
);
alter table newsledger.texts add column redacted_at timestamptz; -- its body is then empty, its hash stays`,
  },
  {
    id: "eventlog-105-retired",
    sql: `create table newsledger.retired (
  month text collate "C" primary key, -- YYYYMM
  from_position bigint not null,
  to_position bigint not null,
  events bigint not null,
  detached_at timestamptz not null default now(),
  exported_sha256 text, -- of the lines that were written
  dropped_at timestamptz
);
-- Where a stream goes on whose beginning was retired.
create table newsledger.retired_streams (
  stream_id text collate "C" primary key,
  version bigint not null,
  hash bytea not null
);`,
  },
];
