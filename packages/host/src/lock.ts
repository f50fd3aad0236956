import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { isAlive, startTicks } from "./process-identity.ts";

const lockFile = "newsledger.lock";
const beatMs = 10_000;

const holder = z.object({
  token: z.string(),
  pid: z.number(),
  /** Names the process together with the pid, where /proc says it. */
  startTicks: z.string().nullable(),
  host: z.string(),
  purpose: z.enum(["up", "command"]),
  startedAt: z.iso.datetime(),
  httpUrl: z.string().optional(),
});
type Holder = z.output<typeof holder>;

/** The running instance of a data directory. */
export interface Running {
  readonly pid: number;
  readonly startedAt: Date;
  readonly httpUrl?: string | undefined;
}

/** Another Newsledger works on this data directory. */
export class AlreadyRunning extends Error {
  override name = "AlreadyRunning";
  readonly pid: number;
  readonly startedAt: Date;
  readonly httpUrl: string | undefined;
  constructor(dir: string, { pid, startedAt, httpUrl, host, purpose }: Holder) {
    const where = host === hostname() ? "" : ` on ${host}`;
    const who =
      purpose === "up" ? "Newsledger is already running" : "A Newsledger command is at work";
    super(
      `${who} on ${dir}: process ${pid}${where}, since ${startedAt}${httpUrl ? `, at ${httpUrl}` : ""}. ` +
        "Stop it first, or give this one a data directory of its own (NEWSLEDGER_DATA_DIR).",
    );
    this.pid = pid;
    this.startedAt = new Date(startedAt);
    this.httpUrl = httpUrl;
  }
}

export interface DataLock extends AsyncDisposable {
  /** Tells other commands where this instance answers. */
  announce(facts: { httpUrl: string }): Promise<void>;
}

export interface LockOptions {
  /** `up` runs the services; a `command` holds the directory for its own short length. */
  readonly purpose?: "up" | "command";
  /** How long to wait for a command that holds it; one that is `up` is never waited for. */
  readonly waitMs?: number;
}

/** One instance per data directory. The lock of a process that was killed is recognised and taken over. */
export async function lockDataDirectory(dir: string, options: LockOptions = {}): Promise<DataLock> {
  const { purpose = "up", waitMs = 10_000 } = options;
  await mkdir(dir, { recursive: true });
  const mine = await self(purpose);
  const until = Date.now() + waitMs;
  for (;;) {
    if (await create(dir, mine)) return hold(dir, mine);
    const other = await read(dir);
    if (other === null) continue; // released between the two looks
    if (other !== "damaged" && (await holds(dir, other))) {
      if (other.purpose === "up" || Date.now() >= until) throw new AlreadyRunning(dir, other);
      await pause(100);
    } else await evict(dir, other);
  }
}

/** The instance that runs the services of this data directory, if one does. */
export async function readRunning(dir: string): Promise<Running | null> {
  const other = await read(dir);
  if (other === null || other === "damaged" || other.purpose !== "up") return null;
  if (!(await holds(dir, other))) return null;
  return { pid: other.pid, startedAt: new Date(other.startedAt), httpUrl: other.httpUrl };
}

const self = async (purpose: Holder["purpose"]): Promise<Holder> => ({
  token: randomUUID(),
  pid: process.pid,
  startTicks: await startTicks(process.pid),
  host: hostname(),
  purpose,
  startedAt: new Date().toISOString(),
});

/** A hard link appears whole or not at all, and fails when the name is taken. */
async function create(dir: string, mine: Holder): Promise<boolean> {
  const draft = join(dir, `${lockFile}.${mine.token}`);
  await writeFile(draft, JSON.stringify(mine));
  try {
    await link(draft, join(dir, lockFile));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(dir: string, name = lockFile): Promise<Holder | "damaged" | null> {
  const text = await readFile(join(dir, name), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return holder.parse(JSON.parse(text));
  } catch {
    return "damaged"; // a power cut may leave an empty file
  }
}

async function holds(dir: string, other: Holder): Promise<boolean> {
  if (other.host !== hostname()) {
    // Another machine's or container's process cannot be looked up: its heartbeat speaks for it.
    const beat = await stat(join(dir, lockFile)).catch(() => null);
    return beat !== null && Date.now() - beat.mtimeMs < 3 * beatMs;
  }
  if (!(await isAlive(other.pid))) return false;
  const ticks = await startTicks(other.pid);
  return ticks === null || other.startTicks === null || ticks === other.startTicks;
}

const evictionMs = 10_000;

/**
 * Removes a dead holder's lock. One at a time: who looked a moment ago must not remove the lock of the one who has taken the
 * dead one's place since. Whoever finds another at it comes back.
 */
async function evict(dir: string, dead: Holder | "damaged"): Promise<void> {
  const guard = join(dir, `${lockFile}.evict`);
  try {
    await writeFile(guard, "", { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const at = await stat(guard).catch(() => null);
    // Killed at it: it takes milliseconds.
    if (at !== null && Date.now() - at.mtimeMs > evictionMs) await rm(guard, { force: true });
    await pause(10);
    return;
  }
  try {
    const now = await read(dir);
    const same = now === dead || (now !== null && tokenOf(now) === tokenOf(dead));
    if (same) await rm(join(dir, lockFile), { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

const tokenOf = (value: Holder | "damaged" | null): string | null =>
  value === null || value === "damaged" ? null : value.token;

function hold(dir: string, mine: Holder): DataLock {
  const path = join(dir, lockFile);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {}); // the directory may be gone; the next start decides
  }, beatMs);
  beat.unref();
  return {
    async announce({ httpUrl }) {
      const draft = join(dir, `${lockFile}.${randomUUID()}`);
      await writeFile(draft, JSON.stringify({ ...mine, httpUrl }));
      await rename(draft, path);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      if (tokenOf(await read(dir)) === mine.token) await rm(path, { force: true });
    },
  };
}
