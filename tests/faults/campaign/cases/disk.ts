import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { disturb, type FaultCase, NotHere } from "../case.ts";
import { PostgresServer } from "../postgres-server.ts";

const run = promisify(execFile);

/** The disk under Postgres is full; then there is room again. */
export const diskFull: FaultCase = {
  name: "disk-full",
  title: "the disk under Postgres full for 10 s (a small tmpfs), then there is room again",
  expected:
    "no half of an append, 0 lost; first effect within 2 s of there being room and a server",
  backends: ["postgres", "redis"],
  async run(setting) {
    await using disk = await smallDisk("600m");
    await using postgres = await PostgresServer.start({
      directory: disk.directory,
      settings: { max_wal_size: "64MB", min_wal_size: "32MB", wal_recycle: "off" },
    });
    return await disturb(
      { ...setting, ground: { ...setting.ground, postgres } },
      {
        rounds: Math.min(setting.scale.rounds, 3),
        reachMs: 2_000,
        async fault() {
          const filler = join(disk.directory, "filler");
          await fill(filler);
          await pause(10_000);
          await rm(filler);
          await backInService(postgres);
        },
      },
    );
  },
};

async function smallDisk(size: string) {
  const directory = await mkdtemp(join(tmpdir(), "newsledger-faults-disk-"));
  await run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", directory]).catch((cause) => {
    throw new NotHere(`a small disk cannot be made here: ${String(cause.stderr ?? cause).trim()}`);
  });
  return {
    directory,
    async [Symbol.asyncDispose]() {
      await run("umount", ["-l", directory]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** To the last byte. */
async function fill(path: string): Promise<void> {
  await using file = await open(path, "w");
  for (const size of [1 << 20, 1 << 12])
    for (;;) {
      try {
        const { bytesWritten } = await file.write(Buffer.alloc(size));
        if (bytesWritten < size) break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOSPC") break;
        throw error;
      }
    }
}

/** It recovers by itself, or has given up: then it is started, as a supervisor would. */
async function backInService(postgres: PostgresServer): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    if (
      await postgres.ask("select 1").then(
        () => true,
        () => false,
      )
    )
      return;
    if (!(await postgres.isRunning())) await postgres.start();
    await pause(100);
  }
  throw new Error("Postgres did not come back after its disk had room again");
}
