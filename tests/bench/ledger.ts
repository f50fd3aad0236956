import { resolve } from "node:path";
import { type NewsEvents, newsCodec, textHash } from "@newsledger/core";
import {
  copyEvents,
  type EventLog,
  migrations as logMigrations,
  migrate,
  openEventLog,
  type StreamedEvent,
} from "@newsledger/eventlog";
import { copyIn } from "@newsledger/eventlog/copy-in";
import { keepReadModels, migrations, type Reader } from "@newsledger/readmodels";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { press } from "./corpus.ts";
import type { Processor } from "./processor.ts";
import { type Server, startServer } from "./server.ts";

/** A large ledger in a Postgres of its own, as the benchmarks of reading need it. */
export interface BenchLedger extends AsyncDisposable {
  readonly pool: pg.Pool;
  readonly db: Reader;
  readonly log: EventLog<NewsEvents>;
  readonly events: number;
  readonly processor: Processor | null;
}

/**
 * Fills it by COPY: about ten events for each article. With a directory to keep it in, it is filled once and found again, with
 * its read models, by the next benchmark of as many articles.
 */
export async function openBenchLedger(articles: number, keptIn?: string): Promise<BenchLedger> {
  const server = await startServer({}, keptIn && resolve(keptIn));
  const url = await databaseOf(server, articles);
  const pool = openPool(url);
  await migrate(pool, [...logMigrations, ...migrations]);
  const { rows } = await pool.query("select count(*) as events from newsledger.events");
  const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  // biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
  const db = new Kysely<any>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool,
    db,
    log,
    events: Number(rows[0]?.events),
    processor: server.processor,
    async [Symbol.asyncDispose]() {
      await log[Symbol.asyncDispose]();
      await pool.end();
      await server[Symbol.asyncDispose]();
    },
  };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 20 });
  pool.on("error", () => {}); // its idle connections end with the server
  return pool;
}

/** It bears its name once it is whole. */
async function databaseOf(server: Server, articles: number): Promise<string> {
  const name = `press_${articles}`;
  const root = openPool(server.existing("postgres"));
  try {
    const { rowCount } = await root.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      await root.query(`drop database if exists ${name}_filling`);
      await fill(await server.database(`${name}_filling`), articles);
      await root.query(`alter database ${name}_filling rename to ${name}`);
    }
  } finally {
    await root.end();
  }
  return server.existing(name);
}

async function fill(url: string, articles: number): Promise<void> {
  const pool = openPool(url);
  await migrate(pool, [...logMigrations, ...migrations]);
  const texts: string[] = [];
  const began = performance.now();
  const events = await copyEvents(pool, eventsOf(articles, texts));
  await copyTexts(pool, texts);
  await pool.query("vacuum analyze");
  await pool.end();
  console.log(`${events} events of ${articles} articles copied in ${secondsSince(began)} s`);
}

/** Builds the read models; answers how many seconds it took. */
export async function build({ log, db, pool }: BenchLedger): Promise<number> {
  const began = performance.now();
  await using keeper = keepReadModels({ log, db });
  await keeper.caughtUp();
  const seconds = (performance.now() - began) / 1_000;
  await pool.query("vacuum analyze");
  return seconds;
}

export const secondsSince = (began: number): string =>
  ((performance.now() - began) / 1_000).toFixed(1);

function* eventsOf(articles: number, texts: string[]): Generator<StreamedEvent> {
  for (const { text, events } of press(articles)) {
    if (text !== null) texts.push(text);
    yield* events;
  }
}

async function copyTexts(pool: pg.Pool, texts: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await copyIn(client, "copy newsledger.texts (hash, body) from stdin", lines(texts));
  } finally {
    client.release();
  }
}

function* lines(texts: readonly string[]): Generator<Buffer> {
  for (let at = 0; at < texts.length; at += 100)
    yield Buffer.from(
      texts
        .slice(at, at + 100)
        .map((text) => `${textHash(text)}\t${text}\n`)
        .join(""),
    );
}
