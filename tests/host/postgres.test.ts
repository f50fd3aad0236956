import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  connectDatabase,
  createLogger,
  lockDataDirectory,
  openPool,
  openPostgres,
} from "@newsledger/host";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";

const logger = createLogger({ logLevel: "silent" });

let parent: string;
let dataDir: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "newsledger-host-"));
  dataDir = join(parent, "data");
});
afterEach(async () => {
  // Whatever a failed test left running is one that it started.
  const pid = await postmasterPid();
  if (pid !== null) process.kill(pid, "SIGQUIT");
  await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const open = () => openPostgres({ dataDir, databaseUrl: undefined }, logger);
const connect = () => connectDatabase({ dataDir, databaseUrl: undefined }, logger);

async function postmasterPid(): Promise<number | null> {
  const text = await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8").catch(() => "");
  return text === "" ? null : Number(text.split("\n")[0]);
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** A process of its own opens the server and is killed with -9, so the server loses its owner. */
async function openAndDie(): Promise<{ url: string }> {
  const script = `
    import { createLogger, openPostgres } from "@newsledger/host";
    const { url } = await openPostgres({ dataDir: process.argv[1] }, createLogger({ logLevel: "silent" }));
    console.log(url);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script, dataDir], {
    cwd: join(import.meta.dirname, "../../packages/host"),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  child.kill("SIGKILL");
  await once(child, "exit");
  return { url: String(line) };
}

async function eventually<T>(what: () => Promise<T>, withinMs = 15_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() >= until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

test("the built-in server listens on loopback only, keeps what it acknowledges, and sorts the same everywhere", async () => {
  await using postgres = await open();
  const [row] = await ask(
    postgres.url,
    `select current_database() as database, current_setting('listen_addresses') as listens,
            current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as synchronous, current_setting('full_page_writes') as pages,
            current_setting('idle_in_transaction_session_timeout') as idle, current_setting('server_encoding') as encoding,
            datlocprovider as provider, datlocale as locale
     from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({
    database: "newsledger",
    listens: "127.0.0.1",
    sockets: "",
    fsync: "on",
    synchronous: "on",
    pages: "on",
    idle: "1min",
    encoding: "UTF8",
    provider: "b",
    locale: "C.UTF-8",
  });
  expect((await stat(join(dataDir, "postgres.json"))).mode & 0o777).toBe(0o600);
  const wrong = new URL(postgres.url);
  wrong.password = "guess";
  await expect(ask(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
});

test("what was written is there after a stop and a start, on the same port", async () => {
  let first: string;
  {
    await using postgres = await open();
    first = postgres.url;
    await ask(first, "create table kept as select 42 as answer");
  }
  expect(await postmasterPid()).toBeNull();
  await using postgres = await open();
  expect(postgres.url).toBe(first);
  expect(await ask(postgres.url, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("stopping rolls back open transactions instead of waiting for them", async () => {
  const postgres = await open();
  const pool = openPool(postgres.url, { logger });
  const client = await pool.connect();
  client.on("error", () => {});
  await client.query("begin");
  await postgres[Symbol.asyncDispose]();
  expect(await postmasterPid()).toBeNull();
  client.release(true);
  await pool.end();
});

test("a server that is killed under us comes back on the same address with everything acknowledged", async () => {
  await using postgres = await open();
  await ask(postgres.url, "create table kept as select 42 as answer");
  process.kill((await postmasterPid()) ?? 0, "SIGKILL");
  const rows = await eventually(() => ask(postgres.url, "select answer from kept"));
  expect(rows).toEqual([{ answer: 42 }]);
});

test("a server left over by a killed process is taken over, and stopped at the end", async () => {
  const lost = await openAndDie();
  const pid = await postmasterPid();
  {
    await using postgres = await open();
    expect(postgres.url).toBe(lost.url);
    expect(await postmasterPid()).toBe(pid);
    expect(await ask(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
  }
  expect(await postmasterPid()).toBeNull();
});

test("after everything was killed the next start recovers", async () => {
  const lost = await openAndDie();
  await ask(lost.url, "create table kept as select 42 as answer");
  process.kill((await postmasterPid()) ?? 0, "SIGKILL");
  await using postgres = await open();
  expect(await ask(postgres.url, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("when somebody else took the port, another one is chosen and remembered", async () => {
  let port: number;
  {
    await using postgres = await open();
    port = Number(new URL(postgres.url).port);
  }
  const thief = createServer().listen(port, "127.0.0.1");
  try {
    await using postgres = await open();
    expect(Number(new URL(postgres.url).port)).not.toBe(port);
    expect(await ask(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(JSON.parse(await readFile(join(dataDir, "postgres.json"), "utf8")).port).toBe(
      Number(new URL(postgres.url).port),
    );
  } finally {
    thief.close();
  }
});

test("the data may lie below a directory that only its owner may enter, root's too", async () => {
  await chmod(parent, 0o700);
  await using postgres = await open();
  expect(await ask(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
  const { uid } = await stat(join(dataDir, "postgres"));
  if (process.getuid?.() === 0) expect(uid).not.toBe(0);
  else expect(uid).toBe(process.getuid?.());
});

test("a first start that was cut short leaves nothing in the way", async () => {
  await mkdir(join(dataDir, "postgres.draft"), { recursive: true });
  await writeFile(join(dataDir, "postgres.draft", "PG_VERSION"), "18");
  await writeFile(join(dataDir, "postgres.draft-password"), "old");
  await using postgres = await open();
  expect(await ask(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a lost password file is named, with what to do", async () => {
  {
    await using _postgres = await open();
  }
  await rm(join(dataDir, "postgres.json"));
  await expect(open()).rejects.toThrow("restore it from a backup");
});

test("commands share a server: one starts it, the other uses it, the last to leave stops it", async () => {
  const first = await connect();
  const second = await connect();
  expect(second.url).toBe(first.url);
  await first[Symbol.asyncDispose]();
  expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await second[Symbol.asyncDispose]();
  expect(await postmasterPid()).toBeNull();
});

test("a command uses the server of the instance that is up, and leaves it running", async () => {
  await using _lock = await lockDataDirectory(dataDir);
  await using postgres = await open();
  {
    await using command = await connect();
    expect(command.url).toBe(postgres.url);
  }
  expect(await ask(postgres.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a given database is used as it is", async () => {
  await using own = await open();
  await using postgres = await connectDatabase(
    { dataDir: "/nowhere", databaseUrl: own.url },
    logger,
  );
  expect(postgres.url).toBe(own.url);
});
