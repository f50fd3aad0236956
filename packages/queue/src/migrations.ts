import type { Migration } from "@newsledger/eventlog";

export const migrations: readonly Migration[] = [
  {
    id: "queue-001-work",
    sql: `
      create table newsledger.work (
        job text not null,
        key text not null,
        data jsonb not null,
        state text not null default 'due' check (state in ('due', 'done', 'quarantined')),
        starts integer not null default 0,
        next_attempt_at timestamptz not null default now(),
        lease_until timestamptz,
        fence bigint not null default 0,
        last_error text,
        planned_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (job, key)
      );

      -- What the reconciler asks for: the due rows of one job, oldest first. Done rows are not in it.
      create index work_due on newsledger.work (job, next_attempt_at) where state = 'due';
      -- When the next lease ends. Only work in hand is in it.
      create index work_leased on newsledger.work (job, lease_until)
        where state = 'due' and lease_until is not null;
      -- What a person asks for.
      create index work_quarantined on newsledger.work (finished_at) where state = 'quarantined';
    `,
  },
  {
    id: "queue-002-failures",
    sql: `
      -- Of the starts, those that failed. The others came to no end: the process died, or lost its lease.
      alter table newsledger.work add column failures integer not null default 0;
    `,
  },
];
