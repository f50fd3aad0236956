import { createHash } from "node:crypto";
import type pg from "pg";
import { brokenIn } from "./chain-check.ts";

const linesPerPage = 1_000;

/** Something in an export cannot be taken; nothing of it was. */
export class ImportRefused extends Error {
  override name = "ImportRefused";
}

export interface Imported {
  readonly events: number;
  readonly texts: number;
}

/**
 * Takes an export into an empty ledger, in one transaction: the same streams, versions, positions, ids, times, keys and
 * hashes. Every hash is computed again; an export that was tampered with is refused as a whole.
 */
export async function importLines(
  pool: pg.Pool,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Imported> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin isolation level read committed");
    const imported = await take(client, lines);
    await client.query("commit");
    broken = false;
    return imported;
  } catch (error) {
    await client.query("rollback").then(
      () => {
        broken = false;
      },
      () => {}, // the first error is the one to report
    );
    throw error;
  } finally {
    client.release(broken);
  }
}

async function take(
  client: pg.PoolClient,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Imported> {
  // Nobody may append meanwhile; the fence keeps readers from passing over what is not committed yet.
  await client.query("lock table newsledger.streams in exclusive mode");
  const { rows } = await client.query<{ used: boolean }>(
    `select exists (select from newsledger.streams) or exists (select from newsledger.seals)
         or exists (select from newsledger.checkpoints where position > 0) as used`,
  );
  if (rows[0]?.used)
    throw new ImportRefused("import: this ledger has been used already; import into an empty one");
  await client.query("select newsledger.fence()");
  let events = 0;
  let texts = 0;
  let number = 0;
  let page: Line[] = [];
  const write = async () => {
    await writeEvents(client, page);
    events += page.filter(({ text }) => !text).length;
    texts += await writeTexts(client, page);
    page = [];
  };
  for await (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    page.push({ number, ...parse(line, number) });
    if (page.length >= linesPerPage) await write();
  }
  await write();
  await finish(client);
  return { events, texts };
}

interface Line {
  readonly number: number;
  readonly json: string;
  readonly month?: string;
  readonly text?: Text;
}

interface Text {
  readonly hash: string;
  /** Null when it was redacted. */
  readonly body: string | null;
  readonly redactedAt: string | null;
}

/** What Postgres cannot tell by itself; it reads the rest. */
function parse(line: string, number: number): Omit<Line, "number"> {
  const where = `import, line ${number}`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new ImportRefused(`${where}: is not JSON`, { cause: error });
  }
  if (typeof value !== "object" || value === null)
    throw new ImportRefused(`${where}: is neither an event nor a text`);
  if ("text" in value) return { json: line, text: parseText(value.text, where) };
  const { recordedAt } = value as { recordedAt?: unknown };
  const month = typeof recordedAt === "string" ? recordedAt.slice(0, 7) : "";
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || !("hash" in value))
    throw new ImportRefused(`${where}: is not an event as newsledger export writes it`);
  return { json: line, month };
}

function parseText(text: unknown, where: string): Text {
  const { hash, body = null, redactedAt = null } = (text ?? {}) as { [field: string]: unknown };
  const redacted = typeof redactedAt === "string" && !Number.isNaN(Date.parse(redactedAt));
  if (typeof hash !== "string" || (redacted ? body !== null : typeof body !== "string"))
    throw new ImportRefused(`${where}: is not a text as newsledger export writes it`);
  if (typeof body !== "string") return { hash, body: null, redactedAt: String(redactedAt) };
  if (createHash("sha256").update(body).digest("hex") !== hash)
    throw new ImportRefused(`${where}: the text does not fit its hash ${hash}`);
  return { hash, body, redactedAt: null };
}

async function writeEvents(client: pg.PoolClient, page: readonly Line[]): Promise<void> {
  const events = page.filter(({ text }) => !text);
  if (events.length === 0) return;
  for (const month of new Set(events.map((line) => line.month)))
    await client.query("select newsledger.make_partition($1::timestamp)", [`${month}-01`]);
  const values = [events.map(({ json }) => json)];
  const from = `from unnest($1::text[]) with ordinality as l (line, nth)
    cross join lateral json_to_record(l.line::json) as r ("position" bigint, "recordedAt" timestamptz, stream text,
      version bigint, id uuid, type text, "schemaVersion" smallint, "correlationId" uuid, "causationId" uuid,
      "occurredAt" timestamptz, hash text, data jsonb, key text, "firstPosition" bigint)`;
  try {
    await client.query(
      `insert into newsledger.events (global_position, recorded_at, stream_id, version, event_id, type, schema_version,
         correlation_id, causation_id, occurred_at, hash, data)
       select r."position", r."recordedAt", r.stream, r.version, r.id, r.type, r."schemaVersion", r."correlationId",
         r."causationId", r."occurredAt", decode(r.hash, 'hex'), r.data ${from} order by l.nth`,
      values,
    );
    await client.query(
      `insert into newsledger.append_keys (key, stream_id, last_version, first_position, last_position, recorded_at)
       select r.key, r.stream, r.version, r."firstPosition", r."position", r."recordedAt" ${from}
       where r.key is not null`,
      values,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const range = `lines ${events[0]?.number} to ${events.at(-1)?.number}`;
    throw new ImportRefused(`import, ${range}: ${reason}`, { cause: error });
  }
}

async function writeTexts(client: pg.PoolClient, page: readonly Line[]): Promise<number> {
  const texts = page.flatMap(({ text }) => (text ? [text] : []));
  if (texts.length > 0)
    await client.query(
      `insert into newsledger.texts (hash, body, redacted_at)
       select t.hash, coalesce(t.body, ''), t.redacted_at
       from unnest($1::text[], $2::text[], $3::timestamptz[]) as t (hash, body, redacted_at) on conflict do nothing`,
      [
        texts.map(({ hash }) => hash),
        texts.map(({ body }) => body),
        texts.map(({ redactedAt }) => redactedAt),
      ],
    );
  return texts.length;
}

/** The streams follow from the events; then all of it must hold together. */
async function finish(client: pg.PoolClient): Promise<void> {
  await client.query(`
    insert into newsledger.streams (stream_id, version, last_hash, created_at)
      select distinct on (stream_id) stream_id, version, hash, min(recorded_at) over (partition by stream_id)
      from newsledger.events order by stream_id, version desc`);
  const [broken] = await brokenIn(client);
  if (broken) throw new ImportRefused(`import: ${broken.problem}`);
  await client.query(
    `select setval('newsledger.position_seq', greatest(max(global_position), nextval('newsledger.position_seq')))
     from newsledger.events having max(global_position) > 0`,
  );
}
