import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../harness/cluster.ts";

const ours = join(import.meta.dirname, "../..");

/** The program of a checkout. */
export const mainOf = (checkout: string = ours): string =>
  join(checkout, "services/newsledger/bin/newsledger.mjs");

/** The product as its users start it, in a process of its own. */
export interface Product {
  readonly pid: number;
  readonly watchPort: number;
  /** Where its site is. */
  readonly origin: string;
  /** Ctrl-C; resolves when it has ended. */
  stop(): Promise<void>;
}

/** `newsledger up`; resolves when it is ready. Rejects with what it said when it ends before. */
export async function startProduct({
  env,
  node = [],
  args = [],
  checkout,
}: {
  env: Readonly<Record<string, string>>;
  /** Options of the Node that runs it. */
  node?: readonly string[];
  args?: readonly string[];
  /** Where another version lies. */
  checkout?: string;
}): Promise<Product> {
  const directory = await mkdtemp(join(tmpdir(), "newsledger-product-"));
  const [watchPort, port] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [...node, mainOf(checkout), "up", ...args], {
    cwd: directory,
    env: {
      ...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" },
      NEWSLEDGER_DATA_DIR: join(directory, "data"),
      NEWSLEDGER_POLLER_CATALOGUE: "none", // nothing leaves this machine
      NEWSLEDGER_WATCH_PORT: String(watchPort),
      PORT: String(port),
      LOG_LEVEL: "error",
      ...env,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  await ready(child);
  child.stderr?.pipe(process.stderr);
  return {
    pid: child.pid ?? 0,
    watchPort,
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode === null && child.signalCode === null && child.kill("SIGINT")) await gone;
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("Newsledger is ready")) resolve();
    });
    child.once("exit", (code) =>
      reject(new Error(`newsledger up ended (${code}) before it was ready:\n${said}`)),
    );
  });
