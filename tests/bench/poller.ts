import { fork } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { migrate, openEventLog } from "@newsledger/eventlog";
import { createFetcher, parseFeed, secondOpinion } from "@newsledger/feeds";
import { createLogger, loadConfig, openDatabase } from "@newsledger/host";
import { addFeed, migrations, openDesk, pollFeed } from "@newsledger/poller";
import { sql } from "kysely";
import pg from "pg";
import Parser from "rss-parser";
import { Agent } from "undici";
import { atLeast, conclude, perSecond, type Row } from "./report.ts";
import { startServer } from "./server.ts";

/** So long at least lasts each measurement: shorter ones say more about the moment than about the poller. */
const sliceMs = 1_500;

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "5" },
    callers: { type: "string", default: "128" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/poller.ts [options]: polls per second with guard, hash and database

  --only TEXT    only the polls whose names contain it, and no target that needs the others
  --rounds 5     rounds; in each, everybody has a slice of at least ${sliceMs / 1000} s in turn
  --callers 128  polls under way at once. So many keep one core busy; with half as many, it waits a third of the time
                 for Postgres, which writes down more polls in a statement the more there are

As many polls as keep the poller busy, and the CPU that each costs this process, in one run beside three that keep
nothing: fetch and rss-parser, rss-parser's own parseURL, and undici alone asking for what has not changed. The queue is
left out. Ends with exit code 1 when a target is not reached.`;

if (options.help) {
  console.log(usage);
  process.exit();
}
const rounds = Number(options.rounds);
const callers = Number(options.callers);

await using server = await startServer();
const pool = new pg.Pool({ connectionString: await server.database("poller"), max: 16 });
pool.on("error", () => {}); // the server goes before its last idle connection
await migrate(pool, migrations);
const press = fork(new URL("poller-press.ts", import.meta.url));
const [{ port }] = (await once(press, "message")) as [{ port: number }];
const host = `127.0.0.1:${port}`;
const db = openDatabase(pool);
const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
const config = loadConfig({ env: { NEWSLEDGER_ALLOW_HOSTS: host }, cwd: import.meta.dirname });
const logger = createLogger({ logLevel: "silent" });
const fetcher = createFetcher({ allowHosts: [host], userAgent: "Newsledger/bench" });
const poller = { fetcher, parse: parseFeed, desk: openDesk({ db, log, config, logger }) };
const never = new AbortController().signal;

// A feed that was polled is due again at once: else each round would end with waiting for its last polls.
await sql`
  create function due_again() returns trigger language plpgsql as
  'begin new.next_poll_at := now() - interval ''1 second''; return new; end'`.execute(db);
await sql`
  create trigger due_again before update of next_poll_at on newsledger.feeds
  for each row execute function due_again()`.execute(db);

interface Speed {
  readonly perSecond: number;
  readonly cpuMs: number;
}

/** Calls for as long as a slice lasts, or each id once, going round the ids. */
async function speed(
  ids: readonly string[],
  call: (id: string) => Promise<boolean>,
  { once: eachOnce = false } = {},
): Promise<Speed> {
  let [begun, done] = [0, 0];
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const goesOn = () => (eachOnce ? begun < ids.length : performance.now() - start < sliceMs);
  const caller = async () => {
    while (goesOn()) if (await call(ids[begun++ % ids.length] ?? "")) done += 1;
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: done / seconds, cpuMs: (user + system) / 1000 / done };
}

const poll = async (feedId: string): Promise<boolean> => {
  const polled = await pollFeed({ config, db, log, logger }, poller, feedId, never);
  if (polled === "given-back") throw new Error(`poll ${feedId}: ${polled}`);
  return polled !== "not-due";
};
const plain = async (feed: string): Promise<boolean> => {
  const answer = await fetch(`http://${host}/head/${feed}`);
  return (await secondOpinion(await answer.text())).readable;
};
const rssParser = new Parser();
const parseUrl = async (feed: string): Promise<boolean> =>
  (await rssParser.parseURL(`http://${host}/head/${feed}`)).items.length > 0;
const bare = new Agent();
const unchanged = async (feed: string): Promise<boolean> => {
  const headers = { "if-none-match": '"seen"', "user-agent": "Newsledger/bench", accept: "*/*" };
  const path = `/never/${feed}`;
  const answer = await bare.request({ origin: `http://${host}`, path, method: "GET", headers });
  await answer.body.dump();
  return answer.statusCode === 304;
};

interface Contender {
  readonly name: string;
  readonly mode: string;
  readonly feeds: number;
  readonly call: (id: string) => Promise<boolean>;
}
const contender = (name: string, mode: string, feeds: number): Contender => ({
  ...{ name, mode, feeds },
  call: poll,
});
const theirs = "rss-parser's parseURL, nothing kept";
const whole = "200, only the head is new";
const mostly = "nine of ten 304, the tenth with a new head";
const packed = "the same, the tenth packed";
const others: readonly Contender[] = [
  { name: "fetch + rss-parser, nothing kept", mode: "", feeds: 50, call: plain },
  { name: theirs, mode: "", feeds: 50, call: parseUrl },
  { name: "undici alone, 304, nothing kept", mode: "", feeds: 50, call: unchanged },
];
const ours: readonly Contender[] = [
  contender(whole, "head", 300),
  contender("200, one new item of 50", "item", 300),
  contender("304 each time", "never", 600),
  contender(mostly, "mostly-head", 600),
  contender(packed, "mostly-packed", 600),
  contender("nine of ten 304, the tenth with a new item", "mostly", 600),
];

async function followed({ mode, feeds }: Contender): Promise<string[]> {
  const names = Array.from({ length: feeds }, (_, index) => `${mode}-${index}`);
  if (mode === "") return names;
  const ids: string[] = [];
  for (const name of names)
    ids.push((await addFeed(db, log, { url: `http://${host}/${mode}/${name}` })).feedId);
  return ids;
}
const isAsked = ({ name }: { name: string }) => name.includes(options.only);
const found = new Map<string, Speed[]>();
const firsts: Speed[] = [];
const running: { contender: Contender; ids: string[] }[] = [];
for (const one of [...others, ...ours.filter(isAsked)]) {
  const ids = await followed(one);
  const first = await speed(ids, one.call, { once: true }); // and warm
  if (one.mode === "item" || one.mode.startsWith("mostly")) firsts.push(first);
  running.push({ contender: one, ids });
}
for (let round = -1; round < rounds; round++)
  for (const { contender: one, ids } of running) {
    const measured = await speed(ids, one.call);
    if (round >= 0) found.set(one.name, [...(found.get(one.name) ?? []), measured]);
  }
if (firsts.length > 0) found.set("first poll, 50 new items", firsts);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const speedOf = (name: string): number =>
  median((found.get(name) ?? []).map((one) => one.perSecond));
/** The median of the rounds' ratios: what else the machine does disturbs both sides of a round. */
const ratioTo = (name: string, other: string): number => {
  const reference = found.get(other) ?? [];
  return median(
    (found.get(name) ?? []).map((one, round) => one.perSecond / (reference[round]?.perSecond ?? 1)),
  );
};

for (const [name, speeds] of found) {
  const cpuMs = median(speeds.map((one) => one.cpuMs));
  console.log(
    `${name.padEnd(44)} ${speedOf(name).toFixed(0).padStart(6)}/s ${cpuMs.toFixed(2).padStart(6)} ms CPU  ${ratioTo(
      name,
      others[0]?.name ?? "",
    )
      .toFixed(2)
      .padStart(5)} x`,
  );
}

const reaches = (measure: string, speed: number, target: number): Row => ({
  ...{ measure, measured: perSecond(speed), target: `≥ ${perSecond(target)}` },
  reached: speed >= target,
});

/** What came over the wire for one poll, beside what a reader fetches that neither asks for changes nor unpacks. */
async function saved(): Promise<Row> {
  press.send("bytes");
  const [wire] = (await once(press, "message")) as [
    Record<string, { answers: number; bytes: number }>,
  ];
  const each = (mode: string) => (wire[mode]?.bytes ?? 0) / (wire[mode]?.answers ?? 1);
  const share = 100 * (1 - each("mostly-packed") / each("head"));
  return {
    measure: "bytes saved where nine of ten are unchanged",
    measured: `${share.toFixed(1)} % (${Math.round(each("mostly-packed"))} of ${Math.round(each("head"))} bytes a poll)`,
    target: "≥ 95 %",
    reached: share >= 95,
  };
}

const targets: Row[] = [];
if (found.has(whole))
  targets.push(
    reaches(`polls, ${whole}`, speedOf(whole), 1_200),
    atLeast(`the same beside ${theirs}`, ratioTo(whole, theirs), 2),
  );
if (found.has(mostly)) targets.push(reaches(`polls, ${mostly}`, speedOf(mostly), 8_000));
if (found.has(packed)) targets.push(await saved());
conclude(targets);

await Promise.all([fetcher[Symbol.asyncDispose](), bare.destroy()]);
await log[Symbol.asyncDispose]();
await pool.end();
press.disconnect();
