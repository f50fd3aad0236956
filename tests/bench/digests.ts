import { fork } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { composeDue, migrations as digest } from "@newsledger/digest";
import { migrate, openEventLog } from "@newsledger/eventlog";
import { migrations as queue } from "@newsledger/queue";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { build, openBenchLedger } from "./ledger.ts";
import { machine, productFlags } from "./machine.ts";
import { atMost, type Row, table } from "./report.ts";

const { values } = parseArgs({
  options: {
    articles: { type: "string", default: "10000" },
    readers: { type: "string", default: "10000" },
    child: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/digests.ts [options]: how fast digests are composed

  --articles 10000  articles in the ledger: about ten events each
  --readers 10000   readers whose digest is due at the same time

It starts a Postgres of its own. Each reader's window is the whole ledger (the first run) or its last fiftieth (the
second); they differ in topics, language and time zone. Composing runs in a process of its own, whose memory is measured.`;

const topics = ["citgo-6", "us-venezuela"].map((id) => ({
  id,
  title: { en: id, es: id },
  subjects:
    id === "citgo-6"
      ? ["tomeu-vadell", "jorge-toledo", "gustavo-cardenas"].map((name) => ({ id: name, name }))
      : [],
}));

interface Measured {
  composed: number;
  seconds: number;
  processorSeconds: number;
  peakMb: number;
}

/** What the process that composes does: nothing but that. */
async function compose(connectionString: string): Promise<Measured> {
  const pool = new pg.Pool({ connectionString, max: 5 });
  // biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
  const db = new Kysely<any>({ dialect: new PostgresDialect({ pool }) });
  await using log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  const began = performance.now();
  const composed = await composeDue(
    { db, log, topics, publicUrl: "https://ledger.example", mailFrom: "news@ledger.example" },
    {
      onError(_id, error) {
        throw error;
      },
    },
  );
  const seconds = (performance.now() - began) / 1_000;
  await pool.end();
  const { user, system } = process.cpuUsage();
  const processorSeconds = (user + system) / 1_000_000;
  return { composed, seconds, processorSeconds, peakMb: process.resourceUsage().maxRSS / 1_024 };
}

async function inOwnProcess(connectionString: string): Promise<Measured> {
  const child = fork(import.meta.filename, ["--child", connectionString], {
    serialization: "json",
    execArgv: productFlags(),
  });
  const [measured] = (await once(child, "message")) as [Measured];
  return measured;
}

/** Readers of both topics or one, in two languages and four zones, all due now, told up to `position`. */
async function subscribe(pool: pg.Pool, readers: number, position: bigint): Promise<void> {
  await pool.query("delete from newsledger.issues; delete from newsledger.editions");
  await pool.query("delete from newsledger.work; delete from newsledger.subscribers");
  await pool.query(
    `with nth as (select generate_series(1, $1::int) as n),
     added as (insert into newsledger.subscribers (subscriber_id, email, language, stop_all_token)
       select 's' || n, 'reader' || n || '@example.org', (array['en', 'es'])[n % 2 + 1], 'all' || n from nth)
     insert into newsledger.subscriptions (subscription_id, subscriber_id, topics, schedule, at, time_zone, cursor,
       started_from, next_due_at, unsubscribe_token, confirmed_at)
     select 'p' || $3 || '-' || n, 's' || n,
       case n % 3 when 0 then array['citgo-6'] when 1 then array['us-venezuela'] else array['citgo-6', 'us-venezuela'] end,
       'daily', '07:00', (array['America/Caracas', 'America/Chicago', 'Europe/Madrid', 'UTC'])[n % 4 + 1], $2::bigint,
       0, now() - interval '1 minute', 'one' || n, now() from nth`,
    [readers, String(position), String(position)],
  );
}

async function bench(): Promise<void> {
  await using ledger = await openBenchLedger(Number(values.articles));
  console.log(`read models built in ${(await build(ledger)).toFixed(1)} s`);
  const { pool, log } = ledger;
  await migrate(pool, [...queue, ...digest]);
  const url = String(pool.options.connectionString);
  const readers = Number(values.readers);
  const end = await log.safePosition();
  const rows: Row[] = [];
  for (const [name, from] of [
    ["the whole ledger", 0n],
    ["its last fiftieth", end - end / 50n],
  ] as const) {
    await subscribe(pool, readers, from);
    const { composed, seconds, processorSeconds, peakMb } = await inOwnProcess(url);
    const { rows: kept } = await sql<{ editions: number; bytes: number }>`
      select count(*)::int as editions, max(octet_length(html))::int as bytes from newsledger.editions`.execute(
      ledger.db,
    );
    console.log(
      `${composed} digests of ${name}, ${processorSeconds.toFixed(1)} s of the processor: ${kept[0]?.editions} editions, the largest ${Math.round((kept[0]?.bytes ?? 0) / 1_024)} KB`,
    );
    rows.push(
      atMost(`composing ${composed} digests of ${name}`, seconds, 60, " s"),
      atMost("  memory of the process", peakMb, 300, " MB"),
    );
  }
  console.log(`\n${table(rows)}\n\n${ledger.events} events; ${machine()}`);
}

if (values.help) console.log(usage);
else if (values.child !== undefined) {
  const measured = await compose(values.child);
  process.send?.(measured);
  process.disconnect?.();
} else await bench();
