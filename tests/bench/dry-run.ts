import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import {
  createService,
  dryRun,
  type Ledger,
  migrations,
  type NewRule,
  outletKinds,
  ruleDefinition,
} from "@newsledger/alerts";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import {
  copyEvents,
  migrations as logMigrations,
  migrate,
  openEventLog,
} from "@newsledger/eventlog";
import { feedCatalogue } from "@newsledger/feeds";
import {
  createLogger,
  loadConfig,
  openDatabase,
  openPool,
  openVault,
  type Resources,
} from "@newsledger/host";
import { openMemoryQueue, migrations as queueMigrations } from "@newsledger/queue";
import { pressLedger } from "./press-ledger.ts";
import { atMost, type Row, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/dry-run.ts [options]: how long a rule takes to be tried out on a whole ledger

  --events 100000  events in the ledger, four for each article, all of them about the rule's topic
  --rounds 3       the best of so many counts`;

const trials: Readonly<Record<string, Omit<NewRule, "name" | "topic">>> = {
  "any report": {},
  "entity, occurrence and part": {
    entities: ["citgo-6"],
    occurrences: ["release", "arrest"],
    part: "target",
  },
  "source kind and language": { sources: ["news-independent", "court"], languages: ["es"] },
  "three independent reports": { minReports: 3 },
  "first mention": { when: { kind: "first-mention" } },
  "status change": { when: { kind: "status-change" } },
  burst: { when: { kind: "burst", sensitivity: "high" } },
  "silence of a subject": { when: { kind: "silence", days: 3 } },
  "silence of feeds": { when: { kind: "silence", of: "feeds", days: 3 } },
  "feeds in trouble": { when: { kind: "feed-trouble" } },
};

const groups = new Map([["citgo-6", ["tomeu-vadell", "jorge-toledo", "jose-pereira"]]]);
const options = {
  lateAfterHours: 48,
  groups,
  kindOf: outletKinds(feedCatalogue()),
  history: true,
  now: new Date(),
};

/** Lets the alerts read the whole ledger, as they do while it grows; answers how many events a second. */
async function readByTheRules(resources: Resources, events: number): Promise<number> {
  const started = performance.now();
  await using _service = await createService({
    post: () => Promise.reject(new Error("nothing is sent")),
    vault: openVault(() => ["a key for benchmarks"]),
    guardHolds: async () => ({ holds: true }),
    groups,
  }).start(resources);
  for (;;) {
    const lag = await resources.log.lag();
    if (lag.find(({ name }) => name === "alerts")?.behind === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return (events / (performance.now() - started)) * 1_000;
}

/** The best of several rounds, in seconds for 100,000 events. */
async function trialRows(ledger: Ledger, events: number, how: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, trial] of Object.entries(trials)) {
    const rule = { ...ruleDefinition.parse({ topic: "citgo-6", ...trial }), ruleId: "r", name };
    let best = Number.POSITIVE_INFINITY;
    let said = 0;
    let worked = Number.POSITIVE_INFINITY;
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const started = performance.now();
      const before = process.cpuUsage();
      said = 0;
      for await (const _ of dryRun(ledger, rule, options)) said += 1;
      best = Math.min(best, performance.now() - started);
      const { user, system } = process.cpuUsage(before);
      worked = Math.min(worked, (user + system) / 1_000);
    }
    const each = (milliseconds: number) => (milliseconds / 1_000) * (100_000 / events);
    const measure = `${name} (${said} alerts; ${each(worked).toFixed(2)} s of our processor), ${how}`;
    rows.push(atMost(measure, each(best), 2, " s"));
  }
  return rows;
}

async function bench(): Promise<void> {
  const events = Number(values.events);
  await using server = await startServer();
  const pool = openPool(await server.database("dryrun"), { max: 10 });
  await migrate(pool, [...logMigrations, ...queueMigrations, ...migrations]);
  await copyEvents(pool, pressLedger(events / 4, new Date()));
  await pool.query("analyze newsledger.events");
  const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  const config = loadConfig({ env: { LOG_LEVEL: "fatal" }, cwd: import.meta.dirname });
  const queue = openMemoryQueue();
  const resources = {
    ...{ config, pool, log, queue, db: openDatabase(pool), logger: createLogger(config) },
    clock: { now: () => new Date() },
  };
  const unread = await trialRows(resources, events, "not read by the rules yet");
  const speed = await readByTheRules(resources, events);
  await pool.query("analyze newsledger.alert_reports");
  const rows = await trialRows(resources, events, "as usual");
  console.log(table([...rows, ...unread]));
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(" ");
  console.log(
    `\n${events} events; the rules read ${Math.round(speed)} of them a second. Node ${process.version}, ${cpus().length} processors, load ${load}`,
  );
  await queue[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
  await pool.end();
}

if (values.help) console.log(usage);
else await bench();
