import { type Kysely, sql } from "kysely";

// biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
export type Reader = Kysely<any>;

/** No question may hold a connection longer than this. */
const statementLimitMs = 5_000;

/** Runs one question on one snapshot of the ledger, read-only and bounded; inside a caller's transaction, on that. */
export async function ask<T>(db: Reader, question: (db: Reader) => Promise<T>): Promise<T> {
  if (db.isTransaction) return question(db);
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (trx) => {
      await sql`select set_config('statement_timeout', ${String(statementLimitMs)}, true)`.execute(
        trx,
      );
      return question(trx);
    });
}

/** What was asked cannot be answered as asked; the message is a sentence for people. */
export class BadQuestion extends Error {
  override name = "BadQuestion";
}
