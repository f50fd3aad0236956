import { existsSync } from "node:fs";
import { join } from "node:path";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { type EventLog, migrate, openEventLog } from "@newsledger/eventlog";
import {
  type Clock,
  type Config,
  connectDatabase,
  createLogger,
  loadConfig,
  openDatabase,
  openPool,
  type Resources,
  readRunning,
  systemClock,
} from "@newsledger/host";
import { type CaseTopic, keepReadModels, type Reader } from "@newsledger/readmodels";
import type { Args, OptionSpecs } from "./command.ts";
import { migrations } from "./migrations.ts";
import { note, type Terminal } from "./terminal.ts";
import { caseTopics } from "./topics.ts";

/** An open ledger, as the commands that ask or manage see it. */
export interface Ledger {
  readonly config: Config;
  readonly pool: ReturnType<typeof openPool>;
  readonly db: Reader;
  readonly log: EventLog<NewsEvents>;
  readonly topics: readonly CaseTopic[];
  readonly logger: Resources["logger"];
  readonly clock: Clock;
  /** What a person who found nothing may try. */
  readonly hint: string | null;
}

export const ledgerOptions: OptionSpecs = {
  demo: { type: "boolean", meaning: "ask the demonstration's ledger" },
};

/** Which ledger is meant: that of DATABASE_URL, else the one that runs, else one that exists. */
export function chooseDirectory(facts: {
  named: boolean;
  demoAsked: boolean;
  realRuns: boolean;
  realExists: boolean;
  demoRuns: boolean;
  demoExists: boolean;
}): "real" | "demo" {
  if (facts.demoAsked) return "demo";
  if (facts.named || facts.realRuns) return "real";
  if (facts.demoRuns) return "demo";
  return !facts.realExists && facts.demoExists ? "demo" : "real";
}

/** There is no ledger to ask. */
class NoLedger extends Error {
  override name = "NoLedger";
}

/** Opens the ledger, lets `work` use it, and closes everything. Only managing may make one; asking makes none. */
export async function withLedger(
  args: Args,
  terminal: Terminal,
  work: (ledger: Ledger) => Promise<void>,
  { create = false }: { create?: boolean } = {},
): Promise<void> {
  const { config, hint } = await configFor(args, terminal);
  if (!create && !config.databaseUrl && !hasLedger(config.dataDir)) {
    throw new NoLedger(
      `There is no ledger in ${config.dataDir} yet. Start one with: newsledger up — or see a simulated one: newsledger demo`,
    );
  }
  const logger = createLogger({
    ...config,
    logLevel: config.logLevel === "info" ? "warn" : config.logLevel,
  });
  await using database = await connectDatabase(config, logger);
  const pool = openPool(database.url);
  await using _pool = { [Symbol.asyncDispose]: () => pool.end() };
  await migrate(pool, migrations);
  await using log = await openEventLog<NewsEvents>({ pool, codec: newsCodec, logger });
  const db = openDatabase(pool);
  // With nobody else at work, the read models may lie behind the log: bring them up before they are asked.
  const alone = !config.databaseUrl && (await readRunning(config.dataDir)) === null;
  if (alone) await catchUp(log, db);
  await work({ config, pool, db, log, logger, topics: caseTopics(), clock: systemClock, hint });
}

async function catchUp(log: EventLog<NewsEvents>, db: Reader): Promise<void> {
  await using keeper = keepReadModels({ log, db });
  await keeper.caughtUp(undefined, { timeoutMs: 600_000 });
}

/** The configuration of the ledger that is meant, and a note on stderr when that is the demonstration's. */
async function configFor(
  args: Args,
  terminal: Terminal,
): Promise<{ config: Config; hint: string | null }> {
  const config = loadConfig({ env: terminal.env, cwd: terminal.cwd });
  const demo = demoDirectory(config);
  const demoExists = hasLedger(demo);
  const choice = chooseDirectory({
    named: Boolean(config.databaseUrl),
    demoAsked: args.options.demo === true,
    realRuns: (await readRunning(config.dataDir)) !== null,
    realExists: hasLedger(config.dataDir),
    demoRuns: (await readRunning(demo)) !== null,
    demoExists,
  });
  if (choice === "real") {
    return { config, hint: demoExists ? "the demonstration's ledger answers with --demo" : null };
  }
  note(terminal, "(asking the demonstration's ledger: simulated coverage)");
  const { databaseUrl: _, ...rest } = config;
  return { config: { ...rest, dataDir: demo }, hint: null };
}

const hasLedger = (directory: string): boolean => existsSync(join(directory, "postgres"));

/** Simulated coverage never enters the ledger of real news (docs/adr/010). */
export const demoDirectory = (config: Config): string => join(config.dataDir, "demo");
