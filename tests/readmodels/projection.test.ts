import {
  alertRaised,
  articleUnreadable,
  deliveryFailed,
  digestSent,
  feedAdded,
  feedDegraded,
  type NewsEvents,
  streams,
} from "@newsledger/core";
import { CopyCursor, type RecordedEvent } from "@newsledger/eventlog";
import {
  coverage,
  entity,
  ledgerSummary,
  listEvents,
  projectedUpTo,
  rebuildReadModels,
  volume,
} from "@newsledger/readmodels";
import { Kysely, PostgresDialect, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { idsOf, type Ledger, occurred, openLedger, revise, tellTheCase } from "./coverage.ts";

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
  await tellTheCase(ledger);
  const { log } = ledger;
  const told = { key: "r", title: "First wording", publishedAt: "2021-01-01T00:00:00Z" };
  const [ana, luis, eva] = [
    { id: "ana", name: "Ana" },
    { id: "luis", name: "Luis" },
    { id: "eva", name: "Eva" },
  ];
  const said = {
    names: [ana, luis],
    occurrences: [occurred("arrest", undefined, { targets: [ana] })],
  };
  await ledger.tell({ ...told, ...said });
  await revise(ledger, { ...told, title: "Second wording" }, told.title);
  await ledger.tell({
    ...{ key: "r", title: "Third wording", text: "The article was edited as well." },
    names: [{ id: "ana", name: "Ana Prado" }, eva],
    occurrences: [occurred("release", undefined, { actors: [eva], targets: [ana, eva] })],
  });
  await ledger.tell({ key: "s", title: "Another", source: "El Eco", names: [ana, eva] });
  const { itemId, documentId, storyId } = idsOf("arrest");
  await log.append(streams.feed("feed-two"), [
    feedAdded.create({
      feedId: "feed-two",
      url: "https://two.example/rss",
      title: "Two",
      language: null,
    }),
    feedDegraded.create({
      feedId: "feed-two",
      code: "http-500",
      reason: "It answers 500.",
      failures: 3,
    }),
  ]);
  await log.append(streams.item(itemId), [
    articleUnreadable.create({ itemId, url: null, reason: "The page is a login form." }),
  ]);
  await log.append(streams.alert("a1"), [
    alertRaised.create({
      ...{ alertId: "a1", ruleId: "r1", ruleName: "Any of the six", topicId: "citgo-6" },
      ...{ storyId, documentId, title: "Held", source: "Diario Uno", url: null },
      ...{ publishedAt: null, foundAt: "2026-01-01T00:00:00Z", lateFind: true },
      ...{ why: "Rule “Any of the six”.", entities: [], occurrences: [], evidence: [] },
    }),
    deliveryFailed.create({
      ...{ deliveryId: "x1", channel: "webhook", target: "w1", cause: "a1" },
      ...{ attempts: 12, reason: "It answered 500." },
    }),
  ]);
  await log.append(streams.digest("s1"), [
    digestSent.create({
      ...{ issueId: "n1", subscriptionId: "s1", topics: ["citgo-6"], from: "0", to: "9" },
      ...{ stories: 2, messageId: "<m@x>", transport: "file" },
    }),
  ]);
  await ledger.caughtUp();
});
afterAll(() => ledger[Symbol.asyncDispose]());

const tables = [
  ...["items", "item_topics", "articles", "mentions", "names"],
  ...["occurrences", "story_articles", "events", "tallies", "topic_versions", "later_articles"],
];

async function contents(schema = "coverage"): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of [...tables.map((name) => `${schema}.${name}`), "newsledger.words"]) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) as row from ${sql.table(table)} t order by to_jsonb(t)::text`.execute(
      ledger.database.db,
    );
    all[table.slice(table.indexOf(".") + 1)] = rows.map(({ row }) => row);
  }
  return all;
}

const own = "coverage_by_hand";

/** Tables get their keys after so many events: from then on what stands in them is kept up. */
async function rebuild(batchSize: number, times: number, keysAfter: number): Promise<void> {
  const events: RecordedEvent<NewsEvents>[] = [];
  for await (const event of ledger.log.read()) events.push(event);
  const { create, apply, finish } = coverage(1);
  const dialect = new PostgresDialect({ pool: ledger.database.pool, cursor: CopyCursor });
  await new Kysely<unknown>({ dialect }).transaction().execute(async (trx) => {
    await sql`drop schema if exists ${sql.id(own)} cascade`.execute(trx);
    await sql`create schema ${sql.id(own)}`.execute(trx);
    await sql`delete from newsledger.words`.execute(trx);
    await create(trx, own);
    let finished = false;
    for (let at = 0; at < events.length; at += batchSize) {
      if (!finished && at >= keysAfter) {
        await finish?.(trx, own);
        finished = true;
      }
      for (let nth = 0; nth < times; nth++) await apply(events.slice(at, at + batchSize), trx, own);
    }
    if (!finished) await finish?.(trx, own);
  });
}

test.each([
  ["event by event", 1, 1, Infinity],
  ["in small batches", 7, 1, Infinity],
  ["all at once", 100_000, 1, Infinity],
  ["in batches that are each applied twice", 5, 2, Infinity],
  ["all at once, twice", 100_000, 2, Infinity],
  ["event by event, with keys from the first on", 1, 1, 0],
  ["in small batches, each applied twice, with keys half-way", 4, 2, 20],
])("built anew %s, the read models equal the live ones", async (_, batchSize, times, keysAfter) => {
  const live = await contents();
  for (const [table, rows] of Object.entries(live)) expect(rows.length, table).toBeGreaterThan(0);
  await rebuild(batchSize, times, keysAfter);
  expect(await contents(own)).toEqual(live);
});

test("a rebuild takes the place of the version in use, with the same rows, and brings no event about", async () => {
  const before = await contents();
  const safe = await ledger.log.safePosition();
  const version = await rebuildReadModels(ledger.database.db);
  await ledger.caughtUp();
  const { rows } = await sql<{ version: number }>`
    select version from newsledger.read_models where name = 'coverage'`.execute(ledger.database.db);
  expect(rows).toEqual([{ version }]);
  expect(await contents()).toEqual(before);
  expect(await ledger.log.safePosition()).toBe(safe);
});

test("what is counted as events come is what counting the rows gives, now and as of a day", async () => {
  const { db } = ledger.database;
  const knownAt = await ledger.log.safePosition();
  for (const topic of ["citgo-6", "us-venezuela"])
    for (const asOf of [undefined, "2017-11-22", "2017-11-30", "2021-10-17", "2022-03-31"]) {
      const counted = await volume(db, { topic, asOf, knownAt });
      expect(await volume(db, { topic, asOf }), `${topic} ${asOf}`).toEqual(counted);
    }
  expect((await volume(db, { topic: "citgo-6" })).length).toBeGreaterThan(4);
  const { items } = await listEvents(db, { limit: 200 });
  const seen = items.filter(({ type }) => type === "item.seen");
  expect(await ledgerSummary(db)).toEqual({
    items: seen.length,
    stories: items.filter(({ type }) => type === "story.opened").length,
    newestFoundAt: seen[0]?.recordedAt,
  });
});

test("someone's page is the same whether it was counted as events came or is counted from the articles", async () => {
  const { db } = ledger.database;
  const knownAt = await ledger.log.safePosition();
  const ids = ["tomeu-vadell", "citgo-6", "el-helicoide", "ana", "luis", "eva", "nobody"];
  for (const id of ids)
    expect(await entity(db, { id }), id).toEqual(await entity(db, { id, knownAt }));
  expect(await entity(db, { id: "luis" })).toBeNull();
  expect(await entity(db, { id: "ana" })).toMatchObject({
    ...{ name: "Ana", type: "person", articles: 2, sources: 2 },
    occurrences: [{ code: "release", asActor: 0, asTarget: 1 }],
    together: [{ id: "eva", name: "Eva", articles: 2 }],
  });
});

test("read models say how far they are", async () => {
  expect(await projectedUpTo(ledger.log)).toBe(await ledger.log.safePosition());
});

test("every kind of event has a line with a title, a source and a reason", async () => {
  const { items } = await listEvents(ledger.database.db, { limit: 200 });
  for (const line of items) {
    expect(line.title, line.type).not.toBe("");
    expect(line.why, line.type).toMatch(/[.:]/);
    expect(line.source, line.type).not.toBe("");
  }
  const line = (type: string) => items.find((one) => one.type === type);
  expect(line("feed.degraded")).toMatchObject({
    title: "Two",
    why: "The feed has trouble: It answers 500.",
  });
  expect(line("delivery.failed")?.why).toBe("Given up after 12 attempts: It answered 500.");
  expect(line("digest.sent")?.topics).toEqual(["citgo-6"]);
  expect(line("item.revised")?.title).toBe("Second wording");
});

test("what the ledger knew at a position is what a reader saw then, whatever came later", async () => {
  const own = await openLedger();
  await using _ = own;
  const { db } = own.database;
  await own.tell({ key: "one", title: "The first story about Citgo" });
  await own.caughtUp();
  const position = await own.log.safePosition();
  const before = await listEvents(db, {});
  await own.tell({ key: "one", title: "A later wording", text: "Edited." });
  await own.tell({ key: "two", title: "Another", joins: "one", relation: "independent" });
  await own.caughtUp();
  expect(await listEvents(db, { knownAt: position })).toEqual(before);
  expect((await listEvents(db, {})).items.length).toBeGreaterThan(before.items.length);
  const moment = before.items[0]?.recordedAt;
  expect(await listEvents(db, { knownAt: moment })).toEqual(before);
});
