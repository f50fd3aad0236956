import type { AnyTransaction } from "@newsledger/eventlog";
import { type RawBuilder, sql } from "kysely";

/** Where a batch of events is applied: a transaction, and the tables of one version. */
export interface Into {
  readonly trx: AnyTransaction;
  table(name: string): RawBuilder<unknown>;
  /** Ends an insert of rows that a batch applied before may have brought. */
  readonly unlessThere: RawBuilder<unknown>;
}

/** Each row is looked for before it is inserted only where some of the batch is there already: that costs a third more. */
export async function intoVersion(
  trx: AnyTransaction,
  schema: string,
  { first, last }: { first: bigint; last: bigint },
): Promise<Into> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const { rows } = await sql<{ again: boolean }>`select exists (select 1 from ${table("events")}
    where position between ${String(first)}::bigint and ${String(last)}::bigint) as again`.execute(
    trx,
  );
  return { trx, table, unlessThere: rows[0]?.again ? sql`on conflict do nothing` : sql`` };
}
