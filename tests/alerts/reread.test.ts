import { seedRules } from "@newsledger/alerts";
import { articleUnderstood, contentId, streams } from "@newsledger/core";
import { loadKnowledge, loadTopics } from "@newsledger/extraction";
import { reread } from "@newsledger/extractor/reread";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { publish, type Report, textOf, understood } from "../harness/reports.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
  await seedRules(stage.db);
});
afterEach(() => stage[Symbol.asyncDispose]());

const told: Report = {
  document: "freed",
  text: "Tomeu Vadell was freed on Monday. His family said so.",
  occurrences: [{ code: "release" }],
};
const nothing = { language: "en" as const, entities: [], dates: [], quotes: [], occurrences: [] };

/** A newer extractor finds nothing at all in what the ledger holds: nothing of what was told is left. */
const readAgain = () =>
  reread(stage.log, stage.db, {
    ...{ knowledge: loadKnowledge(), topics: loadTopics(), understand: () => nothing },
    version: { name: "rules", version: "2", knowledgeVersion: "1" },
  });

/** A report that does alert: when its alert is there, everything before it has been judged. */
async function judged(): Promise<void> {
  await stage.report({ document: "marker", occurrence: "release" });
  await until(
    () => stage.events("alert.raised"),
    (found) => found.some(({ title }) => title === "About marker"),
    { everyMs: 20 },
  );
}

const planned = async () =>
  (await sql<{ cause: string }>`select cause from newsledger.deliveries`.execute(stage.db)).rows;

test("articles that a newer extractor reads anew are not told again, nor corrected", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await publish(stage, told);
  await until(
    async () => stage.deliveriesTo("a"),
    (found) => found.length === 1,
  );
  expect(await readAgain()).toMatchObject({ reread: 1, changed: 1 });
  await judged();
  expect(await stage.events("alert.corrected")).toEqual([]);
  expect(await stage.events("alert.raised")).toHaveLength(2);
  expect(await planned()).toHaveLength(2);
});

test("an article that was edited in the meantime is not called edited once more", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await publish(stage, told);
  await until(
    () => stage.events("alert.raised"),
    (found) => found.length === 1,
  );
  const edited = { ...told, text: "Tomeu Vadell was freed on Monday, his family said." };
  await publish(stage, { ...edited, document: "keeps the text", topic: "other" });
  await stage.log.append(streams.document(contentId("document", told.document)), [
    articleUnderstood.create(understood(edited)),
  ]);
  expect(textOf(edited)).not.toBe(textOf(told));
  await readAgain();
  await judged();
  expect(await stage.events("alert.corrected")).toEqual([]);
});
