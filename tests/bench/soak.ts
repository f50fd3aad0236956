import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { openEventLog } from "@newsledger/eventlog";
import { openDatabase, openPool } from "@newsledger/host";
import { addFeed } from "@newsledger/poller";
import { startFeedServer } from "../harness/feed-server.ts";
import { machine, productFlags } from "./machine.ts";
import { startProduct } from "./product.ts";
import { atMost, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    feeds: { type: "string", default: "1000" },
    hours: { type: "string", default: "24" },
    "every-minutes": { type: "string", default: "15" },
    items: { type: "string", default: "20" },
    seconds: { type: "string", default: "900" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/soak.ts [options]: memory of the one process over a simulated day

  --feeds 1000         feeds on loopback
  --hours 24           simulated: as many polls as in these hours …
  --every-minutes 15   … of feeds that are asked so often
  --items 20           new items of each feed in that time, about a third of them read in full
  --seconds 900        the polls are spread over so much real time, and take longer where the machine is slower`;

const feeds = Number(values.feeds);
const hours = Number(values.hours);
const items = Number(values.items);
const polls = (feeds * hours * 60) / Number(values["every-minutes"]);
const intervalSeconds = Math.max(1, Math.round((Number(values.seconds) * feeds) / polls));
const itemsAtFirst = 10;

interface Sample {
  readonly hour: number;
  readonly mb: number;
}

/** Megabytes that a process holds now (VmRSS), or held at most (VmHWM). */
function memoryOf(pid: number, what: "VmRSS" | "VmHWM"): number {
  const [, kb = "0"] =
    new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kb) / 1024;
}

/** Megabytes an hour, by least squares. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (one: Sample) => number) =>
    samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const [hour, mb] = [mean((one) => one.hour), mean((one) => one.mb)];
  const [above, below] = samples.reduce(
    ([xy, xx], one) => [xy + (one.hour - hour) * (one.mb - mb), xx + (one.hour - hour) ** 2],
    [0, 0],
  );
  return below === 0 ? 0 : above / below;
}

const median = (samples: readonly Sample[]): number =>
  samples.map(({ mb }) => mb).toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;

async function soak(): Promise<void> {
  await using server = await startServer();
  await using press = await startFeedServer({
    ...{ feeds, items: items + itemsAtFirst, window: 40, initial: itemsAtFirst, rate: 1, port: 0 },
  });
  const url = await server.database("soak");
  const product = await startProduct({
    node: productFlags(),
    env: {
      ...{ DATABASE_URL: url, NEWSLEDGER_ALLOW_HOSTS: press.host },
      NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: String(intervalSeconds),
      NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: String(intervalSeconds),
      NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: String(intervalSeconds),
    },
  });
  const pool = openPool(url, { max: 2 });
  const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  const db = openDatabase(pool);
  try {
    const empty = memoryOf(product.pid, "VmRSS");
    for (let nth = 0; nth < feeds; nth++)
      await addFeed(db, log, { url: `${press.origin}/feeds/${nth}.xml`, history: true });
    const samples = await follow(pool, product, press);
    report(samples, { empty, peak: memoryOf(product.pid, "VmHWM") });
  } finally {
    await product.stop();
    await log[Symbol.asyncDispose]();
    await pool.end();
  }
}

/** Lets the day pass: new items come evenly, the numbers and pages are asked for, and memory is looked at. */
async function follow(
  pool: ReturnType<typeof openPool>,
  { pid, watchPort, origin }: Awaited<ReturnType<typeof startProduct>>,
  press: Awaited<ReturnType<typeof startFeedServer>>,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const pages = ["/", "/feeds", "/cases/citgo-6", "/search?q=vadell", "/v1/articles?limit=50"];
  let ticks = 0;
  for (let turn = 0; ; turn++) {
    const { rows } = await pool.query<{ polls: string }>(
      "select sum(polls) as polls from newsledger.feeds",
    );
    const hour = (Number(rows[0]?.polls ?? 0) / polls) * hours;
    if (hour >= hours) return samples;
    for (; ticks < items && (ticks * hours) / items <= hour; ticks++) await press.tick();
    await ask(`http://127.0.0.1:${watchPort}/metrics`);
    await ask(`${origin}${pages[turn % pages.length]}`);
    samples.push({ hour, mb: memoryOf(pid, "VmRSS") });
    if (turn % 20 === 0)
      console.error(`hour ${hour.toFixed(1)}: ${samples.at(-1)?.mb.toFixed(0)} MB`);
    await pause(1_000);
  }
}

async function ask(url: string): Promise<void> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
}

function report(
  samples: readonly Sample[],
  { empty, peak }: { empty: number; peak: number },
): void {
  for (let from = 0; from < hours; from += Math.max(1, hours / 8)) {
    const some = samples.filter(({ hour }) => hour >= from && hour < from + hours / 8);
    const most = Math.max(...some.map(({ mb }) => mb));
    console.log(
      `hours ${from} to ${from + hours / 8}: median ${median(some).toFixed(0)} MB, at most ${most.toFixed(0)} MB`,
    );
  }
  // The first quarter fills caches and grows the heap to what the work needs.
  const settled = samples.filter(({ hour }) => hour >= hours / 4);
  console.log(
    table([
      atMost("memory of the process at most", peak, 400, " MB"),
      atMost("growth, after the first quarter", slopeOf(settled) * 24, 10, " MB a day"),
    ]),
  );
  console.log(
    `\n${feeds} feeds, ${polls} polls, ${feeds * items} new items, ${empty.toFixed(0)} MB when it had just started; ${machine()}`,
  );
}

if (values.help) console.log(usage);
else await soak();
