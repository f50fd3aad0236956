import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./cluster.ts";

const main = join(import.meta.dirname, "../../services/newsledger/src/main.ts");

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One installation of Newsledger, used as a person uses it: by its command line, in its own data directory. */
export class Installation implements AsyncDisposable {
  readonly directory: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  readonly #program: string;
  readonly #nodeOptions: readonly string[];
  #process: ChildProcess | null = null;
  #notes = "";

  private constructor(
    directory: string,
    port: number,
    env: Record<string, string>,
    program: string,
    nodeOptions: readonly string[],
  ) {
    this.directory = directory;
    this.port = port;
    this.#program = program;
    this.#nodeOptions = nodeOptions;
    this.env = {
      ...inherited(),
      NEWSLEDGER_DATA_DIR: join(directory, "data"),
      NEWSLEDGER_POLLER_CATALOGUE: "none", // tests never call the world's feeds
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: "warn",
      ...env,
    };
  }

  /** `program`: the entry of another version of Newsledger than this one; `nodeOptions`: of the Node that runs it. */
  static async create(
    env: Record<string, string> = {},
    program = main,
    nodeOptions: readonly string[] = [],
  ): Promise<Installation> {
    const directory = await mkdtemp(join(tmpdir(), "newsledger-run-"));
    await chmod(directory, 0o755);
    return new Installation(directory, await freePort(), env, program, nodeOptions);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The process that `up` started. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Everything that the running process has said on stderr. */
  get notes(): string {
    return this.#notes;
  }

  /** `newsledger up`; resolves when it says that it is ready. Rejects with what it said when it ends before. */
  async up(...args: string[]): Promise<void> {
    const child = spawn(process.execPath, [...this.#nodeOptions, this.#program, "up", ...args], {
      cwd: this.directory,
      env: this.env,
      stdio: ["ignore", "ignore", "pipe"],
      detached: true, // a process group of its own, so that all of it can be killed
    });
    this.#process = child;
    this.#notes = "";
    await new Promise<void>((resolve, reject) => {
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        this.#notes += text;
        if (this.#notes.includes("Newsledger is ready")) resolve();
      });
      child.once("exit", (code, signal) => {
        reject(
          new Error(`newsledger up ended (${code ?? signal}) before it was ready:\n${this.#notes}`),
        );
      });
    });
  }

  /** Ctrl-C; resolves with the exit code when the process is gone. */
  async stop(signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null)
      return child?.exitCode ?? null;
    const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill(signal);
    return gone;
  }

  /** kill -9 of the whole process group that `up` started. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, "SIGKILL");
    await gone;
  }

  /** One call of the command line. */
  async run(...args: string[]): Promise<Answer> {
    return runCommand([this.#program, ...args], this.env, this.directory);
  }

  /** One call that must succeed; its stdout. */
  async ask(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`newsledger ${args.join(" ")} ended with ${code}:\n${stderr}`);
    return stdout;
  }

  /** The rows of a call with --ndjson. */
  async rows<R = Record<string, unknown>>(...args: string[]): Promise<R[]> {
    const text = await this.ask(...args, "--ndjson");
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as R);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGTERM");
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
  input?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd,
      env,
      stdio: ["pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.stdin.on("error", () => {}); // it may end without reading
    child.stdin.end(input ?? "");
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** What a fresh shell would have: nothing of the test's own settings. */
const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined &&
        !/^(NEWSLEDGER_|DATABASE_URL|QUEUE_URL|SMTP_URL|MAIL_FROM|PUBLIC_URL|PORT|VITEST|NODE_ENV)/.test(
          entry[0],
        ),
    ),
  );

/** Asks again until the answer holds; fails with the last answer when it never does. */
export async function until<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  { seconds = 30, everyMs = 200 }: { seconds?: number; everyMs?: number } = {},
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (performance.now() > end)
      throw new Error(
        `still not so after ${seconds} s: ${JSON.stringify(answer)?.slice(0, 2_000)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
