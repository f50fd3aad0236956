import {
  addWebhook,
  deliveryLog,
  enableWebhook,
  exampleOf,
  listWebhooks,
  type PlainMail,
  planDeliveries,
  resend,
  rotateSecret,
} from "@newsledger/alerts";
import { sql } from "kysely";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
let mails: PlainMail[];
beforeEach(async () => {
  stage = await Stage.set();
  mails = [];
});
afterEach(() => stage[Symbol.asyncDispose]());

const sendMail = async (mail: PlainMail) => {
  mails.push(mail);
  return { outcome: "sent" } as const;
};

const arrived = (path: string, count: number) =>
  until(
    async () => stage.deliveriesTo(path),
    (found) => found.length >= count,
    { everyMs: 10 },
  );

const inState = (state: "delivered" | "failed" | "cancelled" | "planned", count = 1) =>
  until(
    () => deliveryLog(stage.db, { states: [state], limit: 1_000 }),
    (rows) => rows.length >= count,
    { everyMs: 20 },
  );

const failingFor = (days: number) =>
  sql`update newsledger.webhooks set failing_since = now() - make_interval(days => ${days})
    where webhook_id <> 'owner'`.execute(stage.db);

test("the owner is told when a receiver first fails, half-way, and when it is switched off", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await stage.misbehave("a", "500");
  await stage.start({ sendMail }, { ownerMail: "owner@example.org" });
  await stage.plan();
  await until(
    async () => mails.length,
    (count) => count === 1,
  );
  expect(mails[0]).toMatchObject({
    to: "owner@example.org",
    subject: expect.stringContaining("did not take a message"),
    text: expect.stringContaining(`newsledger webhooks log ${webhookId}`),
  });
  expect((await listWebhooks(stage.db)).map(({ failingSince }) => failingSince)).not.toEqual([
    null,
  ]);

  await failingFor(3);
  await stage.hurry();
  await until(
    async () => mails.length,
    (count) => count === 2,
  );
  expect(mails[1]?.subject).toContain("has taken nothing since");

  await failingFor(6);
  await stage.hurry();
  await until(
    async () => mails.length,
    (count) => count === 3,
  );
  expect(mails[2]?.subject).toContain("was switched off");
  expect(mails[2]?.text).toContain(`newsledger webhooks enable ${webhookId} --replay`);
  expect(await stage.events("webhook.failing")).toMatchObject([
    { webhookId, stage: "first" },
    { webhookId, stage: "half-way" },
  ]);
  expect(await stage.events("webhook.disabled")).toMatchObject([
    { webhookId, reason: "every attempt failed for five days" },
  ]);
  expect(await listWebhooks(stage.db)).toMatchObject([
    { webhookId, enabled: false, disabledReason: "every attempt failed for five days", missed: 1 },
  ]);
});

test("without an owner's address nobody is written to, and the ledger still tells", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "500", 1);
  await stage.start({ sendMail });
  await stage.plan();
  await arrived("a", 1);
  await until(
    () => stage.events("webhook.failing"),
    (events) => events.length === 1,
  );
  expect(mails).toEqual([]);
  expect(await deliveryLog(stage.db)).toHaveLength(1);
});

test("what a receiver missed while it was off is counted, and sent when it is asked for, oldest first", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await stage.misbehave("a", "500");
  await stage.start();
  for (const cause of ["one", "two", "three"]) await stage.plan(cause);
  await arrived("a", 3);
  await failingFor(6);
  await stage.hurry();
  await inState("cancelled", 3);
  expect(await listWebhooks(stage.db)).toMatchObject([{ enabled: false, missed: 3 }]);
  await stage.misbehave("a", "ok");
  await enableWebhook(stage.db, webhookId);
  expect(await resend(stage.db, { webhookId })).toHaveLength(3);
  await inState("delivered", 3);
  expect(await listWebhooks(stage.db)).toMatchObject([{ enabled: true, missed: 0 }]);
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({ uniqueIds: 3, bodyDrift: 0 });
  expect(await resend(stage.db, { webhookId })).toEqual([]);
});

test("a range can be sent again whether it arrived or not; the originals stay as they were", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await stage.start();
  await stage.plan("old");
  await inState("delivered");
  await sql`update newsledger.deliveries set created_at = now() - interval '3 days'`.execute(
    stage.db,
  );
  await stage.plan("new");
  await inState("delivered", 2);
  const before = await deliveryLog(stage.db);
  const yesterday = new Date(Date.now() - 86_400_000);
  expect(await resend(stage.db, { webhookId, since: yesterday })).toEqual([]); // both arrived
  expect(await resend(stage.db, { webhookId, since: yesterday, arrived: true })).toHaveLength(1);
  const log = await inState("delivered", 3);
  expect(log.filter(({ resend: nth }) => nth === 0)).toEqual(before);
  expect(log.find(({ resend: nth }) => nth === 1)?.cause).toBe("new");
});

test("a receiver counts the messages of each case from one, without a hole, however many plan at once", async () => {
  await stage.addReceiver("a");
  await stage.addReceiver("b");
  await Promise.all(
    Array.from({ length: 30 }, (_, nth) => stage.plan(`c${nth}`, nth % 3 === 0 ? "x" : "y")),
  );
  await stage.plan("c1", "y"); // planned before: takes no number
  await stage.addReceiver("late");
  await stage.plan("c30", "x");
  const { rows } = await sql<{ target: string; case_id: string; numbers: number[] }>`
    select target, payload::jsonb->'data'->>'case' as case_id, array_agg(sequence order by sequence) as numbers
    from newsledger.deliveries group by 1, 2 order by count(*), 1, 2`.execute(stage.db);
  const counted = (last: number) => Array.from({ length: last }, (_, nth) => nth + 1);
  expect(rows.map(({ numbers }) => numbers)).toEqual([
    counted(1),
    counted(11),
    counted(11),
    counted(20),
    counted(20),
  ]);
  const [body] = (
    await sql<{ payload: string; sequence: number }>`
    select payload, sequence from newsledger.deliveries where sequence = 7`.execute(stage.db)
  ).rows;
  expect(JSON.parse(body?.payload ?? "{}").data.sequence).toBe(7);
});

test("while messages stream out the secret is replaced, and every one verifies by the secret that its receiver has", async () => {
  const { webhookId, secret: old } = await stage.addReceiver("a");
  Object.assign(stage.sink.cfg, { secret: old });
  await stage.start();
  const planning = async (from: number) => {
    for (let nth = from; nth < from + 40; nth += 1) await stage.plan(`m${nth}`);
  };
  await planning(0);
  const rotating = planning(40);
  const { secret: fresh } = await rotateSecret(stage.db, webhookId, { vault: stage.vault });
  await rotating;
  await arrived("a", 80); // the receiver still has the old one
  Object.assign(stage.sink.cfg, { secret: fresh });
  await planning(80);
  await arrived("a", 120);
  await inState("delivered", 120);
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({
    uniqueIds: 120,
    badSig: 0,
    bodyDrift: 0,
    duplicates: 0,
  });
});

test("three of ten attempts fail at random: all arrive, under one id each, well signed, unchanged", async () => {
  const { secret } = await stage.addReceiver("a");
  Object.assign(stage.sink.cfg, { secret });
  await fetch(`${stage.sink.url}/admin/mode?path=/hook/a&mode=random&p=0.3`, { method: "POST" });
  await stage.start();
  for (let nth = 0; nth < 100; nth += 1) await stage.plan();
  await until(
    async () => {
      await stage.hurry();
      return deliveryLog(stage.db, { states: ["delivered"], limit: 200 });
    },
    (rows) => rows.length === 100,
  );
  const summary = stage.sink.summary()["/hook/a"];
  expect(summary).toMatchObject({ uniqueIds: 100, badSig: 0, bodyDrift: 0, noId: 0 });
  expect(summary?.rejected).toBeGreaterThan(10);
});

test("a receiver that hangs keeps nobody else waiting", async () => {
  await stage.addReceiver("dead");
  await stage.misbehave("dead", "hang");
  for (const name of ["a", "b", "c"]) await stage.addReceiver(name);
  await stage.start();
  for (let nth = 0; nth < 20; nth += 1) await stage.plan();
  for (const name of ["a", "b", "c"]) await arrived(name, 20);
  expect(stage.deliveriesTo("dead").length).toBeLessThanOrEqual(4);
});

test("Slack gets its messages more than a second apart", async () => {
  await addWebhook(
    stage.db,
    { url: stage.receiver("slack"), channel: "slack" },
    { checkUrl: async () => {}, vault: stage.vault },
  );
  await stage.start();
  for (const cause of ["one", "two", "three"]) await stage.plan(cause);
  const records = await arrived("slack", 3);
  const times = records.map(({ t }) => t);
  for (let nth = 1; nth < times.length; nth += 1)
    expect((times[nth] ?? 0) - (times[nth - 1] ?? 0)).toBeGreaterThan(1_100);
});

test("a receiver that asks for time gets nothing at all until then", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "429", 1);
  await stage.start();
  await stage.plan("one");
  await until(
    () => deliveryLog(stage.db),
    ([first]) => first?.attempts.length === 1,
    { everyMs: 10 },
  );
  const [refused] = stage.deliveriesTo("a");
  await stage.plan("two");
  const [, next] = await arrived("a", 2);
  expect((next?.t ?? 0) - (refused?.t ?? 0)).toBeGreaterThan(1_900); // the sink asked for two seconds
});

test("a mail that corrects an alert answers the mail of the alert", async () => {
  await addWebhook(
    stage.db,
    { url: "mailto:family@example.org" },
    { checkUrl: async () => {}, vault: stage.vault },
  );
  await stage.start({ sendMail });
  const correction = exampleOf("alert.corrected");
  if (correction.type !== "alert.corrected") throw new Error("the example is of another type");
  await stage.plan(correction.data.corrects);
  await stage.db.transaction().execute((trx) =>
    planDeliveries(trx, {
      ...{ cause: "correction", caseId: "citgo-6", ruleIds: ["by-hand"] },
      compose: () => correction,
    }),
  );
  await until(
    async () => mails.length,
    (count) => count === 2,
  );
  expect(mails[0]).toMatchObject({ to: "family@example.org", inReplyTo: null });
  expect(mails[1]).toMatchObject({ inReplyTo: mails[0]?.id });
  expect(mails[1]?.subject).toMatch(/^Correction: /);
  expect(await inState("delivered", 2)).toMatchObject([{ channel: "mail" }, { channel: "mail" }]);
});

test("the reference library verifies every kind of message", async () => {
  const { secret } = await stage.addReceiver("a");
  const bodies: string[] = [];
  await stage.start({
    post: (url, request) => {
      bodies.push(String(request.body));
      return stage.fetcher.post(url, request);
    },
  });
  for (const type of ["alert.raised", "alert.corrected", "alert.noticed", "alert.batch"] as const)
    await stage.db.transaction().execute((trx) =>
      planDeliveries(trx, {
        ...{ cause: type, caseId: "citgo-6", ruleIds: ["by-hand"] },
        compose: () => exampleOf(type),
      }),
    );
  const records = await arrived("a", 4);
  for (const [nth, record] of records.entries()) {
    const headers = record.hdr as Record<string, string>;
    const body = bodies.find((text) => text.includes(`"${record.type}"`)) ?? bodies[nth] ?? "";
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: record.type });
  }
});
