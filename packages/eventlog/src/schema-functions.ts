/**
 * The position fence, append, and upkeep.
 *
 * `nextval` hands out positions in one order, commits happen in another, so a reader that simply asks for
 * `global_position > checkpoint` jumps over the events of a slower transaction. Here each writing transaction first takes
 * a SHARED advisory lock whose KEY is the sequence's last value: a lower bound of every position that it will draw.
 * A reader notes H = last value, then F = the smallest such key in pg_locks, and reads up to least(H, F) in a LATER
 * statement.
 *   - A writer seen in the scan holds a key below all its positions, so they are above F.
 *   - A writer not seen has either released its lock, so its outcome is visible to any later snapshot (Postgres leaves
 *     the list of running transactions before it releases locks), or took it after H was read, so it draws above H.
 * Readers take no lock, writers wait neither for each other nor for readers, other transactions do not matter.
 */
export const functions = `
-- The writer's half. Key = 20044 ("NL") in the upper 16 bits, the last value in the lower 48. The setting remembers that
-- this transaction is fenced: without it N appends would take N slots of the lock table. A rollback to a savepoint undoes
-- the lock and the setting together.
create function newsledger.fence() returns void language plpgsql volatile as $$
declare this_transaction text := pg_current_xact_id()::text;
begin
  if current_setting('newsledger.fence', true) is distinct from this_transaction then
    perform pg_advisory_xact_lock_shared(
      (20044::bigint << 48) | (select case when is_called then last_value else 0 end from newsledger.position_seq));
    perform set_config('newsledger.fence', this_transaction, true);
  end if;
end $$;

-- The reader's half. Rows must be read by a LATER statement: within one statement
-- (where global_position <= safe) the snapshot is older than the scan, and events get lost.
-- high > safe says that somebody is appending right now.
create function newsledger.safe_position(out safe bigint, out high bigint) language plpgsql volatile as $$
declare fence bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'newsledger.safe_position: needs READ COMMITTED, this transaction is %',
      upper(current_setting('transaction_isolation'));
  end if;
  if pg_is_in_recovery() then
    raise exception 'newsledger.safe_position: ask the primary, a standby does not see its advisory locks';
  end if;
  select case when is_called then last_value else 0 end into high from newsledger.position_seq; -- first H, then the scan
  select min(((classid::bigint & 65535) << 32) | objid::bigint) into fence from pg_locks
    where locktype = 'advisory' and objsubid = 1 and (classid::bigint >> 16) = 20044
      and database = (select oid from pg_database where datname = current_database());
  safe := least(high, fence);
end $$;

-- Many independent appends in one call: a conflict or a duplicate of one does not touch the others.
-- Event i belongs to append p_append_of[i] (1-based). A stream and a key may occur once a call. p_expected: any, none,
-- exists, or a version. Order matters, against deadlocks and for the fence: keys, then stream rows (both sorted), then
-- the fence, then nextval. Taking the key first makes a racer wait for our outcome instead of failing its transaction.
create function newsledger.append(
  p_streams text[], p_expected text[], p_keys text[], p_correlations uuid[], p_causations uuid[],
  p_append_of int[], p_ids uuid[], p_types text[], p_schema_versions smallint[], p_occurred timestamptz[], p_data text[])
returns table (nth int, status text, version bigint, first_position bigint, last_position bigint)
language plpgsql volatile as $$
#variable_conflict use_column
declare
  keyed boolean := cardinality(array_remove(p_keys, null)) > 0;
  taken text[] := '{}'; -- keys that are ours
  wanted int[]; -- all but the duplicates
  accepted int[];
  bases bigint[]; -- version before the append, parallel to accepted; so are firsts and lasts
  firsts bigint[];
  lasts bigint[];
  moment timestamptz;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'newsledger.append: needs READ COMMITTED, this transaction is %',
      upper(current_setting('transaction_isolation'));
  end if;
  -- Without it a crash can hand out positions again that were already delivered.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;

  if keyed then
    with mine as (
      insert into newsledger.append_keys (key)
        select a.key from unnest(p_keys) as a (key) where a.key is not null order by a.key
        on conflict do nothing returning key)
    select coalesce(array_agg(key), '{}') into taken from mine;
  end if;

  select array_agg(a.nth::int order by a.stream) into wanted
    from unnest(p_streams, p_keys) with ordinality as a (stream, key, nth)
    where a.key is null or a.key = any (taken);

  insert into newsledger.streams (stream_id, version)
    select p_streams[w.nth], 0 from unnest(wanted) with ordinality as w (nth, place)
    where p_expected[w.nth] in ('any', 'none') order by w.place on conflict do nothing;

  with asked as (
    select p_streams[w.nth] as stream, p_expected[w.nth] as expected, w.nth, e.added
    from unnest(wanted) as w (nth)
    join (select append_of, count(*) as added from unnest(p_append_of) as u (append_of) group by append_of) e
      on e.append_of = w.nth),
  locked as (
    select s.stream_id, s.version from newsledger.streams s
    where s.stream_id = any (select stream from asked) order by s.stream_id for no key update),
  advanced as (
    update newsledger.streams s set version = l.version + a.added
    from locked l join asked a on a.stream = l.stream_id
    where s.stream_id = l.stream_id
      and case a.expected when 'any' then true when 'none' then l.version = 0 when 'exists' then l.version > 0
            else l.version = a.expected::bigint end
    returning a.nth as nth, l.version as base)
  select array_agg(nth order by nth), array_agg(base order by nth) into accepted, bases from advanced;

  if accepted is not null then
    perform newsledger.fence();
    moment := date_trunc('milliseconds', clock_timestamp()); -- survives the way through a JavaScript Date
    with written as (
      insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                     correlation_id, causation_id, occurred_at, data)
        select nextval('newsledger.position_seq'), moment, p_streams[e.append_of], e.version, e.id, e.type,
               e.schema_version, p_correlations[e.append_of], p_causations[e.append_of], e.occurred, e.data::jsonb
        from (
          select e.*, k.base + row_number() over (partition by e.append_of order by e.nth) as version
          from unnest(p_append_of, p_ids, p_types, p_schema_versions, p_occurred, p_data)
            with ordinality as e (append_of, id, type, schema_version, occurred, data, nth)
          join unnest(accepted, bases) as k (nth, base) on k.nth = e.append_of
          order by e.nth) e -- sorted before nextval is drawn
        returning stream_id, global_position),
    edges as (
      select stream_id, min(global_position) as first, max(global_position) as last from written group by stream_id)
    select array_agg(edges.first order by k.nth), array_agg(edges.last order by k.nth) into firsts, lasts
      from unnest(accepted) as k (nth) join edges on edges.stream_id = p_streams[k.nth];
  end if;

  if taken <> '{}' then
    update newsledger.append_keys as t
      set stream_id = p_streams[k.nth], first_position = k.first, last_position = k.last, recorded_at = moment,
          last_version = (select s.version from newsledger.streams s where s.stream_id = p_streams[k.nth])
      from unnest(accepted, firsts, lasts) as k (nth, first, last)
      where t.key = p_keys[k.nth] and t.key = any (taken);
    delete from newsledger.append_keys t where t.key = any (taken) and t.first_position is null; -- conflicts
  end if;

  return query
    select a.nth::int,
      case when k.nth is not null then 'appended' when d.key is not null then 'duplicate' else 'conflict' end,
      case when k.nth is null and d.key is not null then d.last_version else coalesce(s.version, 0) end,
      coalesce(k.first, d.first_position), coalesce(k.last, d.last_position)
    from unnest(p_streams, p_keys) with ordinality as a (stream, key, nth)
    left join unnest(accepted, firsts, lasts) as k (nth, first, last) on k.nth = a.nth
    left join newsledger.append_keys d on d.key = a.key
    left join newsledger.streams s on s.stream_id = a.stream
    order by a.nth;
end $$;

create function newsledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'newsledger.events: % refused, the ledger is append-only', tg_op;
end $$;

create trigger events_immutable before update or delete on newsledger.events
  for each row execute function newsledger.refuse_change(); -- inherited by every partition
create trigger events_untruncatable before truncate on newsledger.events
  for each statement execute function newsledger.refuse_change(); -- not inherited: maintain() adds it
create trigger events_untruncatable before truncate on newsledger.events_default
  for each statement execute function newsledger.refuse_change();

-- Makes the partitions of this month and of months ahead. Attached, not created in place: that needs a weaker lock.
-- A month of which the default partition already holds events stays there.
create function newsledger.maintain(p_months_ahead int default 2) returns int language plpgsql as $$
declare
  month timestamp := date_trunc('month', clock_timestamp() at time zone 'utc');
  low timestamptz;
  high timestamptz;
  name text;
  made int := 0;
begin
  perform pg_advisory_xact_lock(20044, 2); -- two-key locks are not in the fence's scan
  perform set_config('lock_timeout', '5s', true);
  for i in 0..p_months_ahead loop
    low := month at time zone 'utc';
    high := (month + interval '1 month') at time zone 'utc';
    name := 'events_' || to_char(month, 'YYYYMM');
    month := month + interval '1 month';
    continue when to_regclass('newsledger.' || name) is not null;
    continue when exists (select from newsledger.events_default where recorded_at >= low and recorded_at < high);
    execute format('create table newsledger.%I (like newsledger.events including defaults including constraints)', name);
    execute format('create trigger events_untruncatable before truncate on newsledger.%I
                    for each statement execute function newsledger.refuse_change()', name);
    execute format('alter table newsledger.events attach partition newsledger.%I for values from (%L) to (%L)',
                   name, low, high);
    made := made + 1;
  end loop;
  return made;
end $$;

select newsledger.maintain();
`;
