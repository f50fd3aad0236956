import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { type EventLog, openEventLog } from "@newsledger/eventlog";
import { openDatabase, openPool } from "@newsledger/host";
import { addFeed } from "@newsledger/poller";
import type pg from "pg";
import { startTestRedis } from "../harness/redis.ts";
import { machine, productFlags } from "./machine.ts";
import {
  functionLines,
  readProfiles,
  readStatements,
  shareLines,
  sharesOf,
} from "./pipeline-profile.ts";
import { processorOfProcess } from "./processor.ts";
import { startProduct } from "./product.ts";
import { perSecond, type Row, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    feeds: { type: "string", default: "100" },
    items: { type: "string", default: "30" },
    queue: { type: "string", default: "postgres,redis" },
    profile: { type: "boolean", default: false },
    statements: { type: "string", default: "0" },
    functions: { type: "string", default: "0" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/pipeline.ts [options]: items a second from the feed to the rules, everything in one process

  --feeds 100      feeds on loopback
  --items 30       items that each of them brings at once; all concern a topic, their pages have 250 words
  --queue postgres,redis   which queues are measured
  --profile        with the processor's time by stage, which costs some speed
  --statements 0   with --profile: so many of the costliest statements
  --functions 0    with --profile: so many of the costliest functions`;

const feeds = Number(values.feeds);
const perFeed = Number(values.items);
const items = feeds * perFeed;
const budgetSeconds = 240;
const goal = 80;

interface Outcome {
  readonly perSecond: number;
  readonly notes: readonly string[];
}

async function startPress() {
  const script = new URL("pipeline-press.ts", import.meta.url);
  const press = fork(script, [String(feeds), String(perFeed)]);
  const [{ origin }] = (await once(press, "message")) as [{ origin: string }];
  return {
    origin,
    pid: press.pid ?? 0,
    async show() {
      const answered = once(press, "message");
      press.send("show");
      await answered;
    },
    close: () => press.disconnect(),
  };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + budgetSeconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${budgetSeconds} s`);
    await pause(500);
  }
}

/** Whether so many items were seen, and each of them was matched, read, put into a story and put to the rules. */
async function settled(pool: pg.Pool, seen: number): Promise<boolean> {
  // To count the events takes long enough to be part of what is measured: not while anything is plainly not done.
  const { rowCount: due } = await pool.query(
    "select from newsledger.work where state = 'due' limit 1",
  );
  if (due !== 0) return false;
  const { rows } = await pool.query<{ settled: boolean }>(
    `with last as (
       select count(*) filter (where type = 'item.seen') as seen,
         max(global_position) filter (where type = 'item.seen') as seen_at,
         max(global_position) filter (where type in ('item.matched', 'item.shortlisted')) as matched_at,
         count(*) filter (where type = 'article.understood') as understood
       from newsledger.events)
     select seen = $1
       and exists (select from newsledger.checkpoints where name = 'matcher' and position >= seen_at)
       and exists (select from newsledger.checkpoints where name = 'relay' and position >= matched_at)
       and not exists (select from newsledger.work where state = 'due')
       and understood = (select count(*) from newsledger.alert_reports) as settled
     from last`,
    [seen],
  );
  return rows[0]?.settled ?? false;
}

type Bench = { readonly pool: pg.Pool; readonly log: EventLog<NewsEvents> };

const caughtUp = async ({ log }: Bench): Promise<boolean> =>
  (await log.lag()).every(({ behind }) => behind === 0);

/** Feeds are followed, and the one item that each shows at first has gone all the way. */
async function warmUp({ pool, log }: Bench, origin: string): Promise<void> {
  const db = openDatabase(pool);
  for (let nth = 0; nth < feeds; nth++)
    await addFeed(db, log, { url: `${origin}/feed/${nth}`, source: `Outlet ${nth % 40}` });
  await until("first items", () => settled(pool, feeds));
  await until("read models", () => caughtUp({ pool, log }));
}

/** When the last of the items reached each stage, in seconds from the start. */
async function stageLines(pool: pg.Pool, startedAt: number): Promise<string[]> {
  const now = Number(process.hrtime.bigint() / 1_000n);
  const { rows } = await pool.query<{ type: string; ago: number }>(
    `select type, extract(epoch from now() - max(recorded_at))::float8 as ago from newsledger.events
     where type in ('item.seen', 'item.matched', 'article.understood', 'story.joined') group by type order by ago desc`,
  );
  const since = (now - startedAt) / 1e6;
  const stages = rows.map(({ type, ago }) => `${type} ${(since - ago).toFixed(1)} s`);
  return [`the last ${stages.join(", ")} after the start`];
}

interface Clocks {
  readonly at: number;
  readonly processor: Readonly<Record<string, number>>;
}

/** One run: from the moment that the items are in the feeds until the rules have judged the last of them. */
async function measure(kind: string, profiled: boolean): Promise<Outcome> {
  const preload = profiled
    ? { shared_preload_libraries: "pg_stat_statements", "pg_stat_statements.track_planning": "on" }
    : {};
  await using server = await startServer(preload);
  await using redis = kind === "redis" ? await startTestRedis(["--appendonly", "yes"]) : null;
  const url = await server.database("pipeline");
  const press = await startPress();
  const profiles = await mkdtemp(join(tmpdir(), "newsledger-profile-"));
  const node = profiled ? ["--cpu-prof", `--cpu-prof-dir=${profiles}`] : [];
  node.push(...productFlags());
  const env = {
    ...{ DATABASE_URL: url, NEWSLEDGER_ALLOW_HOSTS: new URL(press.origin).host },
    ...(redis ? { QUEUE_URL: redis.url } : {}),
  };
  const product = await startProduct({ env, node });
  const pool = openPool(url, { max: 3 });
  const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  const clocks = (): Clocks => ({
    at: Number(process.hrtime.bigint() / 1_000n),
    processor: {
      "the process": processorOfProcess(product.pid),
      Postgres: server.processor?.postgres() ?? 0,
      "the press": processorOfProcess(press.pid),
      ...(redis ? { Redis: processorOfProcess(redis.pid) } : {}),
    },
  });
  const notes: string[] = [];
  try {
    await warmUp({ pool, log }, press.origin);
    console.error(`${kind}: ready, ${items} items`);
    if (profiled) await pool.query("create extension pg_stat_statements");
    await press.show();
    const before = clocks();
    await pool.query("update newsledger.feeds set next_poll_at = now()");
    await until("items", () => settled(pool, feeds + items));
    const after = clocks();
    await until("read models", () => caughtUp({ pool, log }));
    const all = clocks();
    const speed = items / ((after.at - before.at) / 1e6);
    notes.push(...(await stageLines(pool, before.at)));
    notes.push(`read models had them too ${((all.at - after.at) / 1e6).toFixed(1)} s later`);
    notes.push(...processorLines(before, all));
    const found = profiled ? await readStatements(pool) : [];
    await product.stop();
    if (profiled) {
      notes.push(
        " the process, by stage:",
        ...shareLines(readProfiles(profiles, before.at, all.at), items),
        ...functionLines(profiles, before.at, all.at, Number(values.functions)),
      );
      notes.push(
        " Postgres, by stage (time in statements):",
        ...shareLines(sharesOf(found), items),
      );
      for (const { query, calls, ms } of found.slice(0, Number(values.statements)))
        notes.push(
          `  ${ms.toFixed(0)} ms in ${calls}: ${query.replace(/\s+/g, " ").slice(0, 160)}`,
        );
    }
    return { perSecond: speed, notes };
  } finally {
    await product.stop();
    await log[Symbol.asyncDispose]();
    await pool.end();
    press.close();
    await rm(profiles, { recursive: true, force: true });
  }
}

const processorLines = (before: Clocks, after: Clocks): string[] =>
  Object.entries(after.processor).map(([name, used]) => {
    const ms = used - (before.processor[name] ?? 0);
    return ` processor, ${name}: ${(ms / items).toFixed(2)} ms an item, ${(ms / 1_000).toFixed(1)} s`;
  });

async function bench(): Promise<void> {
  const rows: Row[] = [];
  for (const kind of (values.queue ?? "").split(",")) {
    const { perSecond: speed, notes } = await measure(kind, values.profile);
    console.log([`queue in ${kind}: ${perSecond(speed)}`, ...notes, ""].join("\n"));
    rows.push({
      measure: `feed to rules, queue in ${kind}`,
      measured: perSecond(speed),
      target: `≥ ${goal}/s`,
      reached: speed >= goal,
    });
  }
  console.log(table(rows));
  console.log(`\n${items} items of ${feeds} feeds, ${machine()}`);
}

if (values.help) console.log(usage);
else await bench();
