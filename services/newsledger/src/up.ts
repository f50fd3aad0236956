import { seedRules } from "@newsledger/alerts";
import { jobs, type NewsEvents, newsCodec, pipeline, requestsFor } from "@newsledger/core";
import { seedLocalSubscription } from "@newsledger/digest";
import { migrate, openEventLog } from "@newsledger/eventlog";
import { feedCatalogue } from "@newsledger/feeds";
import {
  type Config,
  createMetrics,
  lockDataDirectory,
  openDatabase,
  openPool,
  openPostgres,
  openTracer,
  type Resources,
  run,
  type Service,
  systemClock,
} from "@newsledger/host";
import { giveMemoryBack } from "@newsledger/host/give-back";
import { seedCatalogue } from "@newsledger/poller";
import { openQueue, startReconciler, startRelay, workSource } from "@newsledger/queue";
import { keepReadModels } from "@newsledger/readmodels";
import { assemble, type Role, roles } from "./assemble.ts";
import { migrations } from "./migrations.ts";
import { observeSystem } from "./system/gauges.ts";
import { watchService } from "./system/watch.ts";
import { forgetTraces, traceLedger } from "./trace-ledger.ts";

export interface UpOptions {
  readonly only?: readonly Role[];
  /** What a new ledger starts with: the shipped feeds, a rule, a local mailbox. */
  readonly seed?: (resources: Resources) => Promise<void>;
  /** Called when every service works. */
  readonly ready?: (resources: Resources) => Promise<void>;
}

/** Opens everything, runs the services until the signal, and closes everything in reverse. */
export async function up(
  config: Config,
  logger: Resources["logger"],
  signal: AbortSignal,
  { only = roles, seed = seedShipped, ready }: UpOptions = {},
): Promise<void> {
  using _heap = giveMemoryBack();
  await using lock = await lockDataDirectory(config.dataDir);
  await using postgres = await openPostgres(config, logger);
  await bringUpToDate(postgres.url);
  const pool = openPool(postgres.url, { max: 30, silenceSeconds: 60, logger });
  await using _pool = { [Symbol.asyncDispose]: () => pool.end() };
  const metrics = createMetrics({ ofProcess: true });
  await using log = await openEventLog<NewsEvents>({ pool, codec: newsCodec, logger, metrics });
  await using queue = await openQueue({
    databaseUrl: postgres.url,
    redisUrl: config.queueUrl,
    logger,
  });
  await queue.check();
  const db = openDatabase(pool);
  const clock = systemClock;
  await using tracer = await openTracer(config, logger);
  const resources: Resources = { config, pool, db, log, queue, logger, clock, metrics, tracer };
  observeSystem(resources);
  await seed(resources);
  const announcement: Service = {
    name: "announcement",
    async start() {
      if (only.includes("api")) await lock.announce({ httpUrl: config.publicUrl });
      await ready?.(resources);
      return { async [Symbol.asyncDispose]() {} };
    },
  };
  const watch = config.watchPort === undefined ? [] : [watchService(config.watchPort)];
  const services = [...watch, ledgerKeeper, ...assemble(resources, only), announcement];
  await run(services, resources, signal);
}

/** A migration may take long, or wait for another process that migrates. */
async function bringUpToDate(url: string): Promise<void> {
  const pool = openPool(url, { max: 1 });
  await migrate(pool, migrations).finally(() => pool.end());
}

/** What every process does for the ledger, whatever its role: one of them at a time holds each lease. */
const ledgerKeeper: Service = {
  name: "ledger",
  async start(resources: Resources): Promise<AsyncDisposable> {
    const { log, queue, db, logger, config, tracer } = resources;
    const started = new AsyncDisposableStack();
    if (tracer) started.use(traceLedger(resources, tracer));
    else await forgetTraces(resources);
    started.use(keepReadModels({ log, db, logger }));
    const types = [...new Set(pipeline.map(({ type }) => type))];
    started.use(startRelay({ log, queue, db, logger }, { name: "relay", types, requestsFor }));
    const sources = [workSource(db, Object.values(jobs))];
    started.use(
      startReconciler({ queue, logger }, sources, {
        everySeconds: config.queue.reconcileEverySeconds,
      }),
    );
    return started;
  },
};

/** The shipped feeds (their first answers count as history), the default rule, and the local mailbox. */
async function seedShipped({ db, log, config }: Resources): Promise<void> {
  if (config.poller.catalogue === "shipped") await seedCatalogue(db, log, feedCatalogue());
  await seedRules(db);
  if (!config.smtpUrl) await seedLocalSubscription(db, log);
}
