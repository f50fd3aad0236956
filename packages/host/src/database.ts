import { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Logger } from "pino";
import { ThriftyClient } from "./client.ts";

export interface PoolOptions {
  readonly max?: number;
  readonly logger?: Logger;
  /**
   * A server that says nothing for so long while it is asked something has gone, whatever the network claims: the
   * connection is given up. Without it, a question whose answer was lost on the way waits for ever.
   */
  readonly silenceSeconds?: number;
}

/** Connections to the ledger's database, opened when first needed. */
export function openPool(
  url: string,
  { max = 20, logger, silenceSeconds }: PoolOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: "newsledger",
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    Client: ThriftyClient,
    ...(silenceSeconds === undefined ? {} : { stream: () => impatientSocket(silenceSeconds) }),
  });
  // An idle connection that the server drops is replaced at the next query; unheard, the event would end the process.
  pool.on("error", (err) => logger?.warn({ err }, "a database connection was lost"));
  return pool;
}

/** The pool closes connections that nobody needs after 30 s: one that is silent for longer is asked something. */
function impatientSocket(silenceSeconds: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceSeconds * 1000, () =>
    socket.destroy(
      // The code tells whoever asked that the same again may well succeed.
      Object.assign(new Error(`the database has said nothing for ${silenceSeconds} s`), {
        code: "ETIMEDOUT",
      }),
    ),
  );
  return socket;
}

/** Typed queries over the pool. Ending the pool stays with whoever opened it. */
// biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
export const openDatabase = (pool: pg.Pool): Kysely<any> =>
  // biome-ignore lint/suspicious/noExplicitAny: see above
  new Kysely<any>({ dialect: new PostgresDialect({ pool }) });

/** A Postgres that answers, but must not carry the ledger. */
export class DatabaseUnfit extends Error {
  override name = "DatabaseUnfit";
}

/** Waits until the server answers a real query, then checks that it keeps what it acknowledges. */
export async function waitForDatabase(
  url: string,
  withinMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await check(url);
    } catch (error) {
      if (!isPassing(error) || Date.now() >= until) throw error;
      await pause(100, undefined, { signal });
    }
  }
}

/** One query on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {}); // the query's own rejection says it
  try {
    await client.connect();
    return (await client.query<Row>(text, [...values])).rows;
  } catch (cause) {
    throw Object.assign(new Error(`database ${shown(url)}: ${explain(cause)}`, { cause }), {
      code: codeOf(cause),
    });
  } finally {
    await client.end().catch(() => {});
  }
}

interface Facts {
  version: number;
  encoding: string;
  synchronous: string;
}

async function check(url: string): Promise<void> {
  const [facts] = await query<Facts & pg.QueryResultRow>(
    url,
    `select current_setting('server_version_num')::int as version,
            current_setting('server_encoding') as encoding,
            current_setting('synchronous_commit') as synchronous`,
  );
  const problem = facts && unfit(facts);
  if (problem) throw new DatabaseUnfit(`database ${shown(url)}: ${problem}`);
}

/** What keeps a server from carrying the ledger; null when nothing does. */
export function unfit({ version, encoding, synchronous }: Facts): string | null {
  if (version < 150_000)
    return `is Postgres ${Math.floor(version / 10_000)}; Newsledger needs 15 or newer`;
  if (encoding !== "UTF8") return `has the encoding ${encoding}; create it with encoding UTF8`;
  if (synchronous === "off")
    return "has synchronous_commit off: it may forget what it acknowledged. Set it to on";
  return null;
}

/** Errors of a server that is not there yet: starting, restarting, or its name not yet known. */
const isPassing = (error: unknown): boolean =>
  ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "57P03", "57P01"].includes(
    codeOf(error) ?? "",
  ) ||
  (error instanceof Error && /terminated unexpectedly|timeout/i.test(error.message));

function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return (error as { code?: string } | null)?.code;
}

function explain(error: unknown): string {
  if (codeOf(error) === "ECONNREFUSED") return "nothing answers there. Is the server running?";
  if (error instanceof AggregateError) return explain(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

function shown(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname}` : "address";
}
