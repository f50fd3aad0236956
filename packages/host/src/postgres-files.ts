import { randomBytes } from "node:crypto";
import { open, readFile, rename, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { z } from "zod";

/** Where everything of the built-in server lies below the data directory. */
export const postgresPaths = (dataDir: string) => ({
  cluster: join(dataDir, "postgres"),
  access: join(dataDir, "postgres.json"),
  log: join(dataDir, "postgres.log"),
});

/** The database of the ledger in the built-in server. */
export const databaseName = "newsledger";

const access = z.object({ port: z.int().min(1).max(65_535), password: z.string().min(1) });
export type Access = z.output<typeof access>;

/** The way into the built-in server; null when there is none yet. */
export async function readAccess(dataDir: string): Promise<Access | null> {
  const path = postgresPaths(dataDir).access;
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return access.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `${path} is damaged: restore it from a backup (it holds the port and password)`,
      {
        cause,
      },
    );
  }
}

/** Written whole or not at all, readable by its owner alone. */
export async function writeAccess(dataDir: string, value: Access): Promise<void> {
  const path = postgresPaths(dataDir).access;
  const draft = `${path}.new`;
  await writeFile(draft, `${JSON.stringify(value)}\n`, { mode: 0o600, flush: true });
  await rename(draft, path);
}

export const newPassword = (): string => randomBytes(24).toString("base64url");

export const accessUrl = ({ port, password }: Access, database: string = databaseName): string =>
  `postgres://newsledger:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** What Postgres says of itself in its pid file. */
export async function readPostmaster(
  dataDir: string,
): Promise<{ pid: number; port: number } | null> {
  const file = join(postgresPaths(dataDir).cluster, "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3] ?? 0) } : null;
}

/** A TCP port on loopback: the wanted one when nobody has it, else a free one. */
export async function freePort(wanted = 0): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? 0;
}

const tryPort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });

const logLimit = 16 * 1024 * 1024;

/** Opens the server's log for appending; a long one is set aside first, replacing the one before. */
export async function openServerLog(path: string): Promise<Awaited<ReturnType<typeof open>>> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size > logLimit) await rename(path, `${path}.1`);
  return open(path, "a", 0o600);
}

/** The last complaints in the server's log, for an error message. */
export async function lastComplaints(path: string, from: number): Promise<string> {
  const text = (await readFile(path).catch(() => Buffer.alloc(0))).subarray(from).toString("utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const serious = lines.filter((line) => /\b(FATAL|PANIC|ERROR|HINT|DETAIL|error):/.test(line));
  return (serious.length > 0 ? serious : lines).slice(-4).join("\n");
}
