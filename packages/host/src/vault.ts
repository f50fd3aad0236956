import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/**
 * Keeps secrets unreadable in the database (AES-256-GCM): a dump of it is worth nothing without the key. `place` says
 * where the secret belongs ("webhook:<id>:secret"); sealed text that was moved elsewhere does not open.
 */
export interface Vault {
  seal(secret: string, place: string): string;
  /** Throws SecretLocked when the key is another one, or the text was changed or moved. */
  open(sealed: string, place: string): string;
  /** Sealed with the key that seals now: what is not should be sealed again. */
  isCurrent(sealed: string): boolean;
}

/** A secret cannot be read with the keys that there are. */
export class SecretLocked extends Error {
  override name = "SecretLocked";
}

const mark = "sealed:1:";
const algorithm = "aes-256-gcm";

/** Whether this is sealed text, in whatever key. */
export const isSealed = (text: string): boolean => text.startsWith(mark);

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/** A vault whose keys are asked for each time: the first seals, all of them open. */
export function openVault(
  keys: () => readonly string[],
  random: (count: number) => Buffer = randomBytes,
): Vault {
  let known = keys().map(keyOf);
  const find = (id: string): Key | undefined => known.find((key) => key.id === id);
  return {
    seal(secret, place) {
      const [key] = known;
      if (!key) throw new SecretLocked(`seal ${place}: there is no key`);
      const nonce = random(12);
      const cipher = createCipheriv(algorithm, key.bytes, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      const packed = Buffer.concat([nonce, cipher.getAuthTag(), body]);
      return `${mark}${key.id}:${packed.toString("base64url")}`;
    },
    open(sealed, place) {
      const [id = "", packed = ""] = sealed.slice(mark.length).split(":");
      if (!isSealed(sealed)) throw new SecretLocked(`open ${place}: it is not sealed`);
      // Another process may have replaced the key since.
      if (!find(id)) known = keys().map(keyOf);
      const key = find(id);
      if (!key)
        throw new SecretLocked(
          `open ${place}: it was sealed with key ${id}, which is not here; put back the key file (secret.key) or NEWSLEDGER_SECRET_KEY that belongs to this database`,
        );
      return decipher(key, Buffer.from(packed, "base64url"), place);
    },
    isCurrent: (sealed) => isSealed(sealed) && sealed.startsWith(`${mark}${known[0]?.id}:`),
  };
}

function decipher(key: Key, packed: Buffer, place: string): string {
  try {
    const opener = createDecipheriv(algorithm, key.bytes, packed.subarray(0, 12), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(place))
      .setAuthTag(packed.subarray(12, 28));
    return Buffer.concat([opener.update(packed.subarray(28)), opener.final()]).toString("utf8");
  } catch (cause) {
    throw new SecretLocked(`open ${place}: it was changed, or belongs elsewhere`, { cause });
  }
}

/** 32 bytes in base64, or a passphrase of any length, of which the hash is taken. */
function keyOf(text: string): Key {
  const raw = Buffer.from(text, "base64");
  const exact = raw.length === 32 && raw.toString("base64") === text;
  const bytes = exact ? raw : createHash("sha256").update(text).digest();
  return { bytes, id: createHash("sha256").update(bytes).digest("hex").slice(0, 8) };
}

const fileName = "secret.key";

/** The vault of an installation: keys from the setting, else from a file in the data directory, made at first use. */
export function installationVault({
  dataDir,
  secretKey,
}: {
  readonly dataDir: string;
  readonly secretKey?: string | undefined;
}): Vault {
  return openVault(() => (secretKey === undefined ? keysInFile(dataDir) : wordsOf(secretKey)));
}

/**
 * Puts a new key before the others in the file. Until `forgetOldKeys`, what was sealed before can still be opened: seal
 * everything again in between.
 */
export function addKey(dataDir: string, random: (count: number) => Buffer = randomBytes): void {
  const keys = keysInFile(dataDir);
  write(dataDir, [random(32).toString("base64"), ...keys]);
}

/** Leaves only the key that seals now. */
export function forgetOldKeys(dataDir: string): void {
  write(dataDir, keysInFile(dataDir).slice(0, 1));
}

const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== "");

function keysInFile(dataDir: string): string[] {
  const path = join(dataDir, fileName);
  const found = read(path);
  if (found !== null) return found;
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, path); // of two that start at once, the first one's key stands
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read(path) ?? [];
}

function read(path: string): string[] | null {
  try {
    const keys = wordsOf(readFileSync(path, "utf8"));
    if (keys.length === 0)
      throw new SecretLocked(
        `read ${path}: it is empty; put back the key that belongs to this database`,
      );
    return keys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The file appears whole or not at all. */
function write(dataDir: string, keys: readonly string[]): void {
  const path = join(dataDir, fileName);
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${keys.join("\n")}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}
