import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { AnyTransaction } from "./types.ts";
import { assertText } from "./valid-text.ts";

/** Keeps a text under its own SHA-256 (hex), once, and returns that address. */
export async function putText(trx: AnyTransaction, text: string): Promise<string> {
  const [hash = ""] = await putTexts(trx, [text]);
  return hash;
}

/** Several at once; the addresses are in the order of the texts. */
export async function putTexts(trx: AnyTransaction, texts: readonly string[]): Promise<string[]> {
  const hashes = texts.map((text) => {
    assertText(text, "put text");
    return createHash("sha256").update(text, "utf8").digest("hex");
  });
  // In one order, so that writers of the same texts never wait for each other in a circle.
  await sql`insert into newsledger.texts (hash, body)
    select * from unnest(${hashes}::text[], ${[...texts]}::text[]) as t (hash, body) order by hash
    on conflict do nothing`.execute(trx);
  return hashes;
}

/**
 * Removes a text's words for ever and keeps its hash, so that what refers to it stays whole; the same text put again stays
 * removed. Who does it says so in an event of the same transaction.
 */
export async function redactText(trx: AnyTransaction, hash: string): Promise<boolean> {
  const { rows } = await sql`update newsledger.texts set body = '', redacted_at = now()
    where hash = ${hash} and redacted_at is null returning hash`.execute(trx);
  return rows.length === 1;
}

/** Null when it is not there, or was redacted. */
export async function getText(
  // biome-ignore lint/suspicious/noExplicitAny: kysely is invariant in its database type
  db: Kysely<any>,
  hash: string,
): Promise<string | null> {
  const { rows } = await sql<{
    body: string;
  }>`select body from newsledger.texts where hash = ${hash} and redacted_at is null`.execute(db);
  return rows[0]?.body ?? null;
}

/** Several at once; what is not there, or was redacted, is left out. */
export async function getTexts(
  // biome-ignore lint/suspicious/noExplicitAny: kysely is invariant in its database type
  db: Kysely<any>,
  hashes: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ hash: string; body: string }>`select hash, body from newsledger.texts
    where hash = any(${[...hashes]}) and redacted_at is null`.execute(db);
  return new Map(rows.map(({ hash, body }) => [hash, body]));
}
