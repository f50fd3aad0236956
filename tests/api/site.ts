import {
  type ApiOptions,
  migrations as apiMigrations,
  createService,
  type FeedDetail,
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

/** With a past: what a feed that had trouble, moved and fell silent leaves behind. */
const pastOf = (feed: FeedSummary, newest: readonly string[]): FeedDetail => ({
  ...feed,
  ...{ source: "El Eco", language: "es", items: 1_240, polls: 5_012, failures: 3 },
  lastPolledAt: new Date("2023-10-01T08:55:00Z"),
  lastNewItemAt: new Date("2023-09-20T07:45:00Z"),
  failingSince: feed.state === "degraded" ? new Date("2023-09-20T09:00:00Z") : null,
  ...{ intervalSeconds: 1_500, validators: true, pace: feed.reason ? "failing" : "rhythm" },
  hubUntil: new Date("2023-10-04T00:00:00Z"),
  redirect: { to: "https://eco.example/feed.xml", times: 2 },
  warnings: ["The document was cut off; 12 complete items were read."],
  newest,
  days: Array.from({ length: 30 }, (_, nth) => ({
    day: new Date(Date.UTC(2023, 8, 2 + nth)).toISOString().slice(0, 10),
    items: nth > 18 ? 0 : (nth * 7) % 11,
  })),
  history: [
    ["2023-08-01T06:00:00Z", "feed.added", "Followed from now on."],
    [
      "2023-08-09T10:00:00Z",
      "feed.moved",
      "It moved for good, and is asked at https://eco.example/rss now; before, at http://eco.example/rss.",
    ],
    ["2023-09-01T10:00:00Z", "feed.gap_suspected", "Items may have been missed."],
    ["2023-09-20T10:00:00Z", "feed.degraded", "In trouble, after 3 tries: it answers 403."],
  ].map(([at = "", type = "", told = ""]) => ({ at: new Date(at), type, told })),
});

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
    feed: async (id) => {
      const feed = feeds.find(({ feedId }) => feedId === id);
      const { rows } = await pool.query<{ item_id: string }>(
        "select item_id from coverage.items group by 1 order by min(position) desc limit 8",
      );
      return feed
        ? pastOf(
            feed,
            rows.map((row) => row.item_id),
          )
        : null;
    },
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
