import { setImmediate as nextTurn } from "node:timers/promises";
import { events, type NewsEvents, type NewsEventType } from "@newsledger/core";
import type { AnyTransaction, SchemaProjection } from "@newsledger/eventlog";
import { sql } from "kysely";
import {
  articleColumns,
  laterArticleColumns,
  mentionColumns,
  occurrenceColumns,
} from "./articles.ts";
import type { Columns } from "./copy-rows.ts";
import { decide, type Rows } from "./decide.ts";
import { describe } from "./describe.ts";
import { type Into, intoVersion, makeRoom, reached } from "./into.ts";
import { itemColumns, topicColumns } from "./items.ts";
import { lineColumns } from "./ledger.ts";
import { pastOf } from "./past.ts";
import { correctStories, memberColumns } from "./stories.ts";
import { indexesIn, keysIn, namesIndexIn, tablesIn, wordsIndex } from "./tables.ts";
import { addTallies, talliesOf } from "./tallies.ts";
import { together } from "./together.ts";
import { addTopicVersions, putDownTopicVersions } from "./topic-versions.ts";
import { addWords, forgetWords } from "./words.ts";

/** Raised when the tables or their meaning change; every installation then builds them anew, beside the old ones. */
const meaning = 7;
/** Rebuilds of one meaning count on from here: 1000, 1001, … */
const perMeaning = 1_000;

export const coverageName = "coverage";
export const firstVersion = meaning * perMeaning;
export const meansTheSame = (version: number): boolean =>
  Math.floor(version / perMeaning) === meaning;

/**
 * One projection, so that every question sees one cut of the ledger. Rows are only ever inserted, under the position of
 * their event, and look no further than that position: applying twice changes nothing, and batches may be cut anywhere. What
 * a batch adds is decided in memory and copied, table by table.
 */
export const coverage = (version: number): SchemaProjection<NewsEvents> => ({
  name: coverageName,
  version,
  types: Object.values(events).map(({ type }): NewsEventType => type),
  batchSize: 4_000,
  restMs: 100,
  async create(trx, schema) {
    await sql.raw(tablesIn(schema)).execute(trx);
    // What is only ever added to, and read by nobody, needs no vacuum until it is whole.
    for (const table of tablesOf(schema))
      await sql`alter table ${sql.table(table)} set (autovacuum_enabled = off)`.execute(trx);
  },
  async apply(batch, trx, schema) {
    const [first, last] = [batch[0], batch.at(-1)];
    if (!first || !last) return;
    const into = intoVersion(trx, schema, { first: first.position, last: last.position });
    await sql`select set_config(name, 'off', true) from unnest(${settingsOff}::text[]) as name`.execute(
      trx,
    );
    const done = await reached(into);
    if (done >= first.position) await makeRoom(into, Object.keys(columns));
    const told = batch.map((event) => ({ event, line: describe(event) }));
    const past = await pastOf(told, into);
    const rows = decide(told, past);
    await together([
      ...(await write(rows, into)),
      addNames(rows.mentions, into),
      addTallies(talliesOf(rows, past.replaced, done), into),
      addWords(rows, into),
    ]);
    await correctStories(batch, into);
    await addTopicVersions(rows, into);
    await forgetWords(batch, into);
  },
  async finish(trx, schema) {
    await sql`select set_config(name, '256MB', true) from unnest(${["maintenance_work_mem", "work_mem"]}::text[]) as name`.execute(
      trx,
    );
    await putDownTopicVersions({ trx, table: (name) => sql.table(`${schema}.${name}`) });
    await sql.raw(keysIn(schema)).execute(trx);
    await sql.raw(indexesIn(schema)).execute(trx);
    await sql.raw(namesIndexIn(schema)).execute(trx);
    for (const table of tablesOf(schema))
      await sql`alter table ${sql.table(table)} reset (autovacuum_enabled)`.execute(trx);
    await sql.raw(`analyze ${tablesOf(schema).join(", ")}`).execute(trx);
    await indexWords(trx);
  },
});

const tablesOf = (schema: string): string[] =>
  [...tablesIn(schema).matchAll(/create table (\S+)/g)].map(([, table = ""]) => table);

/** The words outlive versions: indexed once, when the first version has brought them in. */
async function indexWords(trx: AnyTransaction): Promise<void> {
  const { rows } = await sql<{ made: boolean }>`
    select to_regclass('newsledger.words_words') is not null as made`.execute(trx);
  if (rows[0]?.made) return;
  await sql.raw(wordsIndex).execute(trx);
  await sql`analyze newsledger.words`.execute(trx);
}

/**
 * A read model that a crash sets back goes on from its checkpoint, which goes back with it. And tables that are being filled
 * are larger than Postgres knows: it would rather go through them than look rows up.
 */
const settingsOff = [
  "synchronous_commit",
  ...["enable_seqscan", "enable_hashjoin", "enable_mergejoin"],
];

/** Large tables first. */
const columns: { readonly [K in keyof Rows]: Columns<Rows[K][number]> } = {
  events: lineColumns,
  items: itemColumns,
  mentions: mentionColumns,
  item_topics: topicColumns,
  articles: articleColumns,
  story_articles: memberColumns,
  occurrences: occurrenceColumns,
  later_articles: laterArticleColumns,
};

/** One table after the other: while Postgres takes in one, the next is put together. */
async function write(rows: Rows, into: Into): Promise<Promise<void>[]> {
  const started: Promise<void>[] = [];
  const start = <K extends keyof Rows>(name: K) => {
    const copied = into.copy<Rows[K][number]>(name, rows[name], columns[name]);
    copied.catch(() => {}); // told to who waits for all
    started.push(copied);
  };
  for (const name of Object.keys(columns) as (keyof Rows)[]) {
    start(name);
    await nextTurn(); // so that it is sent
  }
  return started;
}

async function addNames(mentions: Rows["mentions"], { trx, table }: Into): Promise<void> {
  if (mentions.length === 0) return;
  const types = new Map(mentions.toReversed().map(({ name, type }) => [name, type]));
  await sql`
    insert into ${table("names")} (name, type)
    select * from unnest(${[...types.keys()]}::text[], ${[...types.values()]}::text[])
    on conflict (name) do nothing`.execute(trx);
}
