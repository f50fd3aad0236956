/**
 * Seals make a later change of the ledger evident, off the write path: each is a hash over the events of a range, in order,
 * and over the seal before it. Whoever keeps a copy of one seal can tell whether anything up to it was changed or removed.
 */
export const seals = `
create table newsledger.seals (
  to_position bigint primary key,
  after_position bigint not null unique,
  events bigint not null,
  root bytea not null,
  sealed_at timestamptz not null default now()
);
create trigger seals_immutable before update or delete or truncate on newsledger.seals
  for each statement execute function newsledger.refuse_change();

-- jsonb has one spelling for one value, so the text is the same after dump and restore; times are hashed as numbers.
create function newsledger.root(p_previous bytea, p_after bigint, p_to bigint, out events bigint, out root bytea)
language sql stable as $$
  select count(*), sha256(p_previous || coalesce(string_agg(sha256(convert_to(jsonb_build_array(
      e.global_position, extract(epoch from e.recorded_at), e.stream_id, e.version, e.event_id, e.type, e.schema_version,
      e.correlation_id, e.causation_id, extract(epoch from e.occurred_at), e.data)::text, 'UTF8')),
    '' order by e.global_position), ''))
  from newsledger.events e where e.global_position > p_after and e.global_position <= p_to
$$;

-- Seals the next events, up to the safe position; answers how many.
create function newsledger.seal(p_limit int) returns bigint language plpgsql as $$
declare
  safe bigint;
  upto bigint;
  latest newsledger.seals;
  sealed record;
begin
  perform pg_advisory_xact_lock(20044, 3); -- two-key locks are not in the fence's scan
  safe := (select p.safe from newsledger.safe_position() p);
  select * into latest from newsledger.seals order by to_position desc limit 1;
  select max(e.global_position) into upto from (
    select global_position from newsledger.events
    where global_position > coalesce(latest.to_position, 0) and global_position <= safe
    order by global_position limit p_limit) e;
  if upto is null then return 0; end if;
  select * into sealed
    from newsledger.root(coalesce(latest.root, ''), coalesce(latest.to_position, 0), upto);
  insert into newsledger.seals (to_position, after_position, events, root)
    values (upto, coalesce(latest.to_position, 0), sealed.events, sealed.root);
  return sealed.events;
end $$;
`;
