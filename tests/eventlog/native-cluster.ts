import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../harness/cluster.ts";

const run = promisify(execFile);
const needed = ["initdb", "pg_ctl", "pg_dump", "psql"];
const debian = "/usr/lib/postgresql";

/** Where a whole Postgres lies, server and clients of one version; the embedded one comes without pg_dump. */
function findPrograms(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ].find((directory) => needed.every((program) => existsSync(join(directory, program))));
}

const programs = findPrograms();

/** Why tests with pg_dump cannot run here; undefined when they can. Under CI a missing pg_dump is a failure. */
export const pgDumpMissing: string | undefined =
  programs || process.env.CI === "true" ? undefined : `no ${needed.join(", ")} in one directory`;

const program = (name: string): string => {
  if (!programs)
    throw new Error("tests with pg_dump: install Postgres' server and client programs");
  return join(programs, name);
};

export interface NativeCluster extends AsyncDisposable {
  /** Database `postgres`, as a superuser. */
  readonly url: string;
}

/** A cluster of its own from the installed programs, on a spare port, in a directory that goes away with it. */
export async function startNativeCluster(): Promise<NativeCluster> {
  const directory = await mkdtemp(join(tmpdir(), "newsledger-native-"));
  const as = await whoRunsPostgres();
  if (as.uid !== undefined && as.gid !== undefined) await chown(directory, as.uid, as.gid);
  await chmod(directory, 0o755);
  const data = join(directory, "data");
  const port = await freePort();
  await run(program("initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-N"], as);
  const options = `-p ${port} -k ${directory} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const server = ["-D", data, "-w", "-l", join(directory, "log")];
  await run(program("pg_ctl"), [...server, "-o", options, "start"], as);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      await run(program("pg_ctl"), ["-D", data, "-m", "immediate", "-w", "stop"], as);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root. */
async function whoRunsPostgres(): Promise<{ uid?: number; gid?: number; cwd: string }> {
  if (process.getuid?.() !== 0) return { cwd: tmpdir() };
  const id = async (flag: string) => Number((await run("id", [flag, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g"), cwd: tmpdir() };
}

export async function dump(url: string, file: string): Promise<void> {
  await run(program("pg_dump"), ["-d", url, "-f", file, "--no-owner"]);
}

/** Stops at the first error. */
export async function restore(file: string, url: string): Promise<void> {
  await run(program("psql"), ["-d", url, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-f", file], {
    maxBuffer: 64 * 1024 * 1024,
  });
}
