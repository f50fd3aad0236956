import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { FeedOutcome, Validators } from "../fetch/types.ts";
import { failed, fetched } from "./answer.ts";
import { mailbox } from "./maildir.ts";

/** Of a longer file the end is read: what was appended last. */
const readBytes = 16 << 20;

/** A source on this machine: a file of any kind that is a feed (file:), or a mailbox (maildir:). */
export const isLocal = (url: string): boolean => /^(file|maildir):/i.test(url);

/** The address of what a person named by its path or address; null when it is neither. */
export async function localAddress(named: string, directory: string): Promise<string | null> {
  if (isLocal(named)) {
    const url = pathToFileURL(pathOf(named)).href;
    return /^maildir:/i.test(named) ? url.replace(/^file/, "maildir") : url;
  }
  const path = resolve(directory, named);
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  const url = pathToFileURL(path).href;
  return found.isDirectory() ? url.replace(/^file/, "maildir") : url;
}

/** The answer of a local source, as a server would give it. Only addresses that an operator named come here. */
export async function readLocal(url: string, known: Validators = {}): Promise<FeedOutcome> {
  const path = pathOf(url);
  try {
    return /^maildir:/i.test(url) ? await mailbox(path, url, known) : await file(path, url, known);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    if (code === null) throw error;
    return failed("no-file", `${path} ${trouble[code] ?? `cannot be read (${code})`}.`);
  }
}

const trouble: Readonly<Record<string, string>> = {
  ENOENT: "does not exist on this machine",
  EACCES: "may not be read by Newsledger",
  EPERM: "may not be read by Newsledger",
  EISDIR: "is a directory, and no mailbox (maildir)",
  ENOTDIR: "is no directory",
};

const pathOf = (url: string): string =>
  fileURLToPath(url.replace(/^maildir:(\/\/)?(?=\/)/i, "file://"));

async function file(path: string, url: string, known: Validators): Promise<FeedOutcome> {
  const { size, mtimeMs, ino } = await stat(path);
  const etag = `"${ino}-${size}-${mtimeMs}"`;
  if (known.etag === etag) return { outcome: "not-modified", status: 304, etag, finalUrl: url };
  await using handle = await open(path);
  const start = Math.max(0, size - readBytes);
  const room = Buffer.alloc(Math.min(size, readBytes));
  const { buffer, bytesRead } = await handle.read(room, 0, room.length, start);
  const bytes = buffer.subarray(0, bytesRead);
  // Half a line is none: what was cut off stood before.
  return fetched(url, start === 0 ? bytes : bytes.subarray(bytes.indexOf(10) + 1), etag);
}
