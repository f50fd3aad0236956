import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { addRule, addWebhook, createService, migrations } from "@newsledger/alerts";
import { contentId, type NewsEvents, newsCodec } from "@newsledger/core";
import { migrations as logMigrations, migrate, openEventLog, putText } from "@newsledger/eventlog";
import { migrations as extractorMigrations } from "@newsledger/extractor";
import { createFetcher } from "@newsledger/feeds";
import { createLogger, loadConfig, openDatabase, openPool, openVault } from "@newsledger/host";
import { openMemoryQueue, migrations as queueMigrations } from "@newsledger/queue";
import { reportEvents, textOf } from "../harness/reports.ts";
import { createWebhookSink } from "../tools/webhook-sink.mjs";
import { atMost, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    reports: { type: "string", default: "100" },
    "every-ms": { type: "string", default: "300" },
    rules: { type: "string", default: "20" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/alert-latency.ts [options]: from the append of a report that a rule wants to the signed webhook at its receiver

  --reports 100    reports, one by one
  --every-ms 300   between them
  --rules 20       rules that look at each report; one of them fires`;

/** When the receiver had each story's first webhook. */
async function arrivals(
  pool: ReturnType<typeof openPool>,
  received: readonly { readonly id: string | null; readonly t: number }[],
): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ message_id: string; story_id: string }>(
    `select d.message_id, t.story_id from newsledger.deliveries d
     join newsledger.alerts_told t on t.alert_id = d.cause`,
  );
  const times = new Map(received.map(({ id, t }) => [id, t]));
  return new Map(
    rows.map(({ message_id, story_id }) => [
      story_id,
      times.get(message_id) ?? Number.POSITIVE_INFINITY,
    ]),
  );
}

async function bench(): Promise<void> {
  await using server = await startServer();
  const pool = openPool(await server.database("latency"), { max: 20 });
  await migrate(pool, [
    ...logMigrations,
    ...queueMigrations,
    ...extractorMigrations,
    ...migrations,
  ]);
  const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  const db = openDatabase(pool);
  const queue = openMemoryQueue();
  const sink = await createWebhookSink();
  const fetcher = createFetcher({ allowHosts: ["127.0.0.1"], userAgent: "Newsledger/bench" });
  const vault = openVault(() => ["a key for benchmarks"]);
  const env = { LOG_LEVEL: "fatal", NEWSLEDGER_ALLOW_HOSTS: "127.0.0.1" };
  const config = loadConfig({ env, cwd: import.meta.dirname });
  for (let nth = 1; nth < Number(values.rules); nth += 1)
    await addRule(db, { name: `Rule ${nth}`, topic: "citgo-6", entities: [`person-${nth}`] });
  await addRule(db, { name: "Releases", topic: "citgo-6", occurrences: ["release"] });
  const url = `${sink.url}/hook/bench`;
  await addWebhook(db, { url }, { checkUrl: async () => {}, vault });
  const service = await createService({
    ...{ post: fetcher.post, vault, guardHolds: async () => ({ holds: true }) },
    groups: new Map([["citgo-6", ["tomeu-vadell"]]]),
  }).start({
    ...{ config, pool, db, log, queue, logger: createLogger(config) },
    clock: { now: () => new Date() },
  });
  const appended = new Map<string, number>();
  for (let nth = 0; nth < Number(values.reports); nth += 1) {
    const report = { document: `report ${nth}`, occurrences: [{ code: "release" as const }] };
    await db.transaction().execute((trx) => putText(trx, textOf(report)));
    for (const { stream, event } of reportEvents(report)) await log.append(stream, [event]);
    appended.set(contentId("story", contentId("document", report.document)), Date.now());
    await new Promise((resolve) => setTimeout(resolve, Number(values["every-ms"])));
  }
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const arrived = await arrivals(pool, sink.st.rec);
  const delays = [...appended].map(
    ([storyId, at]) => (arrived.get(storyId) ?? Number.POSITIVE_INFINITY) - at,
  );
  delays.sort((a, b) => a - b);
  const at = (share: number) => delays[Math.floor(delays.length * share)] ?? 0;
  console.log(
    table([
      atMost("append of the report to the webhook, median", at(0.5), 250, " ms"),
      atMost("append of the report to the webhook, p95", at(0.95), 1_000, " ms"),
      atMost("lost", delays.filter((delay) => !Number.isFinite(delay)).length, 0, ""),
    ]),
  );
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(" ");
  console.log(
    `\n${values.reports} reports, ${values.rules} rules, Node ${process.version}, ${cpus().length} processors, load ${load}`,
  );
  await service[Symbol.asyncDispose]();
  await fetcher[Symbol.asyncDispose]();
  await sink.close();
  await queue[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
  await pool.end();
}

if (values.help) console.log(usage);
else await bench();
