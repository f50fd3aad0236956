import { sql } from "kysely";

/** Polls in flight at one host. */
export const inFlightPerHost = 2;

/** Seconds between two starts at one host. */
export const usualSpacingSeconds = 2;
/** Hosts that publish a stricter rule of their own. */
const spacingSeconds: Readonly<Record<string, number>> = { "api.gdeltproject.org": 6 };

/** True for private hosts that the operator opened: they are spared nothing. */
export function isExempt(hostKey: string, allowHosts: readonly string[]): boolean {
  return allowHosts.includes(hostKey) || allowHosts.includes(hostKey.replace(/:\d+$/, ""));
}

/** The same decision in SQL. */
export const exemptIn = (column: string, allowHosts: readonly string[]) =>
  sql<boolean>`(${sql.ref(column)} = any(${allowHosts}::text[])
    or regexp_replace(${sql.ref(column)}, ':\\d+$', '') = any(${allowHosts}::text[]))`;

/** The same in SQL, with the exceptions. */
export const spacingOf = (column: string) =>
  sql<number>`coalesce((${JSON.stringify(spacingSeconds)}::jsonb ->> ${sql.ref(column)})::int, ${usualSpacingSeconds})`;
