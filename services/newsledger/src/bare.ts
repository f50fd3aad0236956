import { type Config, connectDatabase, createLogger, loadConfig, openPool } from "@newsledger/host";
import type { Terminal } from "./terminal.ts";

/** The database as it is, or is not yet: nothing is migrated, nothing is brought up to date. */
export async function withDatabase(
  terminal: Terminal,
  work: (database: { config: Config; pool: ReturnType<typeof openPool> }) => Promise<void>,
): Promise<void> {
  const config = loadConfig({ env: terminal.env, cwd: terminal.cwd });
  const logger = createLogger({
    ...config,
    logLevel: config.logLevel === "info" ? "warn" : config.logLevel,
  });
  await using database = await connectDatabase(config, logger);
  const pool = openPool(database.url);
  await using _pool = { [Symbol.asyncDispose]: () => pool.end() };
  await work({ config, pool });
}
