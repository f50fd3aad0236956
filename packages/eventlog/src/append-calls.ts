import { sql } from "kysely";
import type pg from "pg";
import { type PreparedAppend, rounds } from "./append.ts";
import { ask, isEncoded, type Statement, type Value } from "./ask.ts";
import type { AnyTransaction, AppendResult } from "./types.ts";
import { type Encoded, ints, jsons, moments, smallints, texts, toBuffer, uuids } from "./wire.ts";

/** A function in Postgres that appends (schema-append.ts), and how it is asked outside a transaction. */
interface AppendFunction {
  readonly name: string;
  readonly types: readonly string[];
  /** Whether it answers a row for each append, each with its number in front. */
  readonly several: boolean;
  readonly statement: Statement;
}

function appendFunction(name: string, types: string, several: boolean): AppendFunction {
  const all = types.split(" ");
  const list = all.map((type, index) => `$${index + 1}::${type}`).join(", ");
  const text = `select newsledger.${name}(${list})`;
  return { name, types: all, several, statement: { name: `newsledger-${name}`, text } };
}

const eventTypes = "uuid[] text[] smallint[] timestamptz[] jsonb[]";
const ownTypes = "text[] text[] text[] uuid[] uuid[]";
const single = appendFunction(
  "append_single",
  "text text text uuid uuid uuid text smallint timestamptz jsonb",
  false,
);
const one = appendFunction("append_one", `text text text uuid uuid ${eventTypes}`, false);
const singles = appendFunction("append_singles", `${ownTypes} ${eventTypes}`, true);
const many = appendFunction("append_many", `${ownTypes} int[] int[] int[] ${eventTypes}`, true);

interface Call {
  readonly to: AppendFunction;
  readonly values: readonly Value[];
}

const eventValues = (events: PreparedAppend["events"]): Encoded[] => [
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
    if (!event || events.length > 1) return { to: one, values: [...own, ...eventValues(events)] };
    const { id, type, schemaVersion, occurredAt, data } = event;
    const occurred = occurredAt?.toISOString() ?? null;
    return { to: single, values: [...own, id, type, String(schemaVersion), occurred, data] };
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
    return { to: singles, values: [...own, ...events] };
  const values = [
    ...own,
    ints(appends.map((append) => append.events.length)),
    ints(appends.flatMap((append, index) => append.events.map(() => index + 1))),
    ints(appends.flatMap((append) => append.events.map((_, place) => place + 1))),
    ...events,
  ];
  return { to: many, values };
}

/** One round trip and one commit for all of them; no stream and no key may occur twice. */
export async function appendOnce(
  pool: pg.Pool,
  appends: readonly PreparedAppend[],
): Promise<AppendResult[]> {
  const { to, values } = call(appends);
  const rows = await ask(pool, to.statement, values);
  return inOrder(
    rows.map(([answer]) => answer),
    to,
  );
}

/** In the caller's transaction, in as many rounds as repeated streams and keys make necessary. */
export async function appendWithin(
  trx: AnyTransaction,
  appends: readonly PreparedAppend[],
): Promise<AppendResult[]> {
  const results: AppendResult[] = [];
  const numbered = appends.map((append, index) => ({ append, index }));
  for (const round of rounds(numbered, ({ append }) => append)) {
    const { to, values } = call(round.map(({ append }) => append));
    const sent = values.map((value) => (isEncoded(value) ? toBuffer(value) : value));
    const list = sql.join(sent.map((value, i) => sql`${value}::${sql.raw(to.types[i] ?? "")}`));
    const { rows } = await sql<{
      answer: string;
    }>`select ${sql.id("newsledger", to.name)}(${list}) as answer`.execute(trx);
    const found = inOrder(
      rows.map(({ answer }) => answer),
      to,
    );
    round.forEach(({ index }, i) => {
      const result = found[i];
      if (result) results[index] = result;
    });
  }
  return results;
}

/**
 * The results in the order of the appends. An answer is a row in Postgres' text form, (status,version,first position,last
 * position), behind the append's number in the call, from 1, where there are several. Unpacked here: there it would cost a
 * scan of its own.
 */
function inOrder(answers: readonly (string | undefined)[], to: AppendFunction): AppendResult[] {
  const rows = answers.map((answer) => answer?.slice(1, -1).split(",") ?? []);
  if (!to.several) return rows.map(result);
  const results: AppendResult[] = [];
  for (const [nth, ...fields] of rows) results[Number(nth) - 1] = result(fields);
  return results;
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
