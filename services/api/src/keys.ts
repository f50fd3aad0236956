import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { z } from "zod";

/** What a key may be used for. `read` covers pages, questions, feeds and the live tail; `admin` the administration too. */
const scopes = ["read", "export", "mcp", "admin"] as const;
export type Scope = (typeof scopes)[number];

/** A key as it may be shown: never the key itself. */
export interface Key {
  /** The beginning of the key: enough to recognise it. */
  keyId: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** What cannot be done with a key; the message is a sentence for people. */
export class KeyRefused extends Error {
  override name = "KeyRefused";
}

// biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
type Database = Kysely<any>;

const request = z.object({
  name: z.string().trim().min(1, "give the key a name: for whom or what it is").max(100),
  scopes: z.array(z.enum(scopes, `a key may be for ${scopes.join(", ")}`)).min(1),
  expiresAt: z.date().nullable(),
});

const idLength = 9;

/** Makes a key from 32 random bytes. It is returned once; the database keeps its SHA-256. */
export async function addKey(
  db: Database,
  asked: { name: string; scopes: readonly string[]; expiresAt: Date | null },
  random: Uint8Array,
): Promise<Key & { key: string }> {
  const parsed = request.safeParse(asked);
  if (!parsed.success)
    throw new KeyRefused(parsed.error.issues.map(({ message }) => message).join("; "));
  const { name, expiresAt } = parsed.data;
  const key = `nl_${Buffer.from(random).toString("base64url")}`;
  const { rows } = await sql<Row>`
    insert into newsledger.api_keys (key_id, name, hash, scopes, expires_at)
    select ${key.slice(0, idLength)}, ${name}, ${hashOf(key)}, ${[...new Set(parsed.data.scopes)]}, ${expiresAt}
    where ${expiresAt}::timestamptz is null or ${expiresAt}::timestamptz > now()
    returning *`.execute(db);
  const [row] = rows;
  if (!row) throw new KeyRefused(`a key that expires on ${expiresAt?.toISOString()} is of no use`);
  return { ...keyOf(row), key };
}

export async function listKeys(db: Database): Promise<Key[]> {
  const { rows } = await sql<Row>`
    select * from newsledger.api_keys order by created_at, key_id`.execute(db);
  return rows.map(keyOf);
}

export async function removeKey(db: Database, keyId: string): Promise<void> {
  const { rows } = await sql`
    delete from newsledger.api_keys where key_id = ${keyId} returning key_id`.execute(db);
  if (rows.length === 0)
    throw new KeyRefused(`there is no key ${keyId}: newsledger keys list shows those there are`);
}

/** Whose key this is; null when it is nobody's, or has expired. Notes, by the minute, that it was used. */
export async function findKey(db: Database, key: string): Promise<Key | null> {
  if (!/^nl_[\w-]{43}$/.test(key)) return null;
  const { rows } = await sql<Row & { stale: boolean }>`
    select *, coalesce(last_used_at < now() - interval '1 minute', true) as stale from newsledger.api_keys
    where hash = ${hashOf(key)} and (expires_at is null or expires_at > now())`.execute(db);
  const [row] = rows;
  if (!row) return null;
  if (row.stale)
    await sql`update newsledger.api_keys set last_used_at = now() where key_id = ${row.key_id}`.execute(
      db,
    );
  return keyOf(row);
}

/** Whether somebody can sign in for the administration. */
export async function hasAdministrators(db: Database): Promise<boolean> {
  const { rows } = await sql`
    select from newsledger.api_keys
    where 'admin' = any(scopes) and (expires_at is null or expires_at > now()) limit 1`.execute(db);
  return rows.length > 0;
}

/** May whoever holds these do this? */
export const allows = (held: readonly Scope[], scope: Scope): boolean =>
  held.includes(scope) || (scope === "read" && held.includes("admin"));

interface Row {
  key_id: string;
  name: string;
  scopes: Scope[];
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
}

const keyOf = (row: Row): Key => ({
  keyId: row.key_id,
  name: row.name,
  scopes: row.scopes,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
});

/** A key is 32 random bytes: nothing to guess, so one round of SHA-256 is enough. */
const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");
