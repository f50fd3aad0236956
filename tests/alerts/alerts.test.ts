import {
  addRule,
  alertMessage,
  dryRun,
  removeRule,
  ruleDefinition,
  seedRules,
} from "@newsledger/alerts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
  await seedRules(stage.db);
});
afterEach(() => stage[Symbol.asyncDispose]());

const alertsRaised = (count: number) =>
  until(
    () => stage.events("alert.raised"),
    (found) => found.length >= count,
    { everyMs: 20 },
  );

/** A later report that does alert: when its alert is there, what came before it has been judged. */
async function judged(): Promise<void> {
  await stage.report({ document: "marker" });
  await until(
    () => stage.events("alert.raised"),
    (found) => found.some(({ title }) => title === "About marker"),
    { everyMs: 20 },
  );
}

test("a story is alerted on once, however many report it", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await stage.report({ document: "first", occurrence: "release" });
  await stage.report({
    document: "second",
    joins: "first",
    relation: "independent",
    source: "El Diario",
  });
  await stage.report({ document: "third", joins: "first", relation: "copy", source: "Mirror" });
  await stage.report({ document: "fourth", joins: "first", relation: "update" });
  await judged();
  const raised = await stage.events("alert.raised");
  expect(raised.map(({ title }) => title)).toEqual(["About first", "About marker"]);
  await until(
    async () => stage.deliveriesTo("a"),
    (found) => found.length === 2,
  );
});

test("the alert carries why, who, what and the sentence with its place in the stored text", async () => {
  await stage.start();
  await stage.report({ document: "first", occurrence: "release" });
  const [alert] = await alertsRaised(1);
  expect(alert).toMatchObject({
    ruleId: "citgo-6-developments",
    topicId: "citgo-6",
    lateFind: false,
    why: "topic citgo-6, matched on “Tomeu Vadell”; names Tomeu Vadell",
    entities: [{ id: "tomeu-vadell", name: "Tomeu Vadell", type: "person" }],
  });
  expect(alert?.occurrences.map(({ code }) => code)).toEqual(["release"]);
  expect(alert?.evidence[0]?.quote).toContain("Tomeu Vadell was freed on Monday");
});

test.each([
  ["history met with its feed", { backfill: true }],
  ["a match for the digest alone", { tier: "digest" as const }],
  ["someone who is not of the six", { entity: "roger-carstens" }],
])("%s raises nothing", async (_, report) => {
  await stage.start();
  await stage.report({ document: "silent", ...report });
  await judged();
  expect((await stage.events("alert.raised")).map(({ title }) => title)).toEqual(["About marker"]);
});

test("what was published long before it was found is labelled late, in the message too", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await stage.report({ document: "old", publishedDaysAgo: 30 });
  const [alert] = await alertsRaised(1);
  expect(alert?.lateFind).toBe(true);
  const { rows } = await sql<{ payload: string }>`
    select payload from newsledger.deliveries where cause = ${alert?.alertId}`.execute(stage.db);
  const { data } = alertMessage.parse(JSON.parse(rows[0]?.payload ?? ""));
  expect(data.late_find).toBe(true);
  expect(data.summary).toMatch(/^Found late \(Example Wire, \d{4}-\d\d-\d\d\): About old$/);
});

test("a report that brings the first alert-worthy word to an older story raises the alert", async () => {
  await stage.start();
  await stage.report({ document: "vague", tier: "digest" });
  await stage.report({ document: "clear", joins: "vague", source: "El Diario" });
  const [alert] = await alertsRaised(1);
  expect(alert?.title).toBe("About clear");
});

test("two rules on one story are two alerts, and a receiver gets those of its rules", async () => {
  const rule = await addRule(stage.db, {
    name: "Releases",
    topic: "citgo-6",
    occurrences: ["release"],
    note: "Tell the lawyer",
  });
  await stage.addReceiver("all");
  await stage.addReceiver("releases", [rule.ruleId]);
  await stage.start();
  await stage.report({ document: "freed", occurrence: "release" });
  await stage.report({ document: "court", occurrence: "court-ruling" });
  await alertsRaised(3);
  await until(
    async () => stage.deliveriesTo("all"),
    (found) => found.length === 3,
  );
  expect(stage.deliveriesTo("releases")).toHaveLength(1);
});

test("a rule is silent on what was recorded before it, and after it was removed", async () => {
  await stage.report({ document: "before" });
  const rule = await addRule(stage.db, { name: "Everything", topic: "citgo-6" });
  await stage.start();
  await stage.report({ document: "while" });
  await until(
    () => stage.events("alert.raised"),
    (found) => found.filter(({ ruleId }) => ruleId === rule.ruleId).length === 1,
  );
  await removeRule(stage.db, rule.ruleId);
  await stage.report({ document: "after" });
  await judged();
  const mine = (await stage.events("alert.raised")).filter(({ ruleId }) => ruleId === rule.ruleId);
  expect(mine.map(({ title }) => title)).toEqual(["About while"]);
});

test("the shipped rule, once removed, does not come back", async () => {
  await removeRule(stage.db, "citgo-6-developments");
  await seedRules(stage.db);
  await addRule(stage.db, { name: "Marker", topic: "citgo-6" });
  await stage.start();
  await judged();
  expect((await stage.events("alert.raised")).map(({ ruleName }) => ruleName)).toEqual(["Marker"]);
});

test("a dry run shows what a rule would have said of the past, and sends nothing", async () => {
  await stage.addReceiver("a");
  await stage.report({ document: "first", occurrence: "release" });
  await stage.report({ document: "copy", joins: "first", relation: "copy" });
  await stage.report({ document: "second", occurrence: "court-ruling" });
  await stage.report({ document: "third", occurrence: "release" });
  const rule = {
    ...ruleDefinition.parse({
      topic: "citgo-6",
      entities: ["citgo-6"],
      occurrences: ["release"],
    }),
    ruleId: "trial",
    name: "Releases",
  };
  const groups = new Map([["citgo-6", ["tomeu-vadell"]]]);
  const said: string[] = [];
  for await (const { title } of dryRun(stage, rule, {
    lateAfterHours: 48,
    groups,
    kindOf: () => null,
    now: new Date(),
  }))
    said.push(title);
  expect(said).toEqual(["About first", "About third"]);
  expect(await stage.events("alert.raised")).toEqual([]);
});

test("reading the ledger again from its start raises and sends nothing again", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await stage.report({ document: "first" });
  await until(
    async () => stage.deliveriesTo("a"),
    (found) => found.length === 1,
    { everyMs: 20 },
  );
  await stage.stop();
  await sql`delete from newsledger.checkpoints where name = 'alerts'`.execute(stage.db);
  await sql`update newsledger.rules set speaks_from = now() - interval '1 year'`.execute(stage.db);
  await stage.start();
  await judged();
  await until(
    async () => stage.deliveriesTo("a"),
    (found) => found.length === 2,
    { everyMs: 20 },
  );
  expect(await stage.events("alert.raised")).toHaveLength(2);
});
