import {
  addWebhook,
  deliveryLog,
  listWebhooks,
  rotateSecret,
  sealSecrets,
  testWebhook,
} from "@newsledger/alerts";
import { openVault } from "@newsledger/host";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

/** Every row of every table, as a dump of the database would show it. */
async function dump(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'newsledger'`.execute(stage.db);
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select to_jsonb(t) from ${sql.raw(name)} t`.execute(stage.db);
    texts.push(JSON.stringify(rows));
  }
  return texts.join("\n");
}

const anywhere = () => ({ checkUrl: async () => {}, vault: stage.vault });

test("a dump of the database, the lists and the log hold no secret, and no address that is one", async () => {
  const { webhookId, secret: old } = await stage.addReceiver("a");
  const { secret } = await rotateSecret(stage.db, webhookId, { vault: stage.vault });
  for (const url of [
    `${stage.receiver("slack")}/planted-token`,
    "https://api.telegram.org/bot1:planted-token/sendMessage?chat_id=-1001",
    "https://ntfy.sh/planted-token",
  ])
    await addWebhook(
      stage.db,
      { url, ...(url.includes("127") ? { channel: "slack" } : {}) },
      anywhere(),
    );
  await stage.start();
  await stage.plan();
  await until(
    async () => stage.deliveriesTo("a"),
    (records) => records.length === 1,
  );
  await stage.stop();
  const shown = [
    await dump(),
    JSON.stringify(await listWebhooks(stage.db)),
    JSON.stringify(await deliveryLog(stage.db)),
  ].join("\n");
  for (const planted of [old, secret, "planted-token"]) expect(shown).not.toContain(planted);
  expect(shown).toContain(webhookId);
});

test("secrets from before they were sealed still sign, and are sealed at the next start", async () => {
  const { webhookId } = await stage.addReceiver("a");
  const plain = "whsec_c2VjcmV0IGZyb20gYmVmb3Jl";
  await sql`
    update newsledger.webhooks set url = ${stage.receiver("a")}, secret = ${plain}, shown_url = null
    where webhook_id = ${webhookId}`.execute(stage.db);
  expect(await listWebhooks(stage.db)).toMatchObject([{ url: stage.receiver("a") }]);
  Object.assign(stage.sink.cfg, { secret: plain });
  await stage.start();
  expect(await dump()).not.toContain(plain);
  const means = { roads: stage.roads, vault: stage.vault };
  expect(await testWebhook(stage.db, webhookId, means)).toMatchObject({ accepted: true });
  expect(stage.deliveriesTo("a")).toMatchObject([{ sigOk: true }]);
  expect(await listWebhooks(stage.db)).toMatchObject([{ url: stage.receiver("a") }]);
});

test("with a new key everything is sealed anew, and the old key opens nothing any more", async () => {
  const { webhookId, secret } = await stage.addReceiver("a");
  Object.assign(stage.sink.cfg, { secret });
  const both = openVault(() => ["a new key", "a key for tests"]);
  expect(await sealSecrets(stage.db, both)).toBe(1);
  expect(await sealSecrets(stage.db, both)).toBe(0);
  const fresh = openVault(() => ["a new key"]);
  await testWebhook(stage.db, webhookId, { roads: stage.roads, vault: fresh });
  expect(stage.deliveriesTo("a")).toMatchObject([{ sigOk: true }]);
  const old = testWebhook(stage.db, webhookId, { roads: stage.roads, vault: stage.vault });
  await expect(old).rejects.toThrow(/sealed with key/);
});

test("a process without the key does not start, and says which key it wants: it could sign nothing", async () => {
  await stage.addReceiver("a");
  await sql`
    update newsledger.webhooks set secret = ${openVault(() => ["lost"]).seal("whsec_eA==", "webhook:x:secret")}`.execute(
    stage.db,
  );
  await expect(stage.start()).rejects.toThrow(/sealed with key/);
});
