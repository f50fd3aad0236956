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

create function newsledger.assert_settings() returns void language plpgsql volatile as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'newsledger.append: needs READ COMMITTED, this transaction is %',
      upper(current_setting('transaction_isolation'));
  end if;
  -- Without it a crash can hand out positions again that were already delivered.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
end $$;

-- One append, in the order that matters against deadlocks and for the fence: key, stream row, fence, nextval. p_expected
-- is any, none, exists, or a version. Taking the key first makes a racer wait for our outcome instead of failing its
-- transaction. Arrays of text that are cast here are 14-22 % faster than jsonb[].
create function newsledger.append_one(
  p_stream text, p_expected text, p_key text, p_correlation uuid, p_causation uuid,
  p_ids uuid[], p_types text[], p_schema_versions smallint[], p_occurred timestamptz[], p_data text[],
  out status text, out version bigint, out first_position bigint, out last_position bigint)
language plpgsql volatile set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  added int := cardinality(p_ids);
  reached bigint; -- the stream's version after it
  first_ bigint;
  last_ bigint;
  moment timestamptz;
begin
  perform newsledger.assert_settings();
  if p_key is not null then
    insert into newsledger.append_keys (key) values (p_key) on conflict do nothing;
    if not found then
      select 'duplicate', k.last_version, k.first_position, k.last_position
        into status, version, first_position, last_position from newsledger.append_keys k where k.key = p_key;
      return;
    end if;
  end if;

  if p_expected = 'any' then
    insert into newsledger.streams as s (stream_id, version) values (p_stream, added)
      on conflict (stream_id) do update set version = s.version + added returning s.version into reached;
  elsif p_expected = 'none' then
    insert into newsledger.streams as s (stream_id, version) values (p_stream, added)
      on conflict do nothing returning s.version into reached;
  elsif p_expected = 'exists' then
    update newsledger.streams s set version = s.version + added where s.stream_id = p_stream
      returning s.version into reached;
  else
    update newsledger.streams s set version = s.version + added
      where s.stream_id = p_stream and s.version = p_expected::bigint returning s.version into reached;
  end if;
  if reached is null then
    delete from newsledger.append_keys k where k.key = p_key;
    status := 'conflict';
    version := coalesce((select s.version from newsledger.streams s where s.stream_id = p_stream), 0);
    return;
  end if;

  perform newsledger.fence();
  moment := date_trunc('milliseconds', clock_timestamp()); -- survives the way through a JavaScript Date
  with written as (
    insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                   correlation_id, causation_id, occurred_at, data)
      select nextval('newsledger.position_seq'), moment, p_stream, reached - added + e.nth, e.id, e.type,
             e.schema_version, p_correlation, p_causation, e.occurred, e.data::jsonb
      from unnest(p_ids, p_types, p_schema_versions, p_occurred, p_data)
        with ordinality as e (id, type, schema_version, occurred, data, nth) -- in this order: nextval follows it
      returning global_position)
  select min(global_position), max(global_position) into first_, last_ from written;
  if p_key is not null then
    update newsledger.append_keys k
      set stream_id = p_stream, last_version = reached, first_position = first_, last_position = last_,
          recorded_at = moment
      where k.key = p_key;
  end if;
  status := 'appended';
  version := reached;
  first_position := first_;
  last_position := last_;
end $$;

-- Many independent appends in one call: a conflict or a duplicate of one does not touch the others.
-- Event i belongs to append p_append_of[i] and is its p_places[i]th (both from 1); append n has p_counts[n] of them. A
-- stream and a key may occur once a call. The same order as above, with keys and stream rows sorted.
-- The settings: planning each statement anew would take three times as long as running it; and plans that were made while
-- a table was small must not scan it once it has grown.
create function newsledger.append_many(
  p_streams text[], p_expected text[], p_keys text[], p_correlations uuid[], p_causations uuid[], p_counts int[],
  p_append_of int[], p_places int[], p_ids uuid[], p_types text[], p_schema_versions smallint[],
  p_occurred timestamptz[], p_data text[])
returns table (nth int, status text, version bigint, first_position bigint, last_position bigint)
language plpgsql volatile
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  taken text[]; -- keys that are ours; null when there are none to take
  bases bigint[]; -- by append: the stream's version before it; null when it is not taken
  firsts bigint[];
  lasts bigint[];
  moment timestamptz;
begin
  perform newsledger.assert_settings();
  if cardinality(array_remove(p_keys, null)) > 0 then
    with mine as (
      insert into newsledger.append_keys (key)
        select a.key from unnest(p_keys) as a (key) where a.key is not null order by a.key
        on conflict do nothing returning key)
    select coalesce(array_agg(key), '{}') into taken from mine;
  end if;

  insert into newsledger.streams (stream_id, version)
    select a.stream, 0 from unnest(p_streams, p_expected, p_keys) as a (stream, expected, key)
    where a.expected in ('any', 'none') and (a.key is null or a.key = any (taken))
    order by a.stream on conflict do nothing;
  if cardinality(p_streams) > 1 then
    perform from newsledger.streams s
      where s.stream_id in (select a.stream from unnest(p_streams, p_keys) as a (stream, key)
                            where a.key is null or a.key = any (taken))
      order by s.stream_id for no key update;
  end if;
  with advanced as (
    update newsledger.streams s set version = s.version + a.added
    from unnest(p_streams, p_expected, p_keys, p_counts) with ordinality as a (stream, expected, key, added, nth)
    where s.stream_id = a.stream and (a.key is null or a.key = any (taken))
      and case a.expected when 'any' then true when 'none' then s.version = 0 when 'exists' then s.version > 0
            else s.version = a.expected::bigint end
    returning a.nth, s.version - a.added as base)
  select array_agg(advanced.base order by a.nth) into bases
    from generate_subscripts(p_streams, 1) as a (nth) left join advanced on advanced.nth = a.nth;

  perform newsledger.fence();
  moment := date_trunc('milliseconds', clock_timestamp()); -- survives the way through a JavaScript Date
  with written as (
    insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                   correlation_id, causation_id, occurred_at, data)
      select nextval('newsledger.position_seq'), moment, p_streams[e.append_of], bases[e.append_of] + e.place, e.id,
             e.type, e.schema_version, p_correlations[e.append_of], p_causations[e.append_of], e.occurred, e.data::jsonb
      from unnest(p_append_of, p_places, p_ids, p_types, p_schema_versions, p_occurred, p_data)
        as e (append_of, place, id, type, schema_version, occurred, data) -- in this order: nextval follows it
      where bases[e.append_of] is not null
      returning stream_id, global_position),
  edges as (
    select stream_id, min(global_position) as first, max(global_position) as last from written group by stream_id)
  select array_agg(edges.first order by a.nth), array_agg(edges.last order by a.nth) into firsts, lasts
    from unnest(p_streams) with ordinality as a (stream, nth) left join edges on edges.stream_id = a.stream;

  if taken <> '{}' then
    update newsledger.append_keys as t
      set stream_id = a.stream, last_version = a.base + a.added, first_position = a.first, last_position = a.last,
          recorded_at = moment
      from unnest(p_streams, p_keys, p_counts, bases, firsts, lasts) as a (stream, key, added, base, first, last)
      where t.key = a.key and a.base is not null;
    if array_position(bases, null) is not null then
      delete from newsledger.append_keys t where t.key = any (taken) and t.first_position is null; -- conflicts
    end if;
  end if;

  if array_position(bases, null) is null then
    return query
      select a.nth::int, 'appended', a.base + a.added, a.first, a.last
      from unnest(bases, p_counts, firsts, lasts) with ordinality as a (base, added, first, last, nth);
  else
    return query
      select a.nth::int,
        case when a.base is not null then 'appended' when d.key is not null then 'duplicate' else 'conflict' end,
        coalesce(a.base + a.added, d.last_version, s.version, 0),
        coalesce(a.first, d.first_position), coalesce(a.last, d.last_position)
      from unnest(p_streams, p_keys, bases, p_counts, firsts, lasts) with ordinality
        as a (stream, key, base, added, first, last, nth)
      left join newsledger.append_keys d on d.key = a.key
      left join newsledger.streams s on s.stream_id = a.stream
      order by a.nth;
  end if;
end $$;

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
