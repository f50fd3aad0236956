import { addRule, changeRule, dryRun, listRules, type NewRule } from "@newsledger/alerts";
import type { NewsEvents } from "@newsledger/core";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { publish, type Report, vadell } from "../harness/reports.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

const groups = new Map([["citgo-6", ["tomeu-vadell", "jorge-toledo"]]]);
const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);

/** Puts reports to rules that were there before them; answers what was raised, with what is new. */
async function raisedBy(
  rules: readonly Omit<NewRule, "name" | "topic">[],
  reports: readonly Report[],
): Promise<
  { title: string; developments: string[] | undefined; alert: NewsEvents["alert.raised"] }[]
> {
  for (const [at, rule] of rules.entries())
    await addRule(stage.db, { name: `rule ${at}`, topic: "citgo-6", ...rule });
  await addRule(stage.db, { name: "marker", topic: "marker" });
  await stage.start();
  for (const report of reports) await publish(stage, report);
  await publish(stage, { document: "marker", topic: "marker" });
  const raised = await until(
    () => stage.events("alert.raised"),
    (found) => found.some(({ ruleName }) => ruleName === "marker"),
    { everyMs: 20 },
  );
  return raised
    .filter(({ ruleName }) => ruleName !== "marker")
    .map((alert) => ({ title: alert.title, developments: alert.developments, alert }));
}

/** What a dry run of a stored rule says of the same ledger. */
async function saidByDryRun(name: string): Promise<string[]> {
  const rule = (await listRules(stage.db)).find((one) => one.name === name);
  if (!rule) throw new Error(`no rule ${name}`);
  const titles: string[] = [];
  const options = { lateAfterHours: 48, groups, kindOf: () => null, now: new Date() };
  for await (const { title } of dryRun(stage, rule, options)) titles.push(title);
  return titles;
}

test("a rule that waits for three outlets speaks at the third, copies and repeats not counted", async () => {
  const raised = await raisedBy(
    [{ minReports: 3 }],
    [
      { document: "one", source: "A" },
      { document: "two", source: "B", joins: "one" },
      { document: "again", source: "a ", joins: "one", relation: "update" },
      { document: "copy", source: "C", joins: "one", relation: "copy" },
      { document: "three", source: "D", joins: "one" },
      { document: "four", source: "E", joins: "one" },
    ],
  );
  expect(raised.map(({ title, developments }) => [title, developments])).toEqual([
    ["About three", ["told by 3 outlets in their own words"]],
  ]);
  expect(await saidByDryRun("rule 0")).toEqual(["About three"]);
});

test("the alert of such a rule is about the report that said what was wanted", async () => {
  const [raised] = await raisedBy(
    [{ minReports: 2, occurrences: ["release"] }],
    [
      { document: "one", source: "A", occurrences: [{ code: "release" }] },
      { document: "two", source: "B", joins: "one" },
    ],
  );
  expect(raised?.title).toBe("About one");
});

test("a story is told anew when something else happens in it, and not when more outlets tell the same", async () => {
  const raised = await raisedBy(
    [{ entities: ["citgo-6"] }],
    [
      { document: "one", source: "A", occurrences: [{ code: "release" }] },
      { document: "two", source: "B", joins: "one", occurrences: [{ code: "release" }] },
      {
        document: "three",
        source: "C",
        joins: "one",
        relation: "update",
        occurrences: [{ code: "release" }, { code: "meet" }],
      },
      { document: "four", source: "D", joins: "one", occurrences: [{ code: "meet" }] },
    ],
  );
  expect(raised.map(({ title, developments }) => [title, developments])).toEqual([
    ["About one", ["first report"]],
    ["About three", ["now also: meet"]],
  ]);
  expect(await saidByDryRun("rule 0")).toEqual(["About one", "About three"]);
});

test("a change of status is told once, whoever else reports it and in whatever story", async () => {
  const today = new Date().toISOString().slice(0, 10);
  const raised = await raisedBy(
    [{ when: { kind: "status-change" }, entities: ["tomeu-vadell"] }],
    [
      {
        document: "taken",
        backfill: true,
        publishedAt: ago(24 * 400),
        occurrences: [{ code: "arrest" }],
      },
      { document: "freed", source: "A", occurrences: [{ code: "release" }] },
      { document: "freed too", source: "B", occurrences: [{ code: "release", date: today }] },
      { document: "recalled", source: "C", occurrences: [{ code: "arrest", date: "2017-11-21" }] },
      {
        document: "someone else",
        entities: [{ id: "jorge-toledo", name: "Jorge Toledo" }],
        occurrences: [{ code: "release", targets: ["jorge-toledo"] }],
      },
    ],
  );
  expect(raised.map(({ title, developments }) => [title, developments])).toEqual([
    ["About freed", [`Tomeu Vadell: detained → free, ${today}`]],
  ]);
  expect(await saidByDryRun("rule 0")).toEqual(["About freed"]);
});

test("a first mention is told once, and not when history knew of it", async () => {
  const toledo = { id: "jorge-toledo", name: "Jorge Toledo" };
  const raised = await raisedBy(
    [{ when: { kind: "first-mention" }, entities: ["citgo-6"] }],
    [
      { document: "history", backfill: true },
      { document: "known" },
      { document: "new", entities: [vadell, toledo] },
      { document: "again", entities: [toledo] },
    ],
  );
  expect(raised.map(({ title, developments }) => [title, developments])).toEqual([
    ["About new", ["first mention of Jorge Toledo"]],
  ]);
  expect(await saidByDryRun("rule 0")).toEqual(["About new"]);
});

test("a burst is told once, on the day that stands out", async () => {
  const past = Array.from({ length: 14 }, (_, back) => ({
    document: `day ${back + 1}`,
    backfill: true,
    publishedAt: ago(24 * (back + 1)),
  }));
  const today = Array.from({ length: 9 }, (_, nth) => ({ document: `today ${nth + 1}` }));
  const raised = await raisedBy([{ when: { kind: "burst" } }], [...past, ...today]);
  expect(raised).toHaveLength(1);
  expect(raised[0]?.developments?.[0]).toMatch(/^\d new stories today, where 1 a day is usual$/);
  expect(await saidByDryRun("rule 0")).toEqual([raised[0]?.title]);
});

test("language, part and severity count", async () => {
  const raised = await raisedBy(
    [{ languages: ["es"], severity: "critical" }, { part: "actor" }],
    [
      { document: "english", occurrences: [{ code: "release" }] },
      { document: "spanish", language: "es" },
    ],
  );
  expect(raised.map(({ title, alert }) => [title, alert.ruleName, alert.severity])).toEqual([
    ["About spanish", "rule 0", "critical"],
  ]);
});

test("a rule that was changed says the new from then on, and keeps what it said before", async () => {
  const rule = await addRule(stage.db, { name: "Mine", topic: "citgo-6", occurrences: ["arrest"] });
  const changed = await changeRule(stage.db, rule.ruleId, { topic: "citgo-6", note: "all of it" });
  expect(changed).toMatchObject({ version: 2, occurrences: [], note: "all of it" });
  expect(changed.speaksFrom.getTime()).toBeGreaterThan(rule.speaksFrom.getTime());
  const { rows } = await sql<{ definition: { occurrences: string[] } }>`
    select definition from newsledger.rule_versions where rule_id = ${rule.ruleId} order by version`.execute(
    stage.db,
  );
  expect(rows.map(({ definition }) => definition.occurrences)).toEqual([["arrest"], []]);
});
