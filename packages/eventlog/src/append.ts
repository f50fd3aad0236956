import { createHash, randomUUID } from "node:crypto";
import type { AppendRequest, Expected, NewEvent } from "./types.ts";
import { assertText, inWords, toJson, type Where } from "./valid-text.ts";

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
  const where = () => `append to ${JSON.stringify(request.stream)}`;
  const { key = null, correlationId = null, causationId = null } = request;
  if (request.events.length === 0) throw new RangeError(`${where()}: needs at least one event`);
  assertName(request.stream, () => `${where()}: the stream's name`);
  if (key !== null) assertName(key, () => `${where()}: the append key`);
  if (correlationId !== null) assertUuid(correlationId, () => `${where()}: correlationId`);
  if (causationId !== null) assertUuid(causationId, () => `${where()}: causationId`);
  return {
    stream: request.stream,
    key,
    expected: expectation(request.expected ?? "any", where),
    correlationId,
    causationId,
    events: request.events.map((event, index) => {
      const at = () => `${where()}, event ${index} (${event.type})`;
      assertEvent(event, at);
      return {
        id: key === null ? randomUUID() : eventId(key, index),
        type: event.type,
        schemaVersion: event.schemaVersion,
        occurredAt: event.occurredAt ?? null,
        data: toJson(event.data, () => `${at()}: data`),
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

function expectation(expected: Expected, where: () => string): string {
  if (typeof expected !== "number") return expected;
  if (!Number.isSafeInteger(expected) || expected < 0)
    throw new RangeError(`${where()}: expected version ${expected} is not a whole number`);
  return expected === 0 ? "none" : String(expected);
}

/** A btree entry holds some 2,700 bytes, and a character takes up to three of them per UTF-16 unit. */
const longestName = 800;

export function assertName(name: string, where: Where): void {
  assertText(name, where);
  if (name.length === 0 || name.length > longestName)
    throw new RangeError(
      `${inWords(where)}: ${name.length} characters; 1 to ${longestName} are possible`,
    );
}

/** Everything about an event but its data. */
export function assertEvent(event: NewEvent, where: Where): void {
  const { type, schemaVersion, occurredAt } = event;
  assertName(type, () => `${inWords(where)}: its type`);
  if (!Number.isInteger(schemaVersion) || schemaVersion < 0 || schemaVersion > 32_767)
    throw new RangeError(
      `${inWords(where)}: schema version ${schemaVersion} is not a whole number up to 32767`,
    );
  if (occurredAt && Number.isNaN(occurredAt.getTime()))
    throw new RangeError(`${inWords(where)}: occurredAt is not a valid date`);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function assertUuid(value: string, where: Where): void {
  if (!uuid.test(value))
    throw new RangeError(`${inWords(where)}: ${JSON.stringify(value)} is not a UUID`);
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
