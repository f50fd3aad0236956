/** Enters the fence below, for a statement that is a transaction of its own. Always true. */
export const enterFence = `pg_advisory_xact_lock_shared(
           (20044::bigint << 48) | coalesce(pg_sequence_last_value('newsledger.position_seq'), 0)) is not null`;

/**
 * The position fence.
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
export const fence = `
-- The writer's half. Key = 20044 ("NL") in the upper 16 bits, the last value in the lower 48. The setting remembers that
-- this transaction is fenced: without it N appends would take N slots of the lock table. A rollback to a savepoint undoes
-- the lock and the setting together. Always true. One expression, so that it becomes part of the statement that asks: every
-- append passes here, and a call of its own costs several times as much.
create function newsledger.fence() returns boolean language sql volatile as $$
  select case when current_setting('newsledger.fence', true) = pg_current_xact_id()::text then true
    else ${enterFence}
         and set_config('newsledger.fence', pg_current_xact_id()::text, true) is not null end
$$;

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
`;
