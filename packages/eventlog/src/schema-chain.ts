/**
 * A hash chain for each stream: an event's hash is over the event and over the hash of the one before it. Changing, removing
 * or inserting one changes every hash after it, up to streams.last_hash.
 */
export const chain = `
-- An event in the chain: behind the hash of the event before it in its stream (nothing before the first) its version and its
-- time, in Postgres' binary format, and the digest of its content.
create function newsledger.chain_hash(p_previous bytea, p_version bigint, p_recorded timestamptz, p_content bytea)
returns bytea language sql stable parallel safe as $$
  select sha256(coalesce(p_previous, ''::bytea) || int8send(p_version) || timestamptz_send(p_recorded) || p_content)
$$;

-- The content: these fields in this order, in Postgres' binary format for a row. That format marks nulls and lengths, writes
-- times as microseconds, depends on no setting (text is UTF-8: node-postgres always asks for it), and jsonb has one spelling
-- for one value: the hash is the same after export, import, dump and restore. The position is not part of it: another ledger
-- numbers anew. A COPY brings digests along that are computed outside (digest.ts).
create function newsledger.content_digest(
  p_stream text, p_id uuid, p_type text, p_schema_version smallint, p_correlation uuid, p_causation uuid,
  p_occurred timestamptz, p_data jsonb)
returns bytea language sql stable parallel safe as $$
  select sha256(record_send(row(p_stream, p_id, p_type, p_schema_version, p_correlation, p_causation, p_occurred, p_data)))
$$;

create function newsledger.event_hash(
  p_previous bytea, p_stream text, p_version bigint, p_id uuid, p_type text, p_schema_version smallint,
  p_correlation uuid, p_causation uuid, p_occurred timestamptz, p_recorded timestamptz, p_data jsonb)
returns bytea language sql stable parallel safe as $$
  select newsledger.chain_hash(p_previous, p_version, p_recorded, newsledger.content_digest(
    p_stream, p_id, p_type, p_schema_version, p_correlation, p_causation, p_occurred, p_data))
$$;

-- What event e must have as its hash when p_previous is the hash of the event before it.
create function newsledger.event_hash(p_previous bytea, e newsledger.events)
returns bytea language sql stable parallel safe as $$
  select newsledger.event_hash(p_previous, e.stream_id, e.version, e.event_id, e.type, e.schema_version,
    e.correlation_id, e.causation_id, e.occurred_at, e.recorded_at, e.data)
$$;
`;
