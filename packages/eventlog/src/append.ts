import { createHash, randomUUID } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";
import type { AnyTransaction, AppendRequest, AppendResult, Expected, NewEvent } from "./types.ts";
import { assertText, toJson } from "./valid-text.ts";
import { ints, jsons, moments, smallints, texts, uuids } from "./wire.ts";

/** An append as Postgres takes it: checked, serialised, with its event ids. */
export interface PreparedAppend {
  readonly stream: string;
  readonly key: string | null;
  readonly expected: string;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  readonly events: readonly {
    id: string;
    type: string;
    schemaVersion: number;
    occurredAt: Date | null;
    data: string;
  }[];
}

/** Throws for what Postgres would refuse, so that one bad append cannot fail its neighbours. */
export function prepare(request: AppendRequest): PreparedAppend {
  const where = `append to ${JSON.stringify(request.stream)}`;
  const { key = null, correlationId = null, causationId = null } = request;
  if (request.events.length === 0) throw new RangeError(`${where}: needs at least one event`);
  assertName(request.stream, `${where}: the stream's name`);
  if (key !== null) assertName(key, `${where}: the append key`);
  if (correlationId !== null) assertUuid(correlationId, `${where}: correlationId`);
  if (causationId !== null) assertUuid(causationId, `${where}: causationId`);
  return {
    stream: request.stream,
    key,
    expected: expectation(request.expected ?? "any", where),
    correlationId,
    causationId,
    events: request.events.map((event, index) => {
      const at = `${where}, event ${index} (${event.type})`;
      assertEvent(event, at);
      return {
        id: key === null ? randomUUID() : eventId(key, index),
        type: event.type,
        schemaVersion: event.schemaVersion,
        occurredAt: event.occurredAt ?? null,
        data: toJson(event.data, `${at}: data`),
      };
    }),
  };
}

/** The id of the nth event (from 0) of a keyed append: a UUID (version 8, RFC 9562 §5.8) that follows from the key. */
export function eventId(key: string, index: number): string {
  const bytes = createHash("sha256").update(`${key}\u001f${index}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function expectation(expected: Expected, where: string): string {
  if (typeof expected !== "number") return expected;
  if (!Number.isSafeInteger(expected) || expected < 0)
    throw new RangeError(`${where}: expected version ${expected} is not a whole number`);
  return expected === 0 ? "none" : String(expected);
}

/** A btree entry holds some 2,700 bytes, and a character takes up to three of them per UTF-16 unit. */
const longestName = 800;

export function assertName(name: string, where: string): void {
  assertText(name, where);
  if (name.length === 0 || name.length > longestName)
    throw new RangeError(`${where}: ${name.length} characters; 1 to ${longestName} are possible`);
}

/** Everything about an event but its data. */
export function assertEvent(event: NewEvent, where: string): void {
  const { type, schemaVersion, occurredAt } = event;
  assertName(type, `${where}: its type`);
  if (!Number.isInteger(schemaVersion) || schemaVersion < 0 || schemaVersion > 32_767)
    throw new RangeError(
      `${where}: schema version ${schemaVersion} is not a whole number up to 32767`,
    );
  if (occurredAt && Number.isNaN(occurredAt.getTime()))
    throw new RangeError(`${where}: occurredAt is not a valid date`);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function assertUuid(value: string, where: string): void {
  if (!uuid.test(value)) throw new RangeError(`${where}: ${JSON.stringify(value)} is not a UUID`);
}

/** What an append locks: its stream and its key. */
export const locks = ({ stream, key }: Pick<PreparedAppend, "stream" | "key">): string[] =>
  key === null ? [`stream ${stream}`] : [`stream ${stream}`, `key ${key}`];

/** Requests in rounds in which no stream and no key occurs twice, in order of arrival for each stream and key. */
export function rounds<T>(
  items: readonly T[],
  appendOf: (item: T) => Pick<PreparedAppend, "stream" | "key">,
): T[][] {
  const result: T[][] = [];
  const nextFor = new Map<string, number>();
  for (const item of items) {
    const names = locks(appendOf(item));
    const round = Math.max(...names.map((name) => nextFor.get(name) ?? 0));
    const known = result[round];
    if (known) known.push(item);
    else result[round] = [item];
    for (const name of names) nextFor.set(name, round + 1);
  }
  return result;
}

/**
 * What the append functions answer: a row in Postgres' text form, (status,version,first position,last position), behind the
 * append's number in the call, from 1, where there are several. Unpacked here: there it would cost a scan of its own.
 */
interface AppendRow {
  answer: string;
}

function result(fields: readonly string[]): AppendResult {
  const [status, version, first, last] = fields;
  if (!first || !last || (status !== "appended" && status !== "duplicate"))
    return { status: "conflict", version: Number(version) };
  return {
    status,
    version: Number(version),
    firstPosition: BigInt(first),
    lastPosition: BigInt(last),
  };
}

const severalAnswers = new Set(["append_singles", "append_many"]);

interface Call {
  readonly name: string;
  readonly types: readonly string[];
  readonly values: readonly unknown[];
}

const singleTypes = "text text text uuid uuid uuid text smallint timestamptz jsonb".split(" ");
const eventTypes = ["uuid[]", "text[]", "smallint[]", "timestamptz[]", "jsonb[]"];
const oneTypes = ["text", "text", "text", "uuid", "uuid", ...eventTypes];
const ownTypes = ["text[]", "text[]", "text[]", "uuid[]", "uuid[]"];
const singlesTypes = [...ownTypes, ...eventTypes];
const manyTypes = [...ownTypes, "int[]", "int[]", "int[]", ...eventTypes];

const eventValues = (events: PreparedAppend["events"]): Buffer[] => [
  uuids(events.map((event) => event.id)),
  texts(events.map((event) => event.type)),
  smallints(events.map((event) => event.schemaVersion)),
  moments(events.map((event) => event.occurredAt)),
  jsons(events.map((event) => event.data)),
];

/** The simplest function that can do it: a single event takes a fraction of the time of the general case. */
function call(appends: readonly PreparedAppend[]): Call {
  const [first] = appends;
  if (first && appends.length === 1) {
    const { stream, expected, key, correlationId, causationId, events } = first;
    const own = [stream, expected, key, correlationId, causationId];
    const [event] = events;
    if (!event || events.length > 1)
      return { name: "append_one", types: oneTypes, values: [...own, ...eventValues(events)] };
    const { id, type, schemaVersion, occurredAt, data } = event;
    const values = [...own, id, type, schemaVersion, occurredAt?.toISOString() ?? null, data];
    return { name: "append_single", types: singleTypes, values };
  }
  const own = [
    texts(appends.map((append) => append.stream)),
    texts(appends.map((append) => append.expected)),
    texts(appends.map((append) => append.key)),
    uuids(appends.map((append) => append.correlationId)),
    uuids(appends.map((append) => append.causationId)),
  ];
  const events = eventValues(appends.flatMap((append) => append.events));
  if (appends.every((append) => append.events.length === 1))
    return { name: "append_singles", types: singlesTypes, values: [...own, ...events] };
  const values = [
    ...own,
    ints(appends.map((append) => append.events.length)),
    ints(appends.flatMap((append, index) => append.events.map(() => index + 1))),
    ints(appends.flatMap((append) => append.events.map((_, place) => place + 1))),
    ...events,
  ];
  return { name: "append_many", types: manyTypes, values };
}

/** One round trip and one commit for all of them; no stream and no key may occur twice. */
export async function appendOnce(
  pool: pg.Pool,
  appends: readonly PreparedAppend[],
): Promise<AppendResult[]> {
  const { name, types, values } = call(appends);
  const list = types.map((type, index) => `$${index + 1}::${type}`).join(", ");
  const text = `select newsledger.${name}(${list}) as answer`;
  const { rows } = await pool.query<AppendRow>({
    name: `newsledger-${name}`,
    text,
    values: [...values],
  });
  return inOrder(rows, name);
}

/** The results in the order of the appends. */
function inOrder(rows: readonly AppendRow[], name: string): AppendResult[] {
  const answers = rows.map(({ answer }) => answer.slice(1, -1).split(","));
  if (!severalAnswers.has(name)) return answers.map(result);
  const results: AppendResult[] = [];
  for (const [nth, ...fields] of answers) results[Number(nth) - 1] = result(fields);
  return results;
}

/** In the caller's transaction, in as many rounds as repeated streams and keys make necessary. */
export async function appendWithin(
  trx: AnyTransaction,
  appends: readonly PreparedAppend[],
): Promise<AppendResult[]> {
  const results: AppendResult[] = [];
  const numbered = appends.map((append, index) => ({ append, index }));
  for (const round of rounds(numbered, ({ append }) => append)) {
    const { name, types, values } = call(round.map(({ append }) => append));
    const list = sql.join(values.map((value, i) => sql`${value}::${sql.raw(types[i] ?? "")}`));
    const { rows } =
      await sql<AppendRow>`select ${sql.id("newsledger", name)}(${list}) as answer`.execute(trx);
    const found = inOrder(rows, name);
    round.forEach(({ index }, i) => {
      const one = found[i];
      if (one) results[index] = one;
    });
  }
  return results;
}
