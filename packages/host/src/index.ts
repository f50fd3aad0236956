export { systemClock } from "./clock.ts";
export {
  type Config,
  ConfigError,
  type ConfigRow,
  type ConfigSources,
  describeConfig,
  loadConfig,
} from "./config.ts";
export { connectDatabase } from "./connect.ts";
export {
  DatabaseUnfit,
  openDatabase,
  openPool,
  type PoolOptions,
  waitForDatabase,
} from "./database.ts";
export {
  AlreadyRunning,
  type DataLock,
  type LockOptions,
  lockDataDirectory,
  type Running,
  readRunning,
} from "./lock.ts";
export { createLogger, type LoggerOptions, secretsHidden } from "./logger.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
export { openPostgres, type Postgres, PostgresFailed } from "./postgres.ts";
export { PostgresMissing } from "./postgres-binaries.ts";
export { NoAccount } from "./postgres-user.ts";
export { type RunOptions, run } from "./run.ts";
export { type Step, spanIdOf, type Tracer, traceIdOf } from "./step.ts";
export { onTermination } from "./termination.ts";
export { openTracer } from "./tracer.ts";
export type { Clock, Resources, Service } from "./types.ts";
export {
  addKey,
  forgetOldKeys,
  installationVault,
  isSealed,
  openVault,
  SecretLocked,
  type Vault,
} from "./vault.ts";
