import { addRule, type NewRule } from "@newsledger/alerts";
import { feedAdded, feedDead, feedRecovered, feedSilent, streams } from "@newsledger/core";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { publish } from "../harness/reports.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

async function waiting(
  rule: Omit<NewRule, "name" | "topic">,
  madeDaysAgo: number,
): Promise<string> {
  const { ruleId } = await addRule(stage.db, { name: "Mine", topic: "citgo-6", ...rule });
  await sql`
    update newsledger.rules set speaks_from = now() - make_interval(days => ${madeDaysAgo}::int)`.execute(
    stage.db,
  );
  return ruleId;
}

const noticed = (count: number) =>
  until(
    () => stage.events("alert.noticed"),
    (found) => found.length >= count,
    { everyMs: 20 },
  );

const looked = (ruleId: string) =>
  until(
    async () =>
      (
        await sql<{ later: boolean }>`
          select look_at > now() as later from newsledger.rules where rule_id = ${ruleId}`.execute(
          stage.db,
        )
      ).rows[0]?.later,
    (later) => later === true,
    { everyMs: 20 },
  );

const lookNow = () => sql`update newsledger.rules set look_at = now()`.execute(stage.db);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

test("silence about a subject is told once, however often it is looked at", async () => {
  await stage.addReceiver("a");
  const ruleId = await waiting({ when: { kind: "silence", days: 7 }, note: "Ask the lawyer" }, 30);
  await publish(stage, { document: "old", backfill: true, publishedAt: daysAgo(9) });
  await stage.start({ lookEveryMs: 20 });
  const [alert] = await noticed(1);
  expect(alert).toMatchObject({
    kind: "silence",
    title: "No report about citgo-6 for 7 days",
  });
  expect(alert?.why).toContain("your note: Ask the lawyer");
  await looked(ruleId);
  await lookNow();
  await looked(ruleId);
  expect(await stage.events("alert.noticed")).toHaveLength(1);
  await until(
    async () => stage.deliveriesTo("a"),
    (found) => found.length === 1,
    { everyMs: 20 },
  );
});

test.each<[string, Parameters<typeof publish>[1] | null, number]>([
  ["a report within the time", { document: "new", publishedAt: daysAgo(2) }, 30],
  ["a rule that was made within the time", null, 2],
])("no silence: %s", async (_, report, madeDaysAgo) => {
  const ruleId = await waiting({ when: { kind: "silence", days: 7 } }, madeDaysAgo);
  if (report) await publish(stage, report);
  await stage.start({ lookEveryMs: 20 });
  await looked(ruleId);
  expect(await stage.events("alert.noticed")).toEqual([]);
});

test("after a long sleep nothing is believed to be silent before the feeds could be asked", async () => {
  const ruleId = await waiting({ when: { kind: "silence", days: 7 } }, 30);
  await sql`
    insert into newsledger.alert_watch (one, looked_at) values (true, now() - interval '9 days')`.execute(
    stage.db,
  );
  await stage.start({ lookEveryMs: 20 });
  await looked(ruleId);
  expect(await stage.events("alert.noticed")).toEqual([]);
});

test("feeds that tell of a topic and bring nothing at all are told of", async () => {
  await waiting({ when: { kind: "silence", of: "feeds", days: 7 } }, 30);
  await publish(stage, { document: "old" });
  await stage.start({ lookEveryMs: 100_000 });
  await until(
    async () =>
      (await sql<{ feed_id: string }>`select feed_id from newsledger.alert_feeds`.execute(stage.db))
        .rows,
    (rows) => rows.length === 1,
    { everyMs: 20 },
  );
  await stage.stop();
  await sql`update newsledger.alert_feeds set last_item_at = now() - interval '8 days'`.execute(
    stage.db,
  );
  await lookNow();
  await stage.start({ lookEveryMs: 20 });
  expect((await noticed(1))[0]?.title).toBe(
    "No item from any feed that tells of citgo-6 for 7 days",
  );
});

test("a feed in trouble is told of by the rules that ask for it", async () => {
  await addRule(stage.db, { name: "Feeds", topic: "citgo-6", when: { kind: "feed-trouble" } });
  await addRule(stage.db, {
    ...{ name: "Other", topic: "citgo-6" },
    when: { kind: "feed-trouble", feeds: ["feed2"], troubles: ["dead"] },
  });
  await addRule(stage.db, {
    ...{ name: "Well again", topic: "citgo-6" },
    when: { kind: "feed-trouble", troubles: ["recovered"] },
  });
  await stage.start();
  const feedId = "feed1";
  await stage.log.append(streams.feed(feedId), [
    feedAdded.create({
      feedId,
      url: "https://wire.example/rss",
      title: "Example Wire",
      language: null,
    }),
    feedDead.create({ feedId, code: "http-404", reason: "It answers 404.", failures: 40 }),
    feedSilent.create({
      feedId,
      reason: "Nothing new for 20 days.",
      lastItemAt: null,
      afterSeconds: 5,
    }),
  ]);
  await stage.log.append(streams.feed(feedId), [
    feedRecovered.create({
      ...{ feedId, downSeconds: 7_200, since: "2026-03-01T07:05:00.000Z", failures: 8 },
    }),
  ]);
  const found = await noticed(3);
  expect(found.at(-1)).toMatchObject({
    ruleName: "Well again",
    title: "The feed “Example Wire” is well again",
    why: "The feed answers again. It was in trouble for 2 hours, since 2026-03-01 07:05 UTC; 8 polls failed.",
    since: "2026-03-01T07:05:00.000Z",
  });
  expect(
    found.slice(0, 2).map(({ ruleName, feedId: feed, title, why }) => [ruleName, feed, title, why]),
  ).toEqual([
    ["Feeds", feedId, "The feed “Example Wire” no longer answers", "It answers 404."],
    [
      "Feeds",
      feedId,
      "The feed “Example Wire” has been silent for unusually long",
      "Nothing new for 20 days.",
    ],
  ]);
});
