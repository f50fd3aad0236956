import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Scope } from "./keys.ts";

/** Someone who signed in with a key. The browser holds 32 random bytes; the database what recognises them. */
export interface Session {
  token: string;
  keyId: string;
  name: string;
  scopes: Scope[];
}

// biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
type Database = Kysely<any>;

export const sessionSeconds = 12 * 3600;

/** Begins a session of this key, and forgets those that have ended. Returns its token, once. */
export async function beginSession(
  db: Database,
  keyId: string,
  random: Uint8Array,
): Promise<string> {
  const token = Buffer.from(random).toString("base64url");
  await sql`delete from newsledger.api_sessions where expires_at <= now()`.execute(db);
  await sql`
    insert into newsledger.api_sessions (hash, key_id, expires_at)
    values (${hashOf(token)}, ${keyId}, now() + make_interval(secs => ${sessionSeconds}))`.execute(
    db,
  );
  return token;
}

/** Null when it never was, has ended, or its key has expired; the sessions of a key that is removed go with it. */
export async function findSession(db: Database, token: string): Promise<Session | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const { rows } = await sql<{ key_id: string; name: string; scopes: Scope[] }>`
    select k.key_id, k.name, k.scopes
    from newsledger.api_sessions s join newsledger.api_keys k using (key_id)
    where s.hash = ${hashOf(token)} and s.expires_at > now()
      and (k.expires_at is null or k.expires_at > now())`.execute(db);
  const [row] = rows;
  return row ? { token, keyId: row.key_id, name: row.name, scopes: row.scopes } : null;
}

export async function endSession(db: Database, token: string): Promise<void> {
  await sql`delete from newsledger.api_sessions where hash = ${hashOf(token)}`.execute(db);
}

/** Proof that a form came from a page that we made for whoever holds this secret. */
export const formToken = (secret: string): string =>
  createHmac("sha256", secret).update("form").digest("base64url");

export const isFormToken = (secret: string, given: string): boolean =>
  timingSafeEqual(digest(formToken(secret)), digest(given));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const hashOf = (token: string): string => digest(token).toString("hex");
