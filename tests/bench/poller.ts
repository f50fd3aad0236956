import { fork } from "node:child_process";
import { once } from "node:events";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { migrate, openEventLog } from "@newsledger/eventlog";
import { createFetcher, parseFeed, secondOpinion } from "@newsledger/feeds";
import { createLogger, loadConfig, openDatabase } from "@newsledger/host";
import { addFeed, migrations, openDesk, pollFeed } from "@newsledger/poller";
import { sql } from "kysely";
import pg from "pg";
import { startServer } from "./server.ts";

/**
 * Polls per second with guard, hash and database, and the CPU that each costs this process, beside a plain fetch (undici)
 * and rss-parser that keep nothing, round by round in one run. The queue is left out.
 */

const feeds = 300;
const firstReads = 150;
const callers = 64;
const rounds = 5;

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
const poller = { fetcher, parse: parseFeed, desk: openDesk({ db, log, config }) };
const never = new AbortController().signal;

interface Speed {
  readonly perSecond: number;
  readonly cpuMs: number;
}

async function speed<T>(ids: readonly T[], call: (id: T) => Promise<unknown>): Promise<Speed> {
  const left = ids.values();
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const caller = async () => {
    for (const id of left) await call(id);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: ids.length / seconds, cpuMs: (user + system) / 1000 / ids.length };
}

const poll = async (feedId: string): Promise<void> => {
  const polled = await pollFeed({ config, db, log, logger }, poller, feedId, never);
  if (typeof polled === "string") throw new Error(`poll ${feedId}: ${polled}`);
};
const plain = async (feed: string): Promise<void> => {
  const answer = await fetch(`http://${host}/plain/${feed}`);
  const { readable } = await secondOpinion(await answer.text());
  if (!readable) throw new Error(`feed ${feed} could not be read`);
};
const followed = async (mode: string, from: number, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let feed = from; feed < from + count; feed++)
    ids.push((await addFeed(db, log, { url: `http://${host}/${mode}/${feed}` })).feedId);
  return ids;
};
const polled = (ids: readonly string[]) => async (): Promise<Speed> => {
  await sql`update newsledger.feeds set next_poll_at = now() - interval '1 second'`.execute(db);
  return speed(ids, poll);
};

const names = Array.from({ length: feeds }, (_, index) => `p${index}`);
const mostly = await followed("mostly", 20_000, feeds);
const contenders: Record<string, () => Promise<Speed>> = {
  "fetch + rss-parser, nothing kept": () => speed(names, plain),
  "200, only the head is new": polled(await followed("head", 0, feeds)),
  "200, one new item of 50": polled(await followed("item", 10_000, feeds)),
  "nine of ten 304, the tenth with a new item": polled([...mostly]),
};
const found = new Map<string, Speed[]>();
for (const contend of Object.values(contenders)) await contend(); // first polls, and warm
for (let round = 0; round < rounds; round++)
  for (const [name, contend] of Object.entries(contenders))
    found.set(name, [...(found.get(name) ?? []), await contend()]);
const fresh = await followed("item", 30_000, firstReads);
found.set("first poll, 50 new items", [await polled(fresh)()]);

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

await fetcher[Symbol.asyncDispose]();
await log[Symbol.asyncDispose]();
await pool.end();
press.disconnect();
