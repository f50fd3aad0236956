import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { createService } from "@newsledger/api";
import {
  contentId,
  itemSeen,
  type NewsEvents,
  newsCodec,
  streams,
  textHash,
} from "@newsledger/core";
import { migrations as logMigrations, migrate, openEventLog } from "@newsledger/eventlog";
import { createLogger, loadConfig, openDatabase, openPool } from "@newsledger/host";
import { openMemoryQueue } from "@newsledger/queue";
import { keepReadModels, migrations } from "@newsledger/readmodels";
import { freePort } from "../harness/cluster.ts";
import { atMost, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "200" },
    events: { type: "string", default: "100" },
    restarts: { type: "string", default: "3" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/live.ts [options]: how soon listeners hear what was committed

  --clients 200  listeners of /v1/events/stream
  --events 100   events, one every 50 ms
  --restarts 3   times that the web service is stopped and started meanwhile; listeners resume by Last-Event-ID`;

/** Keeps when each position was heard; counts what came twice. */
interface Listener {
  heard: Map<string, number>;
  repeated: number;
}

/** Comes back whenever the stream ends, as browsers do. */
async function listenOn(url: string, signal: AbortSignal, listener: Listener): Promise<void> {
  while (!signal.aborted) {
    await listen(url, signal, listener).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function listen(url: string, signal: AbortSignal, listener: Listener): Promise<void> {
  const last = [...listener.heard.keys()].at(-1);
  const headers = last === undefined ? {} : { "Last-Event-ID": last };
  const response = await fetch(url, { signal, headers });
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString("utf8");
    const messages = text.split("\n\n");
    text = messages.pop() ?? "";
    for (const message of messages) {
      const id = /^id: (\d+)\n.*\ndata: /m.exec(message)?.[1];
      if (id === undefined) continue;
      if (listener.heard.has(id)) listener.repeated += 1;
      listener.heard.set(id, performance.now());
    }
  }
}

const seen = (nth: number) => {
  const itemId = contentId("item", `live-${nth}`);
  const title = `Item number ${nth}`;
  const item = {
    title,
    summary: "",
    source: "Press",
    author: null,
    language: "en",
    publishedAt: null,
  };
  const links = { link: null, url: null, feedId: "feed", textHash: null, backfill: false };
  return {
    stream: streams.item(itemId),
    event: itemSeen.create({ itemId, ...item, ...links, contentHash: textHash(title) }),
  };
};

async function bench(): Promise<void> {
  await using server = await startServer();
  const pool = openPool(await server.database("live"), { max: 30 });
  await migrate(pool, [...logMigrations, ...migrations]);
  const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
  const env = { PORT: String(await freePort()), LOG_LEVEL: "fatal" };
  const config = loadConfig({ env, cwd: import.meta.dirname });
  const resources = {
    config,
    pool,
    log,
    db: openDatabase(pool),
    queue: openMemoryQueue(),
    logger: createLogger(config),
    clock: { now: () => new Date() },
  };
  const keeper = keepReadModels({ log, db: resources.db });
  await keeper.caughtUp();
  const start = () => createService({ topics: [], version: "bench" }).start(resources);
  let service = await start();
  const left = new AbortController();
  const listeners = Array.from(
    { length: Number(values.clients) },
    (): Listener => ({ heard: new Map(), repeated: 0 }),
  );
  const listening = listeners.map((one) =>
    listenOn(`${config.publicUrl}/v1/events/stream?after=0`, left.signal, one),
  );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const committed = new Map<string, number>();
  const events = Number(values.events);
  const between = Math.ceil(events / (Number(values.restarts) + 1));
  for (let nth = 0; nth < events; nth += 1) {
    if (nth > 0 && nth % between === 0) {
      await service[Symbol.asyncDispose]();
      service = await start();
    }
    const { stream, event } = seen(nth);
    const result = await log.append(stream, [event]);
    if (result.status !== "conflict") committed.set(String(result.lastPosition), performance.now());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  left.abort();
  await Promise.all(listening);
  const delays = [...committed].flatMap(([position, at]) =>
    listeners.map(({ heard }) => (heard.get(position) ?? Number.POSITIVE_INFINITY) - at),
  );
  delays.sort((a, b) => a - b);
  const at = (share: number) => delays[Math.floor(delays.length * share)] ?? 0;
  const lost = delays.filter((delay) => !Number.isFinite(delay)).length;
  console.log(
    table([
      atMost("commit to listener, median", at(0.5), 1_000, " ms"),
      atMost("commit to listener, p95", at(0.95), 1_000, " ms"),
      atMost("lost", lost, 0, ""),
      atMost(
        "heard twice",
        listeners.reduce((sum, { repeated }) => sum + repeated, 0),
        0,
        "",
      ),
    ]),
  );
  console.log(
    `\n${listeners.length} listeners, ${committed.size} events, Node ${process.version}, ${cpus().length} processors, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}`,
  );
  await service[Symbol.asyncDispose]();
  await keeper[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
  await resources.queue[Symbol.asyncDispose]();
  await pool.end();
}

if (values.help) console.log(usage);
else await bench();
