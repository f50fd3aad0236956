import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type pg from "pg";
import type { EventRow } from "./read.ts";
import type { AppendRequest, NewEvent } from "./types.ts";
import { toJson } from "./valid-text.ts";

/** Where the sealed fields of an event's data are kept, beside the open ones. */
const place = "$sealed";
const cipher = "aes-256-gcm";
const ivBytes = 12; // NIST SP 800-38D §5.2.1.1
const tagBytes = 16;

/** The database, or a transaction in it: a key that is made in one goes away with it. */
// biome-ignore lint/suspicious/noExplicitAny: kysely is invariant in its database type
type Executor = Kysely<any>;

interface Sealed {
  readonly subject: string;
  readonly fields: readonly string[];
  /** Initialisation vector, tag and cipher text, in base64. */
  readonly box: string;
}

/** Somebody's data was erased: nothing more is kept under that name. */
export class SubjectErased extends Error {
  override name = "SubjectErased";
  readonly subject: string;

  constructor(subject: string) {
    super(
      `append: the data of subject ${JSON.stringify(subject)} was erased; it takes another name to begin anew`,
    );
    this.subject = subject;
  }
}

/** Whether anything in it must be sealed before it is appended, or pretends to be sealed already. */
export const holdsSubjects = (requests: readonly AppendRequest[]): boolean =>
  requests.some(({ events }) =>
    events.some(({ subject, data }) => subject !== undefined || isObject(data, place)),
  );

/** The same requests, with the fields that belong to a subject encrypted under the subject's key. */
export async function sealSubjects<R extends AppendRequest>(
  db: Executor,
  requests: readonly R[],
): Promise<R[]> {
  const subjects = requests.flatMap(({ events }) =>
    events.flatMap(({ subject }) => (subject ? [subject.id] : [])),
  );
  const keys = await takeKeys(db, subjects);
  return requests.map((request) => ({
    ...request,
    events: request.events.map((event) => sealEvent(request.stream, event, keys)),
  }));
}

/** Opens in place what these rows keep sealed; what cannot be opened any more reads as null and is listed in `erased`. */
export async function openSubjects(db: Executor, rows: readonly EventRow[]): Promise<void> {
  const sealed = rows.flatMap((row) => {
    const box = sealedIn(row.data);
    return box ? [{ row, box }] : [];
  });
  if (sealed.length === 0) return;
  const keys = await readKeys(
    db,
    sealed.map(({ box }) => box.subject),
  );
  for (const { row, box } of sealed) {
    const { [place]: _, ...open } = row.data as Record<string, unknown>;
    const key = keys.get(box.subject);
    const hidden = key ? unlock(key, row.stream_id, row.type, box) : null;
    row.data = { ...open, ...(hidden ?? Object.fromEntries(box.fields.map((f) => [f, null]))) };
    if (!hidden) row.erased = box.fields;
  }
}

/** Destroys a subject's key for ever, and with it what any copy of the ledger keeps under it. */
export async function eraseSubject(pool: pg.Pool, id: string, reason: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into newsledger.subject_keys as k (subject_id, key, erased_at, reason) values ($1, null, now(), $2)
     on conflict (subject_id) do update set key = null, erased_at = now(), reason = excluded.reason
       where k.erased_at is null`,
    [id, reason],
  );
  await pool.query("vacuum newsledger.subject_keys"); // else the old row stays in the table's file
  return rowCount === 1;
}

function sealEvent(stream: string, event: NewEvent, keys: ReadonlyMap<string, Buffer>): NewEvent {
  const { subject, ...rest } = event;
  const where = `append to ${JSON.stringify(stream)} (${event.type})`;
  if (isObject(event.data, place)) throw new TypeError(`${where}: the field ${place} is reserved`);
  if (!subject) return rest;
  const key = keys.get(subject.id);
  if (!key) throw new SubjectErased(subject.id);
  if (typeof event.data !== "object" || event.data === null)
    throw new TypeError(`${where}: only fields of an object can belong to a subject`);
  const all = Object.entries(event.data);
  const hidden = all.filter(([field]) => subject.fields.includes(field));
  const open = all.filter(([field]) => !subject.fields.includes(field));
  const text = toJson(Object.fromEntries(hidden), `${where}: data`);
  const iv = randomBytes(ivBytes);
  const lock = createCipheriv(cipher, key, iv).setAAD(context(stream, event.type, subject.id));
  const body = Buffer.concat([lock.update(text, "utf8"), lock.final()]);
  const box = Buffer.concat([iv, lock.getAuthTag(), body]).toString("base64");
  const fields = hidden.map(([field]) => field);
  const sealed: Sealed = { subject: subject.id, fields, box };
  return { ...rest, data: { ...Object.fromEntries(open), [place]: sealed } };
}

function unlock(key: Buffer, stream: string, type: string, sealed: Sealed): object | null {
  const bytes = Buffer.from(sealed.box, "base64");
  const iv = bytes.subarray(0, ivBytes);
  try {
    const open = createDecipheriv(cipher, key, iv, { authTagLength: tagBytes })
      .setAAD(context(stream, type, sealed.subject))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const text = open.update(bytes.subarray(ivBytes + tagBytes), undefined, "utf8");
    return JSON.parse(text + open.final("utf8"));
  } catch {
    return null; // sealed under a key that is gone, for example in the ledger it was imported from
  }
}

/** What the cipher text is bound to: it opens nowhere else. */
const context = (...parts: readonly string[]): Buffer => Buffer.from(JSON.stringify(parts));

function isObject(data: unknown, withField: string): data is object {
  return typeof data === "object" && data !== null && withField in data;
}

function sealedIn(data: unknown): Sealed | null {
  if (!isObject(data, place)) return null;
  const sealed = (data as Record<string, unknown>)[place];
  const whole = isObject(sealed, "subject") && isObject(sealed, "fields") && "box" in sealed;
  return whole ? (sealed as Sealed) : null;
}

/** The keys of these subjects, made where there are none. An erased subject has none and gets none. */
async function takeKeys(
  db: Executor,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const known = await readKeys(db, subjects);
  const missing = [...new Set(subjects)].filter((id) => !known.has(id)).sort();
  if (missing.length === 0) return known;
  const keys = missing.map(() => randomBytes(32));
  await sql`insert into newsledger.subject_keys (subject_id, key)
    select * from unnest(${missing}::text[], ${keys}::bytea[]) on conflict do nothing`.execute(db);
  return readKeys(db, subjects);
}

/** Asked every time: a key that was destroyed must not live on in a process. */
async function readKeys(
  db: Executor,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const ids = [...new Set(subjects)];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ subject_id: string; key: Buffer }>`
    select subject_id, key from newsledger.subject_keys
    where subject_id = any(${ids}) and key is not null`.execute(db);
  return new Map(rows.map((row) => [row.subject_id, row.key]));
}
