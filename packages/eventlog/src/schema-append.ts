/**
 * Append. Always in the order that matters against deadlocks and for the fence: keys, stream rows, fence, nextval. Keys and
 * stream rows are taken sorted. p_expected is any, none, exists, or a version. Taking a key first makes a racer wait for our
 * outcome instead of failing its transaction.
 *
 * Each statement costs as much as several rows, so a single event, single events of many streams, and the general cases have
 * functions of their own. The settings of the functions: planning each statement anew would take three times as long as
 * running it; and plans that were made while a table was small must not scan it once it has grown.
 */
export const append = `
-- One event.
create function newsledger.append_single(
  p_stream text, p_expected text, p_key text, p_correlation uuid, p_causation uuid,
  p_id uuid, p_type text, p_schema_version smallint, p_occurred timestamptz, p_data jsonb,
  out status text, out version bigint, out first_position bigint, out last_position bigint)
language plpgsql volatile set enable_seqscan = off as $$
#variable_conflict use_column
declare
  whatever boolean := p_expected in ('any', 'exists');
  base bigint := 0; -- the stream's version before it
  moment timestamptz;
begin
  if current_setting('transaction_isolation') <> 'read committed' or current_setting('synchronous_commit') = 'off' then
    perform newsledger.assert_settings();
  end if;
  if p_key is not null then
    insert into newsledger.append_keys (key) values (p_key) on conflict do nothing;
    if not found then
      select 'duplicate', k.last_version, k.first_position, k.last_position
        into status, version, first_position, last_position from newsledger.append_keys k where k.key = p_key;
      return;
    end if;
  end if;

  if whatever then
    select s.version into base from newsledger.streams s where s.stream_id = p_stream;
  elsif p_expected <> 'none' then
    base := p_expected::bigint;
  end if;
  loop
    moment := date_trunc('milliseconds', clock_timestamp()); -- survives the way through a JavaScript Date
    if coalesce(base, 0) > 0 then
      with tip as (
        update newsledger.streams s
          set version = base + 1, last_hash = newsledger.chain_hash(s.last_hash, base + 1, moment,
            newsledger.content_digest(p_stream, p_id, p_type, p_schema_version, p_correlation, p_causation, p_occurred,
                                      p_data))
          where s.stream_id = p_stream and s.version = base
          returning s.version, s.last_hash)
      insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                     correlation_id, causation_id, occurred_at, hash, data)
        select nextval('newsledger.position_seq'), moment, p_stream, t.version, p_id, p_type, p_schema_version,
               p_correlation, p_causation, p_occurred, t.last_hash, p_data
        from tip t where newsledger.fence()
        returning version, global_position into version, first_position;
    elsif p_expected <> 'exists' then
      with tip as (
        insert into newsledger.streams as s (stream_id, version, last_hash)
          values (p_stream, 1, newsledger.chain_hash(null, 1, moment,
            newsledger.content_digest(p_stream, p_id, p_type, p_schema_version, p_correlation, p_causation, p_occurred,
                                      p_data)))
          on conflict do nothing
          returning s.version, s.last_hash)
      insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                     correlation_id, causation_id, occurred_at, hash, data)
        select nextval('newsledger.position_seq'), moment, p_stream, t.version, p_id, p_type, p_schema_version,
               p_correlation, p_causation, p_occurred, t.last_hash, p_data
        from tip t where newsledger.fence()
        returning version, global_position into version, first_position;
    end if;
    exit when first_position is not null;
    -- Somebody else was faster, or it is not as expected. If anything will do: wait for the row, and once more.
    select s.version into base from newsledger.streams s where s.stream_id = p_stream for no key update;
    if not whatever or (p_expected = 'exists' and base is null) then
      delete from newsledger.append_keys k where k.key = p_key;
      status := 'conflict';
      version := coalesce(base, 0);
      return;
    end if;
  end loop;

  last_position := first_position;
  if p_key is not null then
    update newsledger.append_keys k
      set stream_id = p_stream, last_version = append_single.version, first_position = append_single.first_position,
          last_position = append_single.last_position, recorded_at = moment
      where k.key = p_key;
  end if;
  status := 'appended';
end $$;

-- An event each to many streams; a conflict or a duplicate of one does not touch the others. A stream and a key may occur
-- once a call. The answers come in no particular order.
create function newsledger.append_singles(
  p_streams text[], p_expected text[], p_keys text[], p_correlations uuid[], p_causations uuid[],
  p_ids uuid[], p_types text[], p_schema_versions smallint[], p_occurred timestamptz[], p_data jsonb[])
returns table (nth bigint, status text, version bigint, first_position bigint, last_position bigint)
language plpgsql volatile
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  moment timestamptz := date_trunc('milliseconds', clock_timestamp()); -- survives the way through a JavaScript Date
  taken text[]; -- keys that are ours; null when there are none to take
  nths bigint[]; -- of those that are appended, and alongside:
  versions bigint[];
  hashes bytea[];
  positions bigint[];
  fenced boolean;
begin
  if current_setting('transaction_isolation') <> 'read committed' or current_setting('synchronous_commit') = 'off' then
    perform newsledger.assert_settings();
  end if;
  if cardinality(array_remove(p_keys, null)) > 0 then
    with mine as (
      insert into newsledger.append_keys (key)
        select a.key from unnest(p_keys) as a (key) where a.key is not null order by a.key
        on conflict do nothing returning key)
    select coalesce(array_agg(key), '{}') into taken from mine;
  end if;

  with wanted as materialized (
    select a.nth, a.stream, a.expected,
           case a.expected when 'none' then null
             when 'any' then (select s.version from newsledger.streams s where s.stream_id = a.stream)
             when 'exists' then (select s.version from newsledger.streams s where s.stream_id = a.stream)
             else a.expected::bigint end as base,
           newsledger.content_digest(a.stream, a.id, a.type, a.schema_version, a.correlation, a.causation, a.occurred,
                                     a.data) as digest
    from unnest(p_streams, p_expected, p_keys, p_correlations, p_causations, p_ids, p_types, p_schema_versions, p_occurred,
                p_data) with ordinality
      as a (stream, expected, key, correlation, causation, id, type, schema_version, occurred, data, nth)
    where a.key is null or a.key = any (taken)
    order by a.stream),
  advanced as (
    update newsledger.streams s
      set version = w.base + 1, last_hash = newsledger.chain_hash(s.last_hash, w.base + 1, moment, w.digest)
      from wanted w where s.stream_id = w.stream and s.version = w.base
      returning w.nth, s.version, s.last_hash),
  made as (
    insert into newsledger.streams (stream_id, version, last_hash)
      select w.stream, 1, newsledger.chain_hash(null, 1, moment, w.digest)
      from wanted w where w.base is null and w.expected in ('none', 'any')
      on conflict do nothing returning stream_id, version, last_hash),
  tips as (
    select nth, version, last_hash from advanced
    union all select w.nth, m.version, m.last_hash from made m join wanted w on w.stream = m.stream_id)
  select coalesce(array_agg(t.nth), '{}'), array_agg(t.version), array_agg(t.last_hash) into nths, versions, hashes
    from (select * from tips order by nth) as t; -- positions follow the order of the appends

  fenced := newsledger.fence();
  positions := array(select nextval('newsledger.position_seq') from generate_subscripts(nths, 1));
  insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                 correlation_id, causation_id, occurred_at, hash, data)
    select t.position, moment, e.stream, t.version, e.id, e.type, e.schema_version, e.correlation, e.causation, e.occurred,
           t.hash, e.data
    from unnest(p_streams, p_correlations, p_causations, p_ids, p_types, p_schema_versions, p_occurred, p_data)
        with ordinality as e (stream, correlation, causation, id, type, schema_version, occurred, data, nth)
      join unnest(nths, versions, hashes, positions) as t (nth, version, hash, "position") on t.nth = e.nth;
  if taken <> '{}' then
    update newsledger.append_keys as k
      set stream_id = p_streams[t.nth], last_version = t.version, first_position = t.position, last_position = t.position,
          recorded_at = moment
      from unnest(nths, versions, positions) as t (nth, version, "position")
      where k.key = p_keys[t.nth];
  end if;
  return query
    select t.nth, 'appended', t.version, t.position, t.position
    from unnest(nths, versions, positions) as t (nth, version, "position");
  if cardinality(nths) < cardinality(p_streams) then
    -- Not as expected, or somebody made or advanced the stream meanwhile, or a duplicate: one by one, as if not begun.
    delete from newsledger.append_keys k where k.key = any (taken) and k.first_position is null;
    return query
      select a.nth, r.*
      from unnest(p_streams, p_expected, p_keys, p_correlations, p_causations, p_ids, p_types, p_schema_versions, p_occurred,
                  p_data) with ordinality
          as a (stream, expected, key, correlation, causation, id, type, schema_version, occurred, data, nth),
        newsledger.append_single(a.stream, a.expected, a.key, a.correlation, a.causation, a.id, a.type, a.schema_version,
                                 a.occurred, a.data) as r
      where a.nth <> all (nths);
  end if;
end $$;

-- One append of several events.
create function newsledger.append_one(
  p_stream text, p_expected text, p_key text, p_correlation uuid, p_causation uuid,
  p_ids uuid[], p_types text[], p_schema_versions smallint[], p_occurred timestamptz[], p_data jsonb[],
  out status text, out version bigint, out first_position bigint, out last_position bigint)
language plpgsql volatile set enable_seqscan = off as $$
#variable_conflict use_column
declare
  added int := cardinality(p_ids);
  base bigint; -- the stream's version before it; null when there is no such stream
  tip bytea; -- the hash of the latest event
  digests bytea[];
  hashes bytea[] := '{}';
  moment timestamptz;
  fenced boolean;
begin
  if current_setting('transaction_isolation') <> 'read committed' or current_setting('synchronous_commit') = 'off' then
    perform newsledger.assert_settings();
  end if;
  if p_key is not null then
    insert into newsledger.append_keys (key) values (p_key) on conflict do nothing;
    if not found then
      select 'duplicate', k.last_version, k.first_position, k.last_position
        into status, version, first_position, last_position from newsledger.append_keys k where k.key = p_key;
      return;
    end if;
  end if;

  digests := array(
    select newsledger.content_digest(p_stream, e.id, e.type, e.schema_version, p_correlation, p_causation, e.occurred,
                                     e.data)
    from unnest(p_ids, p_types, p_schema_versions, p_occurred, p_data) as e (id, type, schema_version, occurred, data));
  select s.version, s.last_hash into base, tip from newsledger.streams s where s.stream_id = p_stream;
  loop
    if not (case p_expected when 'any' then true when 'none' then base is null when 'exists' then base is not null
              else base is not distinct from p_expected::bigint end) then
      delete from newsledger.append_keys k where k.key = p_key;
      status := 'conflict';
      version := coalesce(base, 0);
      return;
    end if;
    moment := date_trunc('milliseconds', clock_timestamp()); -- survives the way through a JavaScript Date
    for i in 1..added loop
      tip := newsledger.chain_hash(tip, coalesce(base, 0) + i, moment, digests[i]);
      hashes[i] := tip;
    end loop;
    if base is null then
      insert into newsledger.streams (stream_id, version, last_hash) values (p_stream, added, tip) on conflict do nothing;
    else
      update newsledger.streams s set version = base + added, last_hash = tip
        where s.stream_id = p_stream and s.version = base;
    end if;
    exit when found;
    -- Somebody else was faster. Now wait for the row, and once more.
    select s.version, s.last_hash into base, tip from newsledger.streams s where s.stream_id = p_stream for no key update;
  end loop;

  fenced := newsledger.fence();
  version := coalesce(base, 0) + added;
  with written as (
    insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                   correlation_id, causation_id, occurred_at, hash, data)
      select nextval('newsledger.position_seq'), moment, p_stream, coalesce(base, 0) + e.nth, e.id, e.type,
             e.schema_version, p_correlation, p_causation, e.occurred, e.hash, e.data
      from unnest(p_ids, p_types, p_schema_versions, p_occurred, hashes, p_data)
        with ordinality as e (id, type, schema_version, occurred, hash, data, nth) -- in this order: nextval follows it
      returning global_position)
  select min(global_position), max(global_position) into first_position, last_position from written;
  if p_key is not null then
    update newsledger.append_keys k
      set stream_id = p_stream, last_version = append_one.version, first_position = append_one.first_position,
          last_position = append_one.last_position, recorded_at = moment
      where k.key = p_key;
  end if;
  status := 'appended';
end $$;

-- Many independent appends in one call: a conflict or a duplicate of one does not touch the others.
-- Event i belongs to append p_append_of[i] and is its p_places[i]th (both from 1, and the events in this order); append n
-- has p_counts[n] of them. A stream and a key may occur once a call.
create function newsledger.append_many(
  p_streams text[], p_expected text[], p_keys text[], p_correlations uuid[], p_causations uuid[], p_counts int[],
  p_append_of int[], p_places int[], p_ids uuid[], p_types text[], p_schema_versions smallint[],
  p_occurred timestamptz[], p_data jsonb[])
returns table (nth bigint, status text, version bigint, first_position bigint, last_position bigint)
language plpgsql volatile
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  taken text[]; -- keys that are ours; null when there are none to take
  bases bigint[]; -- by append: the stream's version before it; null when it is not taken
  tips bytea[]; -- by append: the hash of the stream's latest event
  firsts bigint[] := array_fill(null::bigint, array[cardinality(p_streams)]);
  lasts bigint[] := firsts;
  positions bigint[]; -- by event
  versions bigint[] := array_fill(null::bigint, array[cardinality(p_ids)]);
  digests bytea[];
  hashes bytea[] := array_fill(null::bytea, array[cardinality(p_ids)]);
  moment timestamptz;
  fenced boolean;
  tip bytea;
  n int;
begin
  if current_setting('transaction_isolation') <> 'read committed' or current_setting('synchronous_commit') = 'off' then
    perform newsledger.assert_settings();
  end if;
  if cardinality(array_remove(p_keys, null)) > 0 then
    with mine as (
      insert into newsledger.append_keys (key)
        select a.key from unnest(p_keys) as a (key) where a.key is not null order by a.key
        on conflict do nothing returning key)
    select coalesce(array_agg(key), '{}') into taken from mine;
  end if;

  digests := array(
    select newsledger.content_digest(p_streams[e.append_of], e.id, e.type, e.schema_version,
                                     p_correlations[e.append_of], p_causations[e.append_of], e.occurred, e.data)
    from unnest(p_append_of, p_ids, p_types, p_schema_versions, p_occurred, p_data)
      as e (append_of, id, type, schema_version, occurred, data));
  if 'any' = any (p_expected) or 'none' = any (p_expected) then
    insert into newsledger.streams (stream_id, version)
      select a.stream, 0 from unnest(p_streams, p_expected, p_keys) as a (stream, expected, key)
      where a.expected in ('any', 'none') and (a.key is null or a.key = any (taken))
      order by a.stream on conflict do nothing;
  end if;
  with locked as (
    select s.stream_id, s.version, s.last_hash from newsledger.streams s
    where s.stream_id in (select a.stream from unnest(p_streams, p_keys) as a (stream, key)
                          where a.key is null or a.key = any (taken))
    order by s.stream_id for no key update)
  select array_agg(case when case a.expected when 'any' then true when 'none' then l.version = 0
                               when 'exists' then l.version > 0 else l.version = a.expected::bigint end
                        then l.version end order by a.nth),
         array_agg(l.last_hash order by a.nth)
    into bases, tips
    from unnest(p_streams, p_expected) with ordinality as a (stream, expected, nth)
    left join locked l on l.stream_id = a.stream;

  fenced := newsledger.fence();
  moment := date_trunc('milliseconds', clock_timestamp()); -- survives the way through a JavaScript Date
  positions := array(select nextval('newsledger.position_seq') from generate_subscripts(p_ids, 1));
  for i in 1..cardinality(p_ids) loop
    n := p_append_of[i];
    continue when bases[n] is null;
    if p_places[i] = 1 then
      firsts[n] := positions[i];
      tip := tips[n];
    end if;
    versions[i] := bases[n] + p_places[i];
    tip := newsledger.chain_hash(tip, versions[i], moment, digests[i]);
    hashes[i] := tip;
    if p_places[i] = p_counts[n] then
      lasts[n] := positions[i];
      tips[n] := tip;
    end if;
  end loop;
  update newsledger.streams s set version = a.base + a.added, last_hash = a.tip
    from unnest(p_streams, bases, p_counts, tips) as a (stream, base, added, tip)
    where s.stream_id = a.stream and a.base is not null;
  insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
                                 correlation_id, causation_id, occurred_at, hash, data)
    select e.position, moment, p_streams[e.append_of], e.version, e.id, e.type, e.schema_version,
           p_correlations[e.append_of], p_causations[e.append_of], e.occurred, e.hash, e.data
    from unnest(positions, versions, hashes, p_append_of, p_ids, p_types, p_schema_versions, p_occurred, p_data)
      as e ("position", version, hash, append_of, id, type, schema_version, occurred, data)
    where e.version is not null;

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
      select a.nth, 'appended', a.base + a.added, a.first, a.last
      from unnest(bases, p_counts, firsts, lasts) with ordinality as a (base, added, first, last, nth);
  else
    return query
      select a.nth,
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
`;
