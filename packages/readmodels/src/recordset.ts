import { type RawBuilder, sql } from "kysely";

/** What a column of rows that are sent to Postgres is there: an array of a type, or a text that is read as one. */
type ColumnType =
  | "bigint"
  | "int"
  | "real"
  | "text"
  | "boolean"
  | "timestamptz"
  | "jsonb"
  | "text[]";

/**
 * Rows as a table of a statement, to be named by its caller. Sent as one array for each column, which Postgres reads several
 * times as fast as JSON.
 */
export function recordset<T extends object>(
  rows: readonly T[],
  columns: { readonly [K in keyof T]: ColumnType },
): RawBuilder<unknown> {
  const names = Object.keys(columns) as (keyof T & string)[];
  const arrays = names.map((name) => {
    const values =
      columns[name] === "text[]"
        ? rows.map((row) => arrayOf(row[name] as readonly string[]))
        : rows.map((row) => row[name]);
    return sql`${arrayOf(values)}::${sql.raw(sentAs(columns[name]))}[]`;
  });
  const read = names.map((name) =>
    sentAs(columns[name]) === columns[name]
      ? sql.ref(`u.${name}`)
      : sql`${sql.ref(`u.${name}`)}::${sql.raw(columns[name])} as ${sql.ref(name)}`,
  );
  return sql`(select ${sql.join(read)} from unnest(${sql.join(arrays)}) as u (${sql.join(names.map((name) => sql.ref(name)))}))`;
}

/** Arrays of arrays would have to be equally long, and JSON has no array type of its own. */
const sentAs = (type: ColumnType): string =>
  type === "jsonb" || type === "text[]" ? "text" : type;

/** An array as Postgres writes it (PostgreSQL, “Array Input and Output Syntax”). */
function arrayOf(values: readonly unknown[]): string {
  return `{${values.map(element).join(",")}}`;
}

function element(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return quoted(typeof value === "string" ? value : textOf(value as object));
}

function textOf(value: object): string {
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value);
}

const special = /["\\]/;
const quoted = (text: string): string =>
  special.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`;
