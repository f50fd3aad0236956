import type pg from "pg";

/** A pool, or a connection in the middle of a transaction. */
type Queryable = Pick<pg.ClientBase, "query">;

const streamsPerPage = 2_000;
/** Somewhat more, where a stream is long. */
const eventsPerPage = 100_000;
const mostBreaks = 20;

/** The first place at which a stream is not what was written. */
export interface Break {
  readonly stream: string;
  readonly version: number;
  /** Of the event itself, or of its neighbour where it is missing; null when nothing of the stream is left. */
  readonly position: bigint | null;
  /** For people. */
  readonly problem: string;
}

interface BrokenRow {
  stream_id: string;
  version: string;
  position: string | null;
  reached: string;
  kind: "changed" | "missing" | "tail" | "head";
}

/**
 * Follows the hash chain of every stream and names the first event of each that was changed, put in, or is missing.
 * Every page is one statement, so that what is being appended meanwhile is seen wholly or not at all.
 */
export async function brokenIn(db: Queryable): Promise<Break[]> {
  const breaks: Break[] = [];
  for (let after = ""; breaks.length < mostBreaks; ) {
    const { rows } = await db.query<BrokenRow & { last_of_page: string | null }>(checkPage, [
      after,
      streamsPerPage,
      eventsPerPage,
    ]);
    breaks.push(...rows.filter(({ kind }) => kind !== null).map(describe));
    const last = rows[0]?.last_of_page;
    if (!last) break;
    after = last;
  }
  breaks.push(...(await strangers(db)));
  return breaks.sort(byPosition).slice(0, mostBreaks);
}

const byPosition = (a: Break, b: Break): number =>
  Number((a.position ?? 0n) - (b.position ?? 0n)) || (a.stream < b.stream ? -1 : 1);

/** Always at least one row while there are streams: the page's end. What was retired vouches for where a stream goes on. */
const checkPage = `
with page as (
  select s.stream_id, s.version, s.last_hash, r.version as base, r.hash as base_hash
  from (
    select *, sum(version) over (order by stream_id) as total
    from (select * from newsledger.streams where stream_id > $1 order by stream_id limit $2) s) s
  left join newsledger.retired_streams r using (stream_id)
  where s.total - s.version < $3),
linked as (
  select p.stream_id, e.version, e.global_position as position, p.version as reached,
    e.version - 1 - coalesce(lag(e.version) over w, p.base, 0) as gap,
    e.hash = newsledger.event_hash(coalesce(lag(e.hash) over w, p.base_hash), e) as fits
  from page p join newsledger.events e on e.stream_id = p.stream_id
  window w as (partition by e.stream_id order by e.version)),
inner_breaks as (
  select distinct on (stream_id) stream_id, case when gap <> 0 then version - greatest(gap, 0) else version end as version,
    position, reached, case when gap > 0 then 'missing' else 'changed' end as kind
  from linked where gap <> 0 or fits is not true order by stream_id, version),
ends as (
  select p.stream_id, coalesce(e.version, p.base, 0) + 1 as version, e.global_position as position, p.version as reached,
    case when coalesce(e.version, p.base, 0) <> p.version then 'tail' else 'head' end as kind
  from page p left join lateral (
    select version, global_position, hash from newsledger.events e
    where e.stream_id = p.stream_id order by version desc limit 1) e on true
  where (coalesce(e.version, p.base, 0) <> p.version or coalesce(e.hash, p.base_hash) is distinct from p.last_hash)
    and not exists (select from inner_breaks i where i.stream_id = p.stream_id))
select f.*, (select max(stream_id) from page) as last_of_page
from (select 1) one left join (select * from inner_breaks union all select * from ends) f on true`;

function describe(row: BrokenRow): Break {
  const { stream_id: stream, position } = row;
  const version = Number(row.version);
  const reached = Number(row.reached);
  const where = `stream ${stream}, event ${version}`;
  const problem = {
    changed: `${where} (position ${position}): does not fit its hash: it was changed, or put in`,
    missing: `${where}: is missing`,
    tail:
      version > reached
        ? `stream ${stream}: goes on after event ${reached}, with which it should end`
        : `${where}: is missing, and with it everything up to event ${reached}, with which the stream should end`,
    head: `stream ${stream}: does not end with the event that was appended last`,
  }[row.kind];
  return { stream, version, position: position === null ? null : BigInt(position), problem };
}

/** Events of streams that nobody appended to, and appends of which the stream has no trace. */
async function strangers(db: Queryable): Promise<Break[]> {
  const { rows } = await db.query<{
    stream: string;
    version: string;
    position: string;
    key: string | null;
  }>(
    `(select e.stream_id as stream, min(e.version) as version, min(e.global_position) as position, null as key
      from newsledger.events e where not exists (select from newsledger.streams s where s.stream_id = e.stream_id)
      group by e.stream_id order by position limit $1)
     union all
     (select k.stream_id, k.last_version, k.last_position, k.key from newsledger.append_keys k
      left join newsledger.streams s using (stream_id)
      where k.last_version > coalesce(s.version, 0) order by k.last_position limit $1)`,
    [mostBreaks],
  );
  return rows.map(({ stream, version, position, key }) => ({
    stream,
    version: Number(version),
    position: BigInt(position),
    problem:
      key === null
        ? `stream ${stream}, event ${version} (position ${position}): was put in; nothing was ever appended to this stream`
        : `stream ${stream}, event ${version}: is missing, though it was appended under the key ${key}`,
  }));
}
