import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { AlreadyRunning, lockDataDirectory, readRunning } from "@newsledger/host";
import { afterEach, beforeEach, expect, test } from "vitest";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "newsledger-lock-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const lockPath = () => join(dir, "newsledger.lock");
const rewrite = async (change: Record<string, unknown>) => {
  const held = JSON.parse(await readFile(lockPath(), "utf8"));
  await writeFile(lockPath(), JSON.stringify({ ...held, ...change }));
};

test("a second instance is refused, and told who runs, since when, where, and what to do", async () => {
  await using lock = await lockDataDirectory(dir);
  await lock.announce({ httpUrl: "http://127.0.0.1:8787" });
  const refused = await lockDataDirectory(dir).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AlreadyRunning);
  expect((refused as AlreadyRunning).pid).toBe(process.pid);
  expect((refused as AlreadyRunning).message).toMatch(
    /already running on .*process \d+, since 20.*, at http:\/\/127\.0\.0\.1:8787\. Stop it first/,
  );
});

test("a running instance can be found, and is gone when it ended", async () => {
  expect(await readRunning(dir)).toBeNull();
  {
    await using lock = await lockDataDirectory(dir);
    await lock.announce({ httpUrl: "http://127.0.0.1:8787" });
    expect(await readRunning(dir)).toMatchObject({
      pid: process.pid,
      httpUrl: "http://127.0.0.1:8787",
    });
  }
  expect(await readRunning(dir)).toBeNull();
  expect(await readdir(dir)).toEqual([]);
});

test("the lock of a killed process is taken over", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await once(child, "spawn");
  {
    await using _lock = await lockDataDirectory(dir);
    await rewrite({ pid: child.pid, startTicks: null, token: "theirs" });
    await expect(lockDataDirectory(dir)).rejects.toThrow(`process ${child.pid}`);
  }
  child.kill("SIGKILL");
  await once(child, "exit");
  await using _taken = await lockDataDirectory(dir);
  expect((await readRunning(dir))?.pid).toBe(process.pid);
});

test("another program under the old process number does not keep the lock", async () => {
  const old = await lockDataDirectory(dir);
  await rewrite({ startTicks: "1", token: "old" });
  await using _taken = await lockDataDirectory(dir);
  await old[Symbol.asyncDispose](); // must not remove what is no longer its own
  expect((await readRunning(dir))?.pid).toBe(process.pid);
});

test("a damaged lock file is replaced", async () => {
  await writeFile(lockPath(), "");
  await using _lock = await lockDataDirectory(dir);
  expect((await readRunning(dir))?.pid).toBe(process.pid);
});

test("a lock of another machine holds while its heart beats", async () => {
  await using _lock = await lockDataDirectory(dir);
  await rewrite({ host: `${hostname()}-other`, pid: 999_999_999, token: "theirs" });
  await expect(lockDataDirectory(dir)).rejects.toThrow(`on ${hostname()}-other`);
  const lately = new Date(Date.now() - 60_000);
  await utimes(lockPath(), lately, lately);
  await using _taken = await lockDataDirectory(dir);
  expect((await readRunning(dir))?.pid).toBe(process.pid);
});

test("up waits for a command to finish; nobody waits for one that is up", async () => {
  const command = await lockDataDirectory(dir, { purpose: "command" });
  expect(await readRunning(dir)).toBeNull(); // a command is not a running instance
  const up = lockDataDirectory(dir);
  await command[Symbol.asyncDispose]();
  await using _lock = await up;
  expect((await readRunning(dir))?.pid).toBe(process.pid);
});

test("an eviction that was broken off by a kill holds nobody up", async () => {
  const stale = await lockDataDirectory(dir);
  await rewrite({ pid: 999_999_999, token: "stale" });
  const guard = join(dir, "newsledger.lock.evict");
  await writeFile(guard, "");
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(guard, longAgo, longAgo);
  await using _mine = await lockDataDirectory(dir);
  expect(await readdir(dir)).toEqual(["newsledger.lock"]);
  await stale[Symbol.asyncDispose]();
});

test.for(Array.from({ length: 20 }, (_, nth) => nth))(
  "of many that want a stale lock at once, exactly one gets it (%i)",
  async () => {
    const stale = await lockDataDirectory(dir);
    await rewrite({ pid: 999_999_999, token: "stale" });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => lockDataDirectory(dir)),
    );
    const winners = outcomes.flatMap((o) => (o.status === "fulfilled" ? [o.value] : []));
    expect(winners).toHaveLength(1);
    expect(
      outcomes.every((o) => o.status === "fulfilled" || o.reason instanceof AlreadyRunning),
    ).toBe(true);
    await winners[0]?.[Symbol.asyncDispose]();
    await stale[Symbol.asyncDispose]();
    expect(await readdir(dir)).toEqual([]);
  },
);
