import { type RawBuilder, sql } from "kysely";

/** What counts as one outlet: a name, whatever its case and the spaces around it. */
export const outletOf = (source: string): string => source.trim().toLowerCase();

/** The same in SQL, of a column such as `s.source`. */
export const outletIn = (column: string): RawBuilder<string> =>
  sql<string>`lower(trim(${sql.ref(column)}))`;
