import { events, type NewsEvents, type NewsEventType } from "@newsledger/core";
import type { SchemaProjection } from "@newsledger/eventlog";
import { sql } from "kysely";
import { applyArticles } from "./articles.ts";
import { intoVersion } from "./into.ts";
import { applyItems, applyItemTopics } from "./items.ts";
import { applyLedger } from "./ledger.ts";
import { applyStories } from "./stories.ts";
import { indexesIn, namesIndexIn, tablesIn, wordsIndex } from "./tables.ts";
import { together } from "./together.ts";
import { applyWords, forgetWords } from "./words.ts";

/** Raised when the tables or their meaning change; every installation then builds them anew, beside the old ones. */
const meaning = 2;
/** Rebuilds of one meaning count on from here: 1000, 1001, … */
const perMeaning = 1_000;

export const coverageName = "coverage";
export const firstVersion = meaning * perMeaning;
export const meansTheSame = (version: number): boolean =>
  Math.floor(version / perMeaning) === meaning;

/**
 * One projection, so that every question sees one cut of the ledger. Rows are only ever inserted, under the position of
 * their event, and look no further than that position: applying twice changes nothing, and batches may be cut anywhere.
 */
export const coverage = (version: number): SchemaProjection<NewsEvents> => ({
  name: coverageName,
  version,
  types: Object.values(events).map(({ type }): NewsEventType => type),
  batchSize: 4_000,
  async create(trx, schema) {
    await sql.raw(tablesIn(schema)).execute(trx);
  },
  async apply(batch, trx, schema) {
    const [first, last] = [batch[0], batch.at(-1)];
    if (!first || !last) return;
    const into = await intoVersion(trx, schema, { first: first.position, last: last.position });
    // The order is the order of dependence: each step reads what the steps before it wrote.
    await together([
      applyItems(batch, into),
      applyItemTopics(batch, into),
      applyArticles(batch, into),
      applyLedger(batch, into),
    ]);
    await together([applyStories(batch, into), applyWords(batch, into)]);
    await forgetWords(batch, into);
  },
  async finish(trx, schema) {
    await sql`set local maintenance_work_mem = '256MB'`.execute(trx);
    await sql.raw(indexesIn(schema)).execute(trx);
    await sql.raw(wordsIndex).execute(trx);
    await sql.raw(namesIndexIn(schema)).execute(trx);
    await sql.raw(`analyze ${tablesOf(schema)}, newsledger.words`).execute(trx);
  },
});

const tablesOf = (schema: string): string =>
  [...tablesIn(schema).matchAll(/create table (\S+)/g)].map(([, table]) => table).join(", ");
