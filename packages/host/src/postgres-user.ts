import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How to start a Postgres program: Postgres refuses to run as root, so root starts it as somebody else. */
export interface Account {
  /** Owner for the files; null when it runs as ourselves. */
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** Command and arguments to put before the program's own. */
  readonly prefix: readonly string[];
}

/** Root cannot start Postgres here; the message says what would help. */
export class NoAccount extends Error {
  override name = "NoAccount";
}

/** Ourselves; or for root the owner of the data, else the users `postgres` or `nobody`. */
export async function accountFor(directory: string, programs: string): Promise<Account> {
  if (process.getuid?.() !== 0) return { owner: null, prefix: [] };
  const owner =
    (await ownerOf(directory)) ?? (await userOf("postgres")) ?? (await userOf("nobody"));
  if (!owner)
    throw new NoAccount(
      "Postgres does not run as root, and there is no user `postgres` or `nobody` to run it. " +
        "Create one (useradd --system postgres), start Newsledger as another user, or set DATABASE_URL.",
    );
  const closed = (await barrier(directory, owner)) ?? (await barrier(programs, owner));
  if (closed === null) return { owner, prefix: [] };
  const prefix = await passageFor(owner);
  if (prefix) return { owner, prefix };
  throw new NoAccount(
    `Postgres does not run as root but as user ${owner.uid}, who may not pass through ${closed}. ` +
      `Either allow it (chmod o+x ${closed}), keep the data elsewhere (NEWSLEDGER_DATA_DIR=/var/lib/newsledger), ` +
      "start Newsledger as another user, or set DATABASE_URL.",
  );
}

interface Owner {
  uid: number;
  gid: number;
}

async function ownerOf(directory: string): Promise<Owner | null> {
  const found = await stat(directory).catch(() => null);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null;
}

async function userOf(name: string): Promise<Owner | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** The first directory above a path that this user may not pass through; null when the way is free. */
async function barrier(path: string, { uid, gid }: Owner): Promise<string | null> {
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    const found = await stat(parent).catch(() => null);
    if (found) {
      const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return parent;
    }
    if (parent === dirname(parent)) return null;
  }
}

const capabilities = [
  { name: "dac_read_search", bit: 2n },
  { name: "dac_override", bit: 1n }, // all that some containers leave to root
];

/**
 * On Linux a program can be given one capability of root, here to pass through closed directories.
 * `no_setuid_fixup`: initdb asks with access(2), which otherwise judges as if the capability were not there.
 */
async function passageFor({ uid, gid }: Owner): Promise<string[] | null> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const permitted = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? "0"}`);
  for (const { name, bit } of capabilities) {
    if (((permitted >> bit) & 1n) === 0n) continue;
    const only = `-all,+${name}`;
    const prefix = [
      "setpriv",
      `--reuid=${uid}`,
      `--regid=${gid}`,
      "--clear-groups",
      `--inh-caps=${only}`,
      `--ambient-caps=${only}`,
      `--bounding-set=${only}`,
      "--securebits=+no_setuid_fixup",
      "--no-new-privs",
    ];
    const works = await run(prefix[0] ?? "", [...prefix.slice(1), "true"]).then(
      () => true,
      () => false,
    );
    if (works) return prefix;
  }
  return null;
}
