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
import { startServer } from "./server.ts";

/**
 * Polls per second with guard, hash and database, as many as keep the poller busy, and the CPU that each costs this
 * process, round by round in one run beside three that keep nothing: fetch and rss-parser, rss-parser's own parseURL, and
 * undici alone asking for what has not changed. The queue is left out. `--only TEXT` runs those whose names contain it;
 * `--callers N` is the poller's concurrency.
 */

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rounds: { type: "string", default: "5" },
    callers: { type: "string", default: "256" },
  },
});
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

/** `count` calls, going round the ids. */
async function speed(
  ids: readonly string[],
  count: number,
  call: (id: string) => Promise<boolean>,
): Promise<Speed> {
  let [begun, done] = [0, 0];
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const caller = async () => {
    while (begun < count) if (await call(ids[begun++ % ids.length] ?? "")) done += 1;
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
  readonly polls: number;
  readonly call: (id: string) => Promise<boolean>;
}
const contender = (name: string, mode: string, feeds: number, polls: number): Contender => ({
  ...{ name, mode, feeds, polls },
  call: poll,
});
const others: readonly Contender[] = [
  { name: "fetch + rss-parser, nothing kept", mode: "", feeds: 50, polls: 400, call: plain },
  { name: "rss-parser's parseURL, nothing kept", mode: "", feeds: 50, polls: 400, call: parseUrl },
  { name: "undici alone, 304, nothing kept", mode: "", feeds: 50, polls: 6_000, call: unchanged },
];
const ours: readonly Contender[] = [
  contender("200, only the head is new", "head", 300, 2_000),
  contender("200, one new item of 50", "item", 300, 600),
  contender("304 each time", "never", 600, 8_000),
  contender("nine of ten 304, the tenth with a new head", "mostly-head", 600, 6_000),
  contender("nine of ten 304, the tenth with a new item", "mostly", 600, 4_000),
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
  const first = await speed(ids, ids.length, one.call); // and warm
  if (one.mode === "item" || one.mode.startsWith("mostly")) firsts.push(first);
  running.push({ contender: one, ids });
}
for (let round = -1; round < rounds; round++)
  for (const { contender: one, ids } of running) {
    const measured = await speed(ids, one.polls, one.call);
    if (round >= 0) found.set(one.name, [...(found.get(one.name) ?? []), measured]);
  }
if (firsts.length > 0) found.set("first poll, 50 new items", firsts);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const [reference = []] = found.values();
for (const [name, speeds] of found) {
  const perSecond = median(speeds.map((one) => one.perSecond));
  const cpuMs = median(speeds.map((one) => one.cpuMs));
  const ratios = speeds.map((one, round) => one.perSecond / (reference[round]?.perSecond ?? 1));
  console.log(
    `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(6)}/s ${cpuMs.toFixed(2).padStart(6)} ms CPU  ${median(ratios).toFixed(2).padStart(5)} x`,
  );
}

await Promise.all([fetcher[Symbol.asyncDispose](), bare.destroy()]);
await log[Symbol.asyncDispose]();
await pool.end();
press.disconnect();
