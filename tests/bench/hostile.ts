import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startFeedServer } from "../harness/feed-server.ts";
import { Installation } from "../harness/newsledger.ts";
import { casesJudged, type Listed, misfits } from "../poller/hostile-cases.ts";
import { productFlags } from "./machine.ts";
import { mainOf } from "./product.ts";
import { conclude, type Row } from "./report.ts";

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    help: { type: "boolean", default: false },
  },
});
const usage = `node tests/bench/hostile.ts [options]: every hostile case beside a hundred good feeds

  --seconds 60    how long the hostile feeds are followed; each is asked every five to ten seconds, if it may be

The poller is a process of its own, watched from outside: first with the good feeds alone, then with all cases beside
them. Feeds are opened as localhost; the canary is 127.0.0.1. Measure on a quiet machine. Ends with exit code 1 when a
target is not reached.`;
if (options.help) {
  console.log(usage);
  process.exit();
}

const press = { feeds: 100, items: 60, window: 20, initial: 10, rate: 2, seed: 25 };
const intervalSeconds = 5;
const warmSeconds = 30;
const tickSeconds = 5;

const directory = mkdtempSync(join(tmpdir(), "newsledger-hostile-"));
const requestLog = join(directory, "requests.jsonl");
await using server = await startFeedServer({ ...press, log: requestLog });
const origin = server.origin.replace("127.0.0.1", "localhost");
const settings = {
  NEWSLEDGER_ALLOW_HOSTS: new URL(origin).host,
  NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: String(intervalSeconds),
  NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: String(intervalSeconds),
  NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: String(2 * intervalSeconds),
  NEWSLEDGER_POLLER_TIMEOUT_SECONDS: "4",
  LOG_LEVEL: "silent",
};
await using installation = await Installation.create(settings, mainOf(), productFlags());

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function follow(paths: readonly string[]): Promise<void> {
  const file = join(directory, "feeds.opml");
  const outlines = paths.map((path) => `<outline text="${path}" xmlUrl="${origin}${path}"/>`);
  writeFileSync(file, `<opml><body>${outlines.join("")}</body></opml>`);
  await installation.ask("feeds", "import", file);
}

/** Between two polls of the same good feed: nineteen of twenty are no longer apart, in seconds. */
function usualGap(from: number, to: number): number {
  const asked = readFileSync(requestLog, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { t: number; p: string })
    .filter(({ t, p }) => t >= from && t < to && p.startsWith("/feeds/"));
  const gaps = [...Map.groupBy(asked, ({ p }) => p).values()].flatMap((polls) =>
    polls.slice(1).map(({ t }, index) => t - (polls[index]?.t ?? t)),
  );
  return (gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? Number.NaN) / 1000;
}

const residentMiB = (): number => {
  const status = readFileSync(`/proc/${installation.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
};

/** Goes on for so long, with new items every few seconds; the most memory that was seen meanwhile. */
async function goOn(seconds: number): Promise<number> {
  let peak = residentMiB();
  const watching = setInterval(() => {
    peak = Math.max(peak, residentMiB());
  }, 20);
  for (let passed = 0; passed < seconds; passed += tickSeconds) {
    await pause(tickSeconds);
    await server.tick();
  }
  clearInterval(watching);
  return peak;
}

await installation.up("--only", "poller");
await follow(Array.from({ length: press.feeds }, (_, n) => `/feeds/${n}.xml`));
await pause(warmSeconds);
const quietFrom = Date.now();
const quietPeak = await goOn(warmSeconds);
const hostileFrom = Date.now();
await follow(casesJudged().map((name) => `/hostile/${name}`));
const peak = await goOn(Number(options.seconds));
const end = Date.now();
await pause(3 * intervalSeconds); // what came last is fetched within an interval

const feeds = await installation.rows<Listed>("feeds", "list");
const wrong = misfits(feeds);
for (const line of wrong) console.log(line);
const released = (await server.manifest()).length;
const good = feeds.filter(({ title }) => title.startsWith("/feeds/"));
const lost = released - good.reduce((sum, { items }) => sum + items, 0);
const answer = await fetch(`${server.origin}/admin/requests`);
const { canary } = (await answer.json()) as { canary: unknown[] };
const [before, after] = [usualGap(quietFrom, hostileFrom), usualGap(hostileFrom, end)];

const none = (measure: string, count: number): Row => ({
  ...{ measure, measured: String(count), target: "0", reached: count === 0 },
});
conclude([
  none(`hostile cases of ${casesJudged().length} of which something else came`, wrong.length),
  none("requests to the canary", canary.length),
  none(`items of good feeds lost, of ${released}`, lost),
  {
    measure: "good feeds: 95 % of polls follow the one before within",
    measured: `${after.toFixed(1)} s (${before.toFixed(1)} s without the others)`,
    target: "≤ 1.25 ×",
    reached: after <= 1.25 * before,
  },
  {
    measure: "memory, above what the good feeds alone took",
    measured: `${(peak - quietPeak).toFixed(0)} MiB (of ${peak.toFixed(0)})`,
    target: "≤ 64 MiB",
    reached: peak - quietPeak <= 64,
  },
]);
rmSync(directory, { recursive: true, force: true });
