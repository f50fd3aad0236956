import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { DatabaseUnfit, query, waitForDatabase } from "./database.ts";
import { findBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import {
  type Access,
  accessUrl,
  databaseName,
  freePort,
  lastComplaints,
  newPassword,
  openServerLog,
  postgresPaths,
  readAccess,
  readPostmaster,
  writeAccess,
} from "./postgres-files.ts";
import { type Account, accountFor } from "./postgres-user.ts";
import { isAlive, programName } from "./process-identity.ts";

const run = promisify(execFile);

export interface Postgres extends AsyncDisposable {
  readonly url: string;
}

/** The built-in server did not come up; carries the last lines of its log. */
export class PostgresFailed extends Error {
  override name = "PostgresFailed";
}

/**
 * The ledger's database: DATABASE_URL once it answers, else the built-in server of the data directory.
 * Whoever starts the built-in one must hold the lock of the data directory.
 */
export async function openPostgres(
  config: Pick<Config, "dataDir" | "databaseUrl">,
  logger: Logger,
): Promise<Postgres> {
  if (config.databaseUrl === undefined) return startEmbedded(config.dataDir, logger);
  await waitForDatabase(config.databaseUrl, 30_000);
  return { url: config.databaseUrl, async [Symbol.asyncDispose]() {} };
}

/** What starting and stopping needs to know. */
interface Cluster {
  readonly dataDir: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account;
  readonly logger: Logger;
}

/** The built-in server of a data directory. */
export interface Embedded extends Postgres {
  /** Lets the server run on, for others who use it. */
  leave(): Promise<void>;
}

export async function startEmbedded(dataDir: string, logger: Logger): Promise<Embedded> {
  await mkdir(dataDir, { recursive: true });
  const binaries = await findBinaries();
  const account = await accountFor(postgresPaths(dataDir).cluster, binaries.postgres);
  const cluster: Cluster = { dataDir, binaries, account, logger };
  let access = (await readAccess(dataDir)) ?? null;
  if (!(await exists(postgresPaths(dataDir).cluster))) access = await initialise(cluster);
  if (!access) {
    const { access: path } = postgresPaths(dataDir);
    throw new PostgresFailed(
      `${path} is missing: restore it from a backup (it holds the password)`,
    );
  }
  if (!(await adopt(cluster, access))) access = await launch(cluster, access);
  await createDatabase(access);
  const watch = keepAlive(cluster, access);
  return {
    url: accessUrl(access),
    async leave() {
      await watch[Symbol.asyncDispose]();
    },
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]();
      await stop(cluster);
    },
  };
}

/** Makes the cluster beside its place and moves it there when whole: a crash in between leaves nothing half done. */
async function initialise({ dataDir, binaries, account, logger }: Cluster): Promise<Access> {
  const paths = postgresPaths(dataDir);
  for (const name of await readdir(dataDir))
    if (name.startsWith("postgres.draft")) await rm(join(dataDir, name), { recursive: true });
  const draft = join(dataDir, "postgres.draft");
  const passwordFile = join(dataDir, "postgres.draft-password");
  const access = { port: await freePort(), password: newPassword() };
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, access.password, { mode: 0o600 });
  if (account.owner) {
    await chown(draft, account.owner.uid, account.owner.gid);
    await chown(passwordFile, account.owner.uid, account.owner.gid);
  }
  logger.info({ directory: paths.cluster }, "creating the database");
  try {
    await runAs(account, binaries.initdb, [
      `--pgdata=${draft}`,
      "--encoding=UTF8",
      // Built in: the same order of words on every machine, whatever locales it has.
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
      "--auth=scram-sha-256",
      "--username=newsledger",
      `--pwfile=${passwordFile}`,
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeAccess(dataDir, access);
  await rename(draft, paths.cluster);
  return access;
}

/** A server left over by a process that was killed: taken over when it answers, stopped when it does not. */
async function adopt(cluster: Cluster, access: Access): Promise<boolean> {
  const postmaster = await readPostmaster(cluster.dataDir);
  if (!postmaster || !(await isPostgres(postmaster.pid))) {
    // In a new container another program may have the old pid: Postgres would then refuse to start.
    if (postmaster) await removePidFile(cluster.dataDir);
    return false;
  }
  const url = accessUrl(access, "postgres");
  const answers = postmaster.port === access.port && (await isOurs(url, cluster.dataDir));
  if (answers) cluster.logger.info({ pid: postmaster.pid }, "database server taken over");
  else await stop(cluster);
  return answers;
}

async function isOurs(url: string, dataDir: string): Promise<boolean> {
  try {
    await waitForDatabase(url, 5_000);
    const [row] = await query<{ directory: string }>(
      url,
      "select current_setting('data_directory') as directory",
    );
    return row?.directory === postgresPaths(dataDir).cluster;
  } catch {
    return false;
  }
}

/** Starts the server and waits until it answers; a port taken by somebody else is changed for a free one. */
async function launch(cluster: Cluster, access: Access): Promise<Access> {
  const paths = postgresPaths(cluster.dataDir);
  const until = Date.now() + 20_000;
  for (;;) {
    const port = await freePort(access.port);
    const chosen = { ...access, port };
    if (port !== access.port) await writeAccess(cluster.dataDir, chosen);
    const from = (await stat(paths.log).catch(() => null))?.size ?? 0;
    const failed = await attempt(cluster, chosen);
    if (!failed) return chosen;
    const complaints = await lastComplaints(paths.log, from);
    // After a kill the old server's children need a moment to notice; a port may be lost to a race.
    const passing = /shared memory block|could not bind|Address already in use|lock file/.test(
      complaints,
    );
    if (!passing || Date.now() >= until)
      throw new PostgresFailed(
        `The built-in database did not start (log: ${paths.log}):\n${complaints || failed}`,
      );
    await pause(250);
  }
}

/** One start. Answers null when the server is ready, else why it is not. */
async function attempt(cluster: Cluster, access: Access): Promise<string | null> {
  const child = await spawnServer(cluster, access.port);
  const { promise: exited, resolve } = Promise.withResolvers<string>();
  child.once("error", (error) => resolve(error.message));
  child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  // After a crash it first replays its log, which may take a while.
  const over = new AbortController();
  const ready = waitForDatabase(accessUrl(access, "postgres"), 120_000, over.signal);
  ready.catch(() => {}); // when the race is over already
  try {
    return await Promise.race([ready.then(() => null), exited]);
  } catch (error) {
    if (error instanceof DatabaseUnfit) throw error;
    child.kill("SIGQUIT");
    return error instanceof Error ? error.message : String(error);
  } finally {
    over.abort();
  }
}

const serverSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: "100",
  shared_buffers: "128MB",
  idle_in_transaction_session_timeout: "60s",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  jit: "off",
};

async function spawnServer(
  { dataDir, binaries, account }: Cluster,
  port: number,
): Promise<ChildProcess> {
  const paths = postgresPaths(dataDir);
  const log = await openServerLog(paths.log);
  try {
    const settings = Object.entries({ ...serverSettings, port: String(port) });
    const [command, args] = asAccount(account, binaries.postgres, [
      "-D",
      paths.cluster,
      ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ]);
    const child = spawn(command, args, {
      // A process group of its own: Ctrl-C must reach the services first, and the server last.
      detached: true,
      windowsHide: true,
      stdio: ["ignore", log.fd, log.fd],
      cwd: "/",
      ...identityOf(account),
    });
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function createDatabase(access: Access): Promise<void> {
  const url = accessUrl(access, "postgres");
  const rows = await query(url, "select 1 from pg_database where datname = $1", [databaseName]);
  if (rows.length === 0) await query(url, `create database ${databaseName}`);
}

/** Starts the server again, on its port, when it dies under us. */
function keepAlive(cluster: Cluster, access: Access): AsyncDisposable {
  const ending = new AbortController();
  const watch = async (): Promise<void> => {
    let waitMs = 500;
    while (!ending.signal.aborted) {
      await pause(waitMs, undefined, { signal: ending.signal, ref: false }).catch(() => {});
      const postmaster = await readPostmaster(cluster.dataDir);
      if (ending.signal.aborted || (postmaster && (await isPostgres(postmaster.pid)))) continue;
      cluster.logger.error("the database server died; starting it again");
      const failed = await attempt(cluster, access).catch(String);
      if (failed) cluster.logger.error({ reason: failed }, "the database server does not start");
      else cluster.logger.info("the database server is back");
      waitMs = failed ? Math.min(waitMs * 2, 10_000) : 500;
    }
  };
  const watching = watch();
  return {
    async [Symbol.asyncDispose]() {
      ending.abort();
      await watching;
    },
  };
}

/** Fast shutdown: open transactions are rolled back, everything acknowledged is kept. */
async function stop({ dataDir, binaries, account, logger }: Cluster): Promise<void> {
  const { cluster } = postgresPaths(dataDir);
  const order = (mode: string, seconds: number) =>
    runAs(account, binaries.pgCtl, ["stop", "-D", cluster, "-m", mode, "-w", "-t", `${seconds}`]);
  const postmaster = await readPostmaster(dataDir);
  if (!postmaster || !(await isPostgres(postmaster.pid))) return;
  try {
    await order("fast", 8);
  } catch (err) {
    logger.warn({ err }, "the database server did not stop in time; stopping it at once");
    await order("immediate", 8);
  }
}

/** A live process that is, as far as can be told, a Postgres. */
async function isPostgres(pid: number): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const name = await programName(pid);
  return name === null || name.startsWith("postgres");
}

const removePidFile = (dataDir: string): Promise<void> =>
  rm(join(postgresPaths(dataDir).cluster, "postmaster.pid"), { force: true });

function asAccount(
  account: Account,
  program: string,
  args: readonly string[],
): [string, readonly string[]] {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  return [command, rest];
}

/** Without a prefix that changes the user, the spawn itself does. */
const identityOf = ({ owner, prefix }: Account) => (owner && prefix.length === 0 ? owner : {});

async function runAs(account: Account, program: string, args: readonly string[]): Promise<void> {
  const [command, rest] = asAccount(account, program, args);
  try {
    await run(command, [...rest], { cwd: "/", timeout: 120_000, ...identityOf(account) });
  } catch (cause) {
    const said = String((cause as { stderr?: string }).stderr ?? "").trim();
    throw new PostgresFailed(`${program}: ${said || String(cause)}`, { cause });
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
