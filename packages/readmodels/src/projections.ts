import { events, type NewsEvents, type NewsEventType } from "@newsledger/core";
import type { Projection } from "@newsledger/eventlog";
import { sql } from "kysely";
import { applyArticles } from "./articles.ts";
import { applyItems, applyItemTopics } from "./items.ts";
import { applyLedger } from "./ledger.ts";
import { applyStories } from "./stories.ts";

const tables = [
  ...["newsledger.rm_items", "newsledger.rm_item_topics", "newsledger.rm_articles"],
  ...["newsledger.rm_mentions", "newsledger.rm_names", "newsledger.rm_occurrences"],
  ...["newsledger.rm_story_articles", "newsledger.rm_events"],
];

/**
 * One projection, so that every question sees one cut of the ledger. Rows are only ever inserted, under the position of
 * their event, and look no further than that position: applying twice changes nothing, and batches may be cut anywhere.
 */
const coverage: Projection<NewsEvents> = {
  name: "coverage",
  version: 1,
  types: Object.values(events).map(({ type }): NewsEventType => type),
  async reset(trx) {
    // Not truncate: its locks deadlock with questions that read the tables in another order, and it hides rows from
    // questions that began before it.
    for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(trx);
  },
  async apply(batch, trx) {
    // The order is the order of dependence: each step reads what the steps before it wrote.
    await applyItems(batch, trx);
    await applyItemTopics(batch, trx);
    await applyArticles(batch, trx);
    await applyStories(batch, trx);
    await applyLedger(batch, trx);
  },
};

export const projections: readonly Projection<NewsEvents>[] = [coverage];
