import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "../../harness/cluster.ts";

/** A Redis of the campaign's own, with an append-only file unless told otherwise; it comes back with what it wrote. */
export class RedisServer implements AsyncDisposable {
  readonly port: number;
  readonly client: Redis;
  readonly #directory: string;
  readonly #options: readonly string[];
  #process: ChildProcess | null = null;

  private constructor(port: number, directory: string, options: readonly string[]) {
    this.port = port;
    this.#directory = directory;
    this.#options = options;
    this.client = new Redis(port, "127.0.0.1", {
      lazyConnect: true,
      maxRetriesPerRequest: null,
      retryStrategy: () => 20,
    });
    this.client.on("error", () => {}); // it is killed on purpose
  }

  static async start(options: readonly string[] = []): Promise<RedisServer> {
    const directory = await mkdtemp(join(tmpdir(), "newsledger-faults-redis-"));
    const server = new RedisServer(await freePort(), directory, options);
    await server.start();
    return server;
  }

  url(port = this.port): string {
    return `redis://127.0.0.1:${port}`;
  }

  /** Resolves when it answers, after having read its file. */
  async start(): Promise<void> {
    this.#process = spawn(
      "redis-server",
      [
        ...["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.#directory],
        ...["--save", "", "--appendonly", "yes", "--appendfsync", "everysec"],
        ...["--maxmemory-policy", "noeviction", ...this.#options],
      ],
      { stdio: "ignore" },
    );
    const ended = once(this.#process, "exit").then(() => {
      throw new Error("redis-server ended at its start");
    });
    ended.catch(() => {}); // after its start its end is our doing
    await Promise.race([this.client.ping(), ended]);
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.disconnect();
    await this.#end("SIGTERM");
    await rm(this.#directory, { recursive: true, force: true });
  }
}
