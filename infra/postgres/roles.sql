-- Least privilege for Newsledger on a Postgres of your own. Run it as a superuser, in Newsledger's database, before the first
-- `newsledger migrate` and after each one; it may be run any number of times.
--
--   newsledger_owner   owns the ledger's tables: migrations, restore, retire. No service runs as this role.
--   newsledger_app     what `newsledger up` runs as: appends and reads, and cannot change, remove or disarm what was appended.
--   newsledger_reader  for analysts: reads the ledger and the read models; no addresses, no tokens, no keys, no secrets.
--
-- Passwords are yours to set: \password newsledger_owner, and so on.

do $$ begin
  if not exists (select from pg_roles where rolname = 'newsledger_owner') then create role newsledger_owner login; end if;
  if not exists (select from pg_roles where rolname = 'newsledger_app') then create role newsledger_app login; end if;
  if not exists (select from pg_roles where rolname = 'newsledger_reader') then create role newsledger_reader login; end if;
  execute format('alter database %I owner to newsledger_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  -- Read models and the queue live in schemas that the application makes and owns.
  execute format('grant connect, create, temporary on database %I to newsledger_app', current_database());
  execute format('grant connect on database %I to newsledger_reader', current_database());
end $$;

alter role newsledger_app set idle_in_transaction_session_timeout = '60s';
alter role newsledger_reader set default_transaction_read_only = on;
alter role newsledger_reader set statement_timeout = '5min';

create schema if not exists newsledger authorization newsledger_owner;
alter schema newsledger owner to newsledger_owner;
revoke all on schema newsledger from public;
-- "create": an index on the words of the read models is made once they are filled.
grant usage, create on schema newsledger to newsledger_app;
grant usage on schema newsledger to newsledger_reader;

-- Everything in the schema belongs to the owner, except for what follows from the ledger.
do $$
declare
  it record;
  derived text[] := array['words', 'rebuilds', 'read_models'];
begin
  for it in
    select c.oid::regclass as name, c.relkind as kind, c.relname from pg_class c
    where c.relnamespace = 'newsledger'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i', 'e') and c.relkind = 'S')
  loop
    execute format('alter %s %s owner to %I', case it.kind when 'v' then 'view' when 'S' then 'sequence' else 'table' end,
      it.name, case when it.relname = any (derived) then 'newsledger_app' else 'newsledger_owner' end);
    if it.relname <> all (derived) then
      execute format('revoke all on %s from public, newsledger_app, newsledger_reader', it.name);
    end if;
  end loop;

  for it in
    select p.oid::regprocedure as name from pg_proc p
    where p.pronamespace = 'newsledger'::regnamespace and p.prokind = 'f'
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('alter function %s owner to newsledger_owner', it.name);
  end loop;

  -- A partition is reached through its parent only.
  for it in
    select c.oid::regclass as name, c.relname, c.relkind as kind from pg_class c
    where c.relnamespace = 'newsledger'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all (derived || array['events', 'seals', 'migrations', 'retired', 'retired_streams'])
  loop
    execute format('grant select, insert, update, delete on %s to newsledger_app', it.name);
  end loop;
  if to_regclass('newsledger.events') is not null then
    grant select, insert on newsledger.events, newsledger.seals to newsledger_app;
    grant select on newsledger.migrations, newsledger.retired, newsledger.retired_streams, newsledger.events_default to newsledger_app;
    grant usage, select on all sequences in schema newsledger to newsledger_app;

    -- Months are made by whoever runs, with the owner's rights: these take a month and do nothing else.
    alter function newsledger.make_partition(timestamp) security definer set search_path = pg_catalog, pg_temp;
    alter function newsledger.maintain(int) security definer set search_path = pg_catalog, pg_temp;
    revoke execute on function newsledger.make_partition(timestamp), newsledger.maintain(int) from public;
    grant execute on function newsledger.make_partition(timestamp), newsledger.maintain(int) to newsledger_app;

  end if;
  for it in
    select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'newsledger'::regnamespace and c.relname = any (array['events', 'streams', 'seals', 'texts', 'feeds',
      'feed_items', 'retired', 'migrations', 'checkpoints'])
  loop
    execute format('grant select on %s to newsledger_reader', it.name);
  end loop;

  -- The schemas of the read models and of the queue, should a migration or the owner have made them.
  for it in select nspname as name from pg_namespace where nspname ~ '^coverage(_v[0-9]+)?$' or nspname = 'newsledger_queue' loop
    execute format('alter schema %I owner to newsledger_app', it.name);
    if it.name <> 'newsledger_queue' then
      execute format('grant usage on schema %I to newsledger_reader', it.name);
    end if;
  end loop;
  for it in
    select c.oid::regclass as name, c.relkind as kind, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where (n.nspname ~ '^coverage(_v[0-9]+)?$' or n.nspname = 'newsledger_queue') and c.relkind in ('r', 'p', 'v')
  loop
    execute format('alter %s %s owner to newsledger_app', case it.kind when 'v' then 'view' else 'table' end, it.name);
    if it.nspname <> 'newsledger_queue' then execute format('grant select on %s to newsledger_reader', it.name); end if;
  end loop;
end $$;

-- Read models that are built later may be read too.
alter default privileges for role newsledger_app grant usage on schemas to newsledger_reader;
alter default privileges for role newsledger_app grant select on tables to newsledger_reader;
