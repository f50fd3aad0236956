import { type AnyTransaction, copyWithin } from "@newsledger/eventlog";
import { type RawBuilder, sql } from "kysely";
import { type Columns, copyRows } from "./copy-rows.ts";

/** Where a batch of events is applied: a transaction, the tables of one version, and the first and last position of the batch. */
export interface Into {
  readonly trx: AnyTransaction;
  readonly schema: string;
  readonly first: bigint;
  readonly last: bigint;
  table(name: string): RawBuilder<unknown>;
  copy<T extends object>(name: string, rows: readonly T[], columns: Columns<T>): Promise<void>;
}

export function intoVersion(
  trx: AnyTransaction,
  schema: string,
  batch: { first: bigint; last: bigint },
): Into {
  return {
    ...{ trx, schema },
    ...batch,
    table: (name) => sql.table(`${schema}.${name}`),
    async copy(name, rows, columns) {
      if (rows.length === 0) return;
      const names = Object.keys(columns).map((column) => `"${column}"`);
      const into = `"${schema}"."${name}" (${names.join(", ")})`;
      await copyWithin(trx, `copy ${into} from stdin (format binary)`, copyRows(rows, columns));
    },
  };
}

/** The position that an earlier try has reached, in this batch or before. */
export async function reached({ trx, table }: Into): Promise<bigint> {
  const { rows } = await sql<{ last: string | null }>`
    select max(position) as last from ${table("events")}`.execute(trx);
  return BigInt(rows[0]?.last ?? 0);
}

/** Takes out what an earlier try has left of this batch: its rows are the same again. */
export async function makeRoom(
  { trx, first, last, table }: Into,
  names: readonly string[],
): Promise<void> {
  for (const name of names)
    await sql`delete from ${table(name)}
      where position between ${String(first)}::bigint and ${String(last)}::bigint`.execute(trx);
}
