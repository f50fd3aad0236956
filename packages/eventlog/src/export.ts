import type pg from "pg";

const linesPerPage = 1_000;

/** Times to the microsecond, in UTC, as JSON knows them. */
const moment = (column: string): string =>
  `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * One event as one line of JSON, written by Postgres, so that numbers keep every digit. What belongs to a subject stays
 * encrypted. The last event of an append tells the append's key and first position.
 */
export const exportLine = `json_build_object(
  'position', e.global_position::text, 'recordedAt', ${moment("e.recorded_at")}, 'stream', e.stream_id,
  'version', e.version, 'id', e.event_id, 'type', e.type, 'schemaVersion', e.schema_version,
  'correlationId', e.correlation_id, 'causationId', e.causation_id, 'occurredAt', ${moment("e.occurred_at")},
  'hash', encode(e.hash, 'hex'), 'key', k.key, 'firstPosition', k.first_position::text) as envelope,
  e.data::text as data, e.global_position`;

export const exportKeys = `left join newsledger.append_keys k
  on k.stream_id = e.stream_id and k.last_version = e.version and k.last_position = e.global_position`;

export interface ExportRow {
  envelope: Record<string, unknown>;
  data: string;
  global_position: string;
}

/** The data comes last and as it is stored. */
export function toLine({ envelope, data }: ExportRow): string {
  const { key, firstPosition, ...event } = envelope;
  const told = key === null ? event : { ...event, key, firstPosition };
  return `${JSON.stringify(told).slice(0, -1)},"data":${data}}`;
}

interface ExportOptions {
  after?: bigint;
  texts?: boolean;
  /** Only the events of these streams. */
  streams?: readonly string[];
}

/** The events after a position up to what is safe now, in order; then, if wanted, the texts. One JSON object a line. */
export async function* exportLines(
  pool: pg.Pool,
  { after = 0n, texts = false, streams }: ExportOptions = {},
): AsyncGenerator<string> {
  const safe = await pool.query<{ safe: string }>("select safe from newsledger.safe_position()");
  let from = after.toString();
  for (;;) {
    const { rows } = await pool.query<ExportRow>(
      `select ${exportLine} from newsledger.events e ${exportKeys}
       where e.global_position > $1 and e.global_position <= $2 ${streams ? "and e.stream_id = any($4)" : ""}
       order by e.global_position limit $3`,
      [from, safe.rows[0]?.safe ?? 0, linesPerPage, ...(streams ? [streams] : [])],
    );
    for (const row of rows) yield toLine(row);
    const last = rows.at(-1);
    if (!last) break;
    from = last.global_position;
  }
  if (texts) yield* textLines(pool);
}

async function* textLines(pool: pg.Pool): AsyncGenerator<string> {
  for (let after = ""; ; ) {
    const { rows } = await pool.query<{ hash: string; body: string; redacted_at: string | null }>(
      `select hash, body, ${moment("redacted_at")} as redacted_at from newsledger.texts where hash > $1 order by hash limit 100`,
      [after],
    );
    for (const { hash, body, redacted_at } of rows)
      yield JSON.stringify({
        text: { hash, ...(redacted_at ? { redactedAt: redacted_at } : { body }) },
      });
    const last = rows.at(-1);
    if (!last) return;
    after = last.hash;
  }
}
