import {
  addRule,
  message,
  type NewRule,
  releaseDue,
  removeRule,
  snoozeRule,
  wakeRule,
} from "@newsledger/alerts";
import { contentId, feedDead, itemWithdrawn, streams } from "@newsledger/core";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { publish, type Report } from "../harness/reports.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

/** Quiet hours that began an hour ago and end in some hours, whatever the time of this run. */
const now = new Date();
const clock = (hours: number) =>
  new Date(now.getTime() + hours * 3_600_000).toISOString().slice(11, 16);
const quietHours = { timeZone: "UTC", from: clock(-1), to: clock(5) };

async function begin(rule: Omit<NewRule, "name" | "topic">): Promise<string> {
  await stage.addReceiver("a");
  const { ruleId } = await addRule(stage.db, { name: "Mine", topic: "citgo-6", ...rule });
  await stage.start({ lookEveryMs: 50 });
  return ruleId;
}

async function raised(reports: readonly Report[]): Promise<void> {
  const before = (await stage.events("alert.raised")).length;
  for (const report of reports) await publish(stage, report);
  await until(
    () => stage.events("alert.raised"),
    (found) => found.length >= before + reports.length,
    { everyMs: 20 },
  );
}

/** What the receiver has got: the bytes that were sent are those that were planned. */
const received = (count: number) =>
  until(
    async () => {
      const { rows } = await sql<{ payload: string }>`
        select payload from newsledger.deliveries where state = 'delivered' order by done_at`.execute(
        stage.db,
      );
      return rows.map(({ payload }) => message.parse(JSON.parse(payload)));
    },
    (found) => found.length >= count,
    { everyMs: 20 },
  );

const states = async () =>
  (
    await sql<{ state: string; reason: string | null }>`
      select state, hold_reason as reason from newsledger.deliveries order by created_at, sequence`.execute(
      stage.db,
    )
  ).rows;

/** The time until which deliveries are held has come. */
const morning = () =>
  sql`update newsledger.deliveries set next_attempt_at = now() where state = 'held'`.execute(
    stage.db,
  );

test("in quiet hours alerts are raised and held; in the morning they come as one message", async () => {
  await begin({ quietHours });
  await raised([{ document: "one" }, { document: "two" }]);
  expect(await states()).toEqual([
    { state: "held", reason: "quiet hours" },
    { state: "held", reason: "quiet hours" },
  ]);
  expect(stage.deliveriesTo("a")).toEqual([]);
  await morning();
  const [batch] = await received(1);
  if (batch?.type !== "alert.batch") throw new Error("no batch came");
  expect(batch.data.count).toBe(2);
  expect(batch.data.alerts.map(({ summary, sequence }) => [summary, sequence])).toEqual([
    ["About one", 1],
    ["About two", 2],
  ]);
  expect(batch.data.sequence).toBe(3);
  expect(batch.data.superseded).toEqual([]);
  expect((await states()).map(({ state }) => state).sort()).toEqual([
    "batched",
    "batched",
    "delivered",
  ]);
});

test("they are held until the hour that was asked for", async () => {
  await begin({ quietHours });
  await raised([{ document: "one" }]);
  const { rows } = await sql<{
    at: Date;
  }>`select next_attempt_at as at from newsledger.deliveries`.execute(stage.db);
  expect(rows[0]?.at.toISOString().slice(11, 16)).toBe(quietHours.to);
});

test("the batch says what has happened since", async () => {
  await begin({ quietHours, entities: ["citgo-6"] });
  await raised([{ document: "one", source: "A", occurrences: [{ code: "release" }] }]);
  await raised([
    {
      ...{ document: "two", source: "B", joins: "one", relation: "update" as const },
      occurrences: [{ code: "release" }, { code: "meet" }],
    },
  ]);
  const itemId = contentId("item", "one");
  await stage.log.append(streams.item(itemId), [
    itemWithdrawn.create({
      ...{ itemId, feedId: "feed1", contentHash: "0".repeat(64), title: "About one" },
      ...{ reason: "It is gone from the feed.", missingSince: new Date().toISOString() },
    }),
  ]);
  await until(
    () => stage.events("alert.corrected"),
    (found) => found.length === 1,
    { everyMs: 20 },
  );
  await morning();
  const [batch] = await received(1);
  if (batch?.type !== "alert.batch") throw new Error("no batch came");
  const alertId = batch.data.alerts[0]?.event_id;
  expect(batch.data.superseded).toEqual([
    { event_id: alertId, what: "A withdrew it: It is gone from the feed." },
    { event_id: alertId, what: "Since then: now also: meet." },
    { event_id: alertId, what: "Since then 2 outlets have told it in their own words." },
  ]);
  expect(stage.deliveriesTo("a")).toHaveLength(1);
});

test("what no report raised comes in the same message", async () => {
  await begin({ quietHours });
  await addRule(stage.db, {
    ...{ name: "Feeds", topic: "citgo-6", quietHours },
    when: { kind: "feed-trouble" },
  });
  await raised([{ document: "one" }]);
  await stage.log.append(streams.feed("feed1"), [
    feedDead.create({
      ...{ feedId: "feed1", code: "http-404", failures: 40 },
      reason: "It answers 404.",
    }),
  ]);
  await until(states, (found) => found.length === 2, { everyMs: 20 });
  await morning();
  const [batch, ...more] = await received(1);
  if (batch?.type !== "alert.batch") throw new Error("no batch came");
  expect(more).toEqual([]);
  expect(batch.data.count).toBe(2);
  expect(batch.data.alerts.map(({ summary }) => summary)).toEqual(["About one"]);
  expect(batch.data.notices.map(({ kind, rule }) => [kind, rule.name])).toEqual([
    ["feed", "Feeds"],
  ]);
  expect((await states()).map(({ state }) => state).sort()).toEqual([
    "batched",
    "batched",
    "delivered",
  ]);
});

test("a critical alert does not wait", async () => {
  await begin({ quietHours, severity: "critical" });
  await raised([{ document: "one" }]);
  expect((await received(1))[0]?.type).toBe("alert.raised");
});

test("after an alert, what follows soon is sent together when its time has come", async () => {
  await begin({ throttleMinutes: 30 });
  await raised([{ document: "one" }, { document: "two" }, { document: "three" }]);
  expect((await received(1))[0]?.type).toBe("alert.raised");
  await morning();
  const [, batch] = await received(2);
  if (batch?.type !== "alert.batch") throw new Error("no batch came");
  expect(batch.data.alerts.map(({ summary }) => summary)).toEqual(["About two", "About three"]);
  await raised([{ document: "four" }]);
  expect((await states()).filter(({ state }) => state === "held")).toEqual([
    { state: "held", reason: "throttled" },
  ]);
});

test("a snoozed rule holds; woken, it sends what it held", async () => {
  const ruleId = await begin({});
  await snoozeRule(stage.db, ruleId, { until: new Date(Date.now() + 86_400_000) });
  await raised([{ document: "one" }]);
  expect(await states()).toEqual([{ state: "held", reason: "snoozed" }]);
  await wakeRule(stage.db, ruleId);
  const [batch] = await received(1);
  if (batch?.type !== "alert.batch") throw new Error("no batch came");
  expect(batch.data.alerts.map(({ summary }) => summary)).toEqual(["About one"]);
});

test("a muted rule sends nothing, and tells in the end what there was", async () => {
  const ruleId = await begin({});
  const ends = new Date(Date.now() + 86_400_000);
  await snoozeRule(stage.db, ruleId, { until: ends, mode: "mute" });
  await raised([{ document: "one" }]);
  expect(await states()).toEqual([{ state: "held", reason: "muted" }]);
  await morning();
  const [batch] = await received(1);
  if (batch?.type !== "alert.batch") throw new Error("no batch came");
  expect(batch.data.alerts).toEqual([]);
  expect(batch.data.superseded.map(({ what }) => what)).toEqual([
    "Not sent, for its rule was muted: About one",
  ]);
});

test("what is held is told though its rule is removed meanwhile", async () => {
  const ruleId = await begin({ quietHours });
  await raised([{ document: "one" }]);
  await removeRule(stage.db, ruleId);
  await morning();
  expect((await received(1))[0]?.type).toBe("alert.batch");
});

test("two processes release a batch once", async () => {
  await begin({ quietHours });
  await raised([{ document: "one" }, { document: "two" }]);
  await stage.stop();
  await morning();
  await Promise.all(Array.from({ length: 4 }, () => releaseDue(stage.db, stage.log)));
  const { rows } = await sql<{ kind: string }>`
    select kind from newsledger.deliveries where state = 'planned'`.execute(stage.db);
  expect(rows).toEqual([{ kind: "alert.batch" }]);
});
