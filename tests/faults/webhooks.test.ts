import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  addWebhook,
  migrations as alerts,
  deliveryLog,
  exampleOf,
  planDeliveries,
} from "@newsledger/alerts";
import { migrations as log } from "@newsledger/eventlog";
import { openVault } from "@newsledger/host";
import { migrations as queue } from "@newsledger/queue";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { until } from "../harness/newsledger.ts";
import { createWebhookSink } from "../tools/webhook-sink.mjs";

/** A few here; all two hundred by: NEWSLEDGER_TEST_KILLS=200 npx vitest run tests/faults/webhooks */
const kills = Number(process.env.NEWSLEDGER_TEST_KILLS ?? 8);
const messagesPerLife = 40;
const patienceMs = 60_000 + kills * 30_000;

test(
  `${kills} kill -9s of the worker: every webhook arrives, under one id and with unchanged bytes`,
  async () => {
    await using database = await createTestDatabase([...log, ...queue, ...alerts]);
    const { db } = database;
    const vault = openVault(() => ["a key for tests"]);
    const add = (url: string) => addWebhook(db, { url }, { checkUrl: async () => {}, vault });
    const sink = await createWebhookSink();
    const { secret } = await add(`${sink.url}/hook/a`);
    Object.assign(sink.cfg, { secret });

    const random = seeded(11);
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      await plan(database, kill);
      const worker = await startWorker(database.url);
      const before = sink.st.rec.length;
      await until(
        async () => sink.st.rec.length,
        (count) => count > before,
        { everyMs: 2 },
      );
      // In the middle of sending, of writing down, and after some of it.
      await new Promise((resolve) => setTimeout(resolve, random() ** 3 * 500));
      await killed(worker);
      if ((await deliveryLog(db, { states: ["planned"], limit: 1 })).length > 0) interrupted += 1;
    }
    const last = await startWorker(database.url);
    const planned = async () => (await deliveryLog(db, { states: ["planned"], limit: 1 })).length;
    await until(planned, (left) => left === 0, { seconds: 50 + kills });
    await killed(last);

    const total = kills * messagesPerLife;
    expect(interrupted).toBeGreaterThan(0);
    const summary = sink.summary()["/hook/a"];
    expect(summary).toMatchObject({ uniqueIds: total, noId: 0, badSig: 0, bodyDrift: 0 });
    expect(await deliveryLog(db, { states: ["delivered"], limit: total + 1 })).toHaveLength(total);
    const { rows } = await sql<{ told: number; numbers: number }>`
    select (select count(*)::int from newsledger.events where type = 'delivery.succeeded') as told,
      (select count(distinct sequence)::int from newsledger.deliveries) as numbers`.execute(db);
    expect(rows).toEqual([{ told: total, numbers: total }]);
    await sink.close();
  },
  patienceMs,
);

async function plan({ db }: TestDatabase, life: number): Promise<void> {
  const message = exampleOf("alert.raised");
  await db.transaction().execute(async (trx) => {
    for (let nth = 0; nth < messagesPerLife; nth += 1)
      await planDeliveries(trx, {
        cause: `life-${life}-${nth}`,
        ruleIds: ["any"],
        caseId: "case",
        compose: () => message,
      });
  });
}

async function startWorker(databaseUrl: string): Promise<ChildProcess> {
  const { pathname } = new URL("./webhook-worker.ts", import.meta.url);
  const child = spawn(process.execPath, [pathname], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      NEWSLEDGER_ALLOW_HOSTS: "127.0.0.1",
      LOG_LEVEL: "fatal",
      NODE_COMPILE_CACHE: join(tmpdir(), "newsledger-compile-cache"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
