/** What keeps the ledger append-only, and its monthly partitions. */
export const partitions = `
create function newsledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'newsledger.%: % refused, the ledger is append-only', tg_table_name, tg_op;
end $$;

create trigger events_immutable before update or delete on newsledger.events
  for each row execute function newsledger.refuse_change(); -- inherited by every partition
create trigger events_untruncatable before truncate on newsledger.events
  for each statement execute function newsledger.refuse_change(); -- not inherited: maintain() adds it
create trigger events_untruncatable before truncate on newsledger.events_default
  for each statement execute function newsledger.refuse_change();

-- Makes the partition of a month, unless the default partition already holds events of it. Attached, not created in place:
-- that needs a weaker lock.
create function newsledger.make_partition(p_month timestamp) returns boolean language plpgsql as $$
declare
  month timestamp := date_trunc('month', p_month);
  low timestamptz := month at time zone 'utc';
  high timestamptz := (month + interval '1 month') at time zone 'utc';
  name text := 'events_' || to_char(month, 'YYYYMM');
begin
  if to_regclass('newsledger.' || name) is not null
     or exists (select from newsledger.events_default where recorded_at >= low and recorded_at < high) then
    return false;
  end if;
  execute format('create table newsledger.%I (like newsledger.events including defaults including constraints)', name);
  execute format('create trigger events_untruncatable before truncate on newsledger.%I
                  for each statement execute function newsledger.refuse_change()', name);
  execute format('alter table newsledger.events attach partition newsledger.%I for values from (%L) to (%L)',
                 name, low, high);
  return true;
end $$;

-- Makes the partitions of this month and of months ahead.
create function newsledger.maintain(p_months_ahead int default 2) returns int language plpgsql as $$
declare
  month timestamp := date_trunc('month', clock_timestamp() at time zone 'utc');
  made int := 0;
begin
  perform pg_advisory_xact_lock(20044, 2); -- two-key locks are not in the fence's scan
  perform set_config('lock_timeout', '5s', true);
  for i in 0..p_months_ahead loop
    if newsledger.make_partition(month + i * interval '1 month') then
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

select newsledger.maintain();
`;
