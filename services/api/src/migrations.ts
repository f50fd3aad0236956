interface Migration {
  readonly id: string;
  readonly sql: string;
}

/** Who may read; apart from the ledger, so that it can be forgotten. */
export const migrations: readonly Migration[] = [
  {
    id: "api-001-keys",
    sql: `
create table newsledger.api_keys (
  key_id text primary key,
  name text not null,
  hash text not null unique, -- how a request's key is found
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz
);
`,
  },
  {
    id: "api-002-sessions",
    sql: `
create table newsledger.api_sessions (
  hash text primary key, -- how a request's cookie is found
  key_id text not null references newsledger.api_keys on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index api_sessions_key_id on newsledger.api_sessions (key_id);
`,
  },
];
