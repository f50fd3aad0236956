import {
  type ApiOptions,
  migrations as apiMigrations,
  createService,
  type FeedSummary,
} from "@newsledger/api";
import { createLogger, createMetrics, loadConfig } from "@newsledger/host";
import { openMemoryQueue } from "@newsledger/queue";
import { freePort } from "../harness/cluster.ts";
import { type Ledger, openLedger, six } from "../readmodels/coverage.ts";

/** The web service over a real ledger, on a port of its own. */
export interface Site extends AsyncDisposable {
  readonly ledger: Ledger;
  readonly origin: string;
  get(path: string, init?: RequestInit): Promise<Response>;
}

const bilateral = {
  id: "us-venezuela",
  title: { en: "US–Venezuela", es: "EE. UU.–Venezuela" },
  subjects: [],
} as const;

const feeds: FeedSummary[] = [
  {
    feedId: "feed-one",
    title: "Diario Uno",
    url: "https://uno.example/rss",
    state: "healthy",
    lastGoodPollAt: new Date("2023-10-01T08:55:00Z"),
    nextPollAt: new Date("2023-10-01T09:10:00Z"),
    reason: null,
  },
  {
    feedId: "feed-two",
    title: "El Eco <b>",
    url: "https://eco.example/rss",
    state: "degraded",
    lastGoodPollAt: new Date("2023-09-20T08:00:00Z"),
    nextPollAt: null,
    reason: "It answers 403 since 20 September.",
  },
];

export async function openSite(options: Partial<ApiOptions> = {}): Promise<Site> {
  const ledger = await openLedger(apiMigrations);
  const served = await serve(ledger, options);
  return {
    ledger,
    ...served,
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]();
      await ledger[Symbol.asyncDispose]();
    },
  };
}

/** One run of the service over a ledger that outlives it. */
export async function serve(
  ledger: Ledger,
  options: Partial<ApiOptions> = {},
): Promise<Omit<Site, "ledger">> {
  const { pool, db } = ledger.database;
  const port = await freePort();
  const config = loadConfig({
    env: { PORT: String(port), LOG_LEVEL: "fatal" },
    cwd: import.meta.dirname,
  });
  const queue = openMemoryQueue();
  const service = createService({
    topics: [six, bilateral],
    version: "0.0.0-test",
    feeds: async () => feeds,
    ...options,
  });
  const running = await service.start({
    config,
    pool,
    db,
    log: ledger.log,
    queue,
    logger: createLogger(config),
    clock: { now: () => new Date("2023-10-01T09:00:00Z") },
    metrics: createMetrics(),
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    get: (path, init) => fetch(`${origin}${path}`, init),
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
    },
  };
}
