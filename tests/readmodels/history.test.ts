import { type NewsEvents, newsCodec } from "@newsledger/core";
import {
  exportLines,
  importLines,
  migrations as logMigrations,
  openEventLog,
} from "@newsledger/eventlog";
import {
  type AsOf,
  caseStatus,
  digestContent,
  entity,
  keepReadModels,
  listArticles,
  listEvents,
  listOccurrences,
  migrations,
  type Reader,
  rebuildReadModels,
  search,
  storyView,
  timeline,
  volume,
} from "@newsledger/readmodels";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";
import { idsOf, type Ledger, openLedger, revise, six, tellTheCase } from "./coverage.ts";

let ledger: Ledger;
/** Positions and moments at which the ledger is asked, then and later. */
const known: (bigint | Date)[] = [];
const answers: unknown[] = [];

beforeAll(async () => {
  ledger = await openLedger();
  const steps = [
    () => tellTheCase(ledger),
    () =>
      ledger.tell({
        ...{ key: "late", title: "Families of the Citgo six write a letter", source: "El Eco" },
        ...{
          publishedAt: "2019-05-01T10:00:00Z",
          joins: "arrest",
          relation: "independent" as const,
        },
      }),
    () =>
      ledger.tell({
        ...{ key: "back", title: "Citgo 6 taken back to a prison of the secret service" },
        ...{ text: "Rewritten.", publishedAt: "2021-10-17T10:00:00Z" },
      }),
    async () => {
      const told = { key: "late", title: "Families of the Citgo six plead" };
      await revise(
        ledger,
        { ...told, source: "El Eco" },
        "Families of the Citgo six write a letter",
      );
    },
    () => ledger.match({ key: "late", title: "Families", topics: ["us-venezuela"] }),
  ];
  for (const step of steps) {
    await step();
    await ledger.caughtUp();
    const { items } = await listEvents(ledger.database.db, { limit: 1 });
    known.push(await ledger.log.safePosition(), items[0]?.recordedAt ?? new Date());
    // What a reader is told now is what the ledger must say of this moment for ever.
    answers.push(await everyQuestion(ledger.database.db, { knownAt: known.at(-2) }));
    answers.push(await everyQuestion(ledger.database.db, { knownAt: known.at(-1) }));
  }
});
afterAll(() => ledger[Symbol.asyncDispose]());

async function everyQuestion(db: Reader, moment: AsOf): Promise<Record<string, unknown>> {
  const past = { ...moment, limit: 200 };
  const { storyId } = idsOf("arrest");
  return {
    status: await caseStatus(db, { topic: six, today: new Date("2023-10-01"), ...moment }),
    statusThatDay: await caseStatus(db, {
      ...{ topic: six, today: new Date("2023-10-01"), asOf: "2021-12-31" },
      ...moment,
    }),
    timeline: await timeline(db, { topic: six.id, ...past }),
    twoOutlets: await timeline(db, { minSources: 2, ...past }),
    inSpanish: await timeline(db, { language: "es", ...past }),
    events: await listEvents(db, past),
    eventsOfTopic: await listEvents(db, { topic: "us-venezuela", ...past }),
    articles: await listArticles(db, { q: "citgo -executives", ...past }),
    occurrences: await listOccurrences(db, { entity: "citgo-6", ...past }),
    search: await search(db, { q: "citgo", ...past }),
    volume: await volume(db, { topic: six.id, ...moment }),
    entity: await entity(db, { id: "tomeu-vadell", ...moment }),
    story: await storyView(db, { storyId, ...moment }),
    digest:
      typeof moment.knownAt === "bigint"
        ? await digestContent(db, { topics: [six.id], from: 0n, to: moment.knownAt })
        : null,
  };
}

const asAtFirst = async (db: Reader) => {
  for (const [nth, knownAt] of known.entries())
    expect(await everyQuestion(db, { knownAt }), `known at ${knownAt}`).toEqual(answers[nth]);
};

test("the answers of each moment differ, or nothing here would prove anything", () => {
  const texts = answers.map((answer) =>
    JSON.stringify(answer, (_, v) => (typeof v === "bigint" ? String(v) : v)),
  );
  expect(new Set(texts.filter((_, nth) => nth % 2 === 0)).size).toBe(answers.length / 2);
});

test("what was known at a moment stays what it was, whatever came later", () =>
  asAtFirst(ledger.database.db));

test("a rebuild changes no answer about the past", async () => {
  await rebuildReadModels(ledger.database.db);
  await ledger.caughtUp();
  await asAtFirst(ledger.database.db);
});

test("exported, and imported into an empty database, the ledger gives the same answers", async () => {
  await using copy = await createTestDatabase([...logMigrations, ...migrations]);
  await importLines(copy.pool, exportLines(ledger.database.pool, { texts: true }));
  await using log = await openEventLog<NewsEvents>({ pool: copy.pool, codec: newsCodec });
  await using keeper = keepReadModels({ log, db: copy.db });
  await keeper.caughtUp();
  await asAtFirst(copy.db);
});
