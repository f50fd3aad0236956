import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  addWebhook,
  alertMessage,
  deliveryLog,
  enableWebhook,
  listWebhooks,
  removeWebhook,
  resend,
  rotateSecret,
  seedRules,
  testWebhook,
} from "@newsledger/alerts";
import { sql } from "kysely";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
  await seedRules(stage.db);
});
afterEach(() => stage[Symbol.asyncDispose]());

const attempts = (path: string, count: number) =>
  until(
    async () => stage.deliveriesTo(path),
    (found) => found.length >= count,
    { everyMs: 20 },
  );

const inState = (state: string, count = 1) =>
  until(
    () => deliveryLog(stage.db),
    (rows) => rows.filter((row) => row.state === state).length >= count,
    { everyMs: 20 },
  );

/** The attempt's record is there, and the next one is made at once. */
async function nextAttempt(made: number): Promise<void> {
  const count = async (): Promise<number> => (await deliveryLog(stage.db))[0]?.attempts.length ?? 0;
  await until(count, (attempts) => attempts === made, { everyMs: 20 });
  await until(
    async () => {
      await stage.hurry();
      return count();
    },
    (attempts) => attempts > made,
    { everyMs: 20 },
  );
}

test("the reference library accepts the message, and the published schema its content", async () => {
  const bodies: string[] = [];
  const { secret } = await stage.addReceiver("a");
  await stage.start({
    post: (url, request) => {
      bodies.push(String(request.body));
      return stage.fetcher.post(url, request);
    },
  });
  await stage.report({ document: "first", occurrence: "release" });
  await stage.report({ document: "second", joins: "first", source: "El Diario" });
  const [record] = await attempts("a", 1);
  const headers = record?.hdr as Record<string, string>;
  const message = alertMessage.parse(new Webhook(secret).verify(bodies[0] ?? "", headers));
  expect(message.data).toMatchObject({
    case: "citgo-6",
    occurrence: "release",
    status: "reported",
    sequence: 1,
    summary: "About first",
    sources: [{ name: "Example Wire", url: "https://news.example/first" }],
    rule: { id: "citgo-6-developments" },
  });
  const [done] = await inState("delivered");
  expect(done?.messageId).toBe(headers["webhook-id"]);
  expect(await stage.events("delivery.succeeded")).toMatchObject([
    { deliveryId: done?.deliveryId, channel: "webhook", cause: message.data.event_id, attempts: 1 },
  ]);
});

test("after a 500 the same id and the same bytes come again, and each attempt stays on record", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "500", 1);
  await stage.start();
  await stage.report({ document: "first" });
  await attempts("a", 1);
  await nextAttempt(1);
  const [delivery] = await inState("delivered");
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 200]);
  expect(delivery?.attempts[0]?.response).toContain("mode 500");
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({
    attempts: 2,
    uniqueIds: 1,
    bodyDrift: 0,
  });
});

test("an acknowledgement that was lost is a second try under the same id", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "acklost", 1);
  await stage.start();
  await stage.report({ document: "first" });
  await nextAttempt(1);
  await inState("delivered");
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({
    accepted: 2,
    uniqueIds: 1,
    duplicates: 1,
    bodyDrift: 0,
  });
});

test("429 with Retry-After waits as long as it asks", async () => {
  await using receiver = await busyReceiver("600");
  await addWebhook(
    stage.db,
    { url: receiver.url },
    { checkUrl: async () => {}, vault: stage.vault },
  );
  await stage.start();
  await stage.report({ document: "first" });
  const seconds = await until(
    async () => {
      const { rows } = await sql<{ seconds: number }>`
        select extract(epoch from next_attempt_at - now())::int as seconds
        from newsledger.deliveries where attempts > 0`.execute(stage.db);
      return rows[0]?.seconds ?? 0;
    },
    (wait) => wait > 0,
    { everyMs: 20 },
  );
  expect(seconds).toBeGreaterThan(500); // the schedule alone would have said five
  expect(await deliveryLog(stage.db)).toMatchObject([
    { state: "planned", attempts: [{ status: 429, response: "later" }] },
  ]);
});

test("410 switches the receiver off at once and cancels what was planned for it", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "500", 1);
  await stage.start();
  await stage.report({ document: "waits" });
  await attempts("a", 1);
  await stage.misbehave("a", "410", 1);
  await stage.report({ document: "gone" });
  await inState("failed");
  const log = await inState("cancelled");
  expect(log.map(({ state }) => state).toSorted()).toEqual(["cancelled", "failed"]);
  expect(await listWebhooks(stage.db)).toMatchObject([
    { enabled: false, disabledReason: "the receiver answered 410 Gone: it wants no more" },
  ]);
  expect(await stage.events("delivery.failed")).toHaveLength(1);
  await stage.report({ document: "later" });
  await until(
    () => stage.events("alert.raised"),
    (found) => found.length === 3,
  );
  expect(await deliveryLog(stage.db)).toHaveLength(2);
});

test("a redirect is a failure and is not followed", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "redirect", 1);
  await stage.start();
  await stage.report({ document: "first" });
  await nextAttempt(1);
  const [delivery] = await inState("delivered");
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([307, 200]);
  expect(stage.sink.st.canary).toEqual([]);
});

test("the schedule ends after eleven attempts, with the reason in the ledger", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "500");
  await stage.start();
  await stage.report({ document: "first" });
  for (let made = 1; made < 11; made++) await nextAttempt(made);
  const [delivery] = await inState("failed");
  expect(delivery?.attempts).toHaveLength(11);
  const [failed] = await stage.events("delivery.failed");
  expect(failed).toMatchObject({ attempts: 11, reason: expect.stringContaining("500") });
  expect((await listWebhooks(stage.db))[0]?.enabled).toBe(true);
});

test("a receiver that has failed for five days is switched off", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "500");
  await sql`update newsledger.webhooks set failing_since = now() - interval '6 days'`.execute(
    stage.db,
  );
  await stage.start();
  await stage.report({ document: "first" });
  await inState("cancelled");
  expect(await listWebhooks(stage.db)).toMatchObject([
    { enabled: false, disabledReason: "every attempt failed for five days" },
  ]);
});

test("while the secret is replaced, receivers with the old and with the new one both accept", async () => {
  const { webhookId, secret: old } = await stage.addReceiver("a");
  const { secret: fresh } = await rotateSecret(stage.db, webhookId, { vault: stage.vault });
  const outcome = await testWebhook(stage.db, webhookId, {
    roads: stage.roads,
    vault: stage.vault,
  });
  expect(outcome).toMatchObject({ accepted: true, status: 200 });
  const bodies: string[] = [];
  await stage.start({
    post: (url, request) => {
      bodies.push(String(request.body));
      return stage.fetcher.post(url, request);
    },
  });
  await stage.report({ document: "first" });
  const records = await attempts("a", 2);
  const headers = records[1]?.hdr as Record<string, string>;
  for (const secret of [old, fresh])
    expect(() => new Webhook(secret).verify(bodies[0] ?? "", headers)).not.toThrow();

  await sql`update newsledger.webhooks set previous_until = now()`.execute(stage.db);
  await stage.report({ document: "second" });
  const later = (await attempts("a", 3))[2]?.hdr as Record<string, string>;
  expect(() => new Webhook(fresh).verify(bodies[1] ?? "", later)).not.toThrow();
  expect(() => new Webhook(old).verify(bodies[1] ?? "", later)).toThrow();
});

test("a process whose clock is an hour wrong signs with Postgres' time, so that receivers still accept", async () => {
  const { webhookId } = await stage.addReceiver("a");
  const hour = 3_600_000;
  const rightNow = () => performance.timeOrigin + performance.now();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hour });
  try {
    await stage.start();
    await stage.report({ document: "first" });
    await attempts("a", 1);
    await testWebhook(stage.db, webhookId, { roads: stage.roads, vault: stage.vault });
    const signed = stage
      .deliveriesTo("a")
      .map(({ hdr }) => Number((hdr as Record<string, string>)["webhook-timestamp"]));
    expect(signed).toHaveLength(2);
    for (const seconds of signed)
      expect(Math.abs(seconds * 1000 - rightNow())).toBeLessThan(hour / 2);
  } finally {
    vi.useRealTimers();
  }
});

test("a test message is signed, is sent once, and stands in the log", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await stage.misbehave("a", "503", 1);
  const outcome = await testWebhook(stage.db, webhookId, {
    roads: stage.roads,
    vault: stage.vault,
  });
  expect(outcome).toMatchObject({ accepted: false, status: 503 });
  expect(stage.deliveriesTo("a")).toMatchObject([{ type: "webhook.test" }]);
  expect(await deliveryLog(stage.db, { webhookId })).toMatchObject([
    { state: "failed", attempts: [{ attempt: 1, status: 503 }] },
  ]);
});

test("what was not delivered can be sent again as a new record under the same id; what was, is not", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await stage.start();
  await stage.report({ document: "good" });
  await inState("delivered");
  await stage.misbehave("a", "410", 1);
  await stage.report({ document: "bad" });
  const [failed] = (await inState("failed")).filter(({ state }) => state === "failed");
  await expect(resend(stage.db, { deliveryId: failed?.deliveryId ?? "" })).rejects.toThrow(
    /switched off/,
  );
  await enableWebhook(stage.db, webhookId);
  const [again, ...others] = await resend(stage.db, { webhookId });
  expect(others).toEqual([]);
  const log = await inState("delivered", 2);
  expect(log.find(({ deliveryId }) => deliveryId === failed?.deliveryId)?.state).toBe("failed");
  expect(log.find(({ deliveryId }) => deliveryId === again)).toMatchObject({
    resend: 1,
    messageId: failed?.messageId,
    state: "delivered",
  });
  expect(await resend(stage.db, { webhookId })).toEqual([]);
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({ uniqueIds: 2, bodyDrift: 0 });
});

test("one delivery can be sent again as often as wanted", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await stage.report({ document: "good" });
  const [delivery] = await inState("delivered");
  const deliveryId = delivery?.deliveryId ?? "";
  const [second] = await resend(stage.db, { deliveryId });
  const [third] = await resend(stage.db, { deliveryId: second ?? "" });
  expect(new Set([deliveryId, second, third]).size).toBe(3);
  await inState("delivered", 3);
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({ accepted: 3, uniqueIds: 1 });
});

test("a removed receiver gets nothing more", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await stage.misbehave("a", "500");
  await stage.start();
  await stage.report({ document: "first" });
  await attempts("a", 1);
  await removeWebhook(stage.db, webhookId);
  await inState("cancelled");
  expect(await listWebhooks(stage.db)).toEqual([]);
});

test("secrets are in no list, no log and no queue", async () => {
  const { webhookId, secret } = await stage.addReceiver("a");
  await stage.start();
  await stage.report({ document: "first" });
  await inState("delivered");
  const { rows } = await sql`select * from newsledger.work`.execute(stage.db);
  const shown = JSON.stringify([await listWebhooks(stage.db), await deliveryLog(stage.db), rows]);
  expect(shown).toContain(webhookId);
  expect(shown).not.toContain(secret);
});

test("a restart in the middle loses nothing and raises nothing twice", async () => {
  await stage.addReceiver("a");
  await stage.misbehave("a", "hang", 1);
  await stage.start();
  await stage.report({ document: "first" });
  await attempts("a", 1); // it hangs: stopped in the middle of the attempt
  await stage.stop();
  await stage.report({ document: "meanwhile" });
  await stage.start();
  await stage.report({ document: "afterwards" });
  await inState("delivered", 3);
  expect(await stage.events("alert.raised")).toHaveLength(3);
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({
    uniqueIds: 3,
    bodyDrift: 0,
    duplicates: 0,
  });
});

async function busyReceiver(retryAfter: string): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      response.writeHead(429, { "retry-after": retryAfter }).end("later");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
