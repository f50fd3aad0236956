/** Text that Postgres cannot keep: it holds U+0000 or half of a surrogate pair. */
export class InvalidText extends Error {
  override name = "InvalidText";
  readonly where: string;

  constructor(where: string, found: string) {
    super(`${where}: holds ${found}, which the ledger cannot keep; clean the text first`);
    this.where = where;
  }
}

/** What is being checked, in words; a function where it would be put together for every append and hardly ever be read. */
export type Where = string | (() => string);

export const inWords = (where: Where): string => (typeof where === "string" ? where : where());

/** What makes this text unfit, in words; null when it is fit. */
function flaw(text: string): string | null {
  if (text.includes("\u0000")) return "a NUL character (U+0000)";
  return text.isWellFormed() ? null : "half of a surrogate pair";
}

export function assertText(text: string, where: Where): void {
  const found = flaw(text);
  if (found) throw new InvalidText(inWords(where), found);
}

/** JSON for a jsonb column. Refuses, with the path of the field, what jsonb would refuse. */
export function toJson(
  data: unknown,
  where: Where,
  write: (data: unknown) => string | undefined = JSON.stringify,
): string {
  const json = write(data);
  if (json === undefined) throw new TypeError(`${inWords(where)}: ${typeof data} is not JSON`);
  // Both flaws are written as escapes (well-formed JSON.stringify, ES2019): one cheap look, then the slow search.
  if (json.includes("\\u0000") || json.includes("\\ud"))
    refuseFlaws(JSON.parse(json), inWords(where));
  return json;
}

function refuseFlaws(value: unknown, path: string): void {
  if (typeof value === "string") assertText(value, path);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    assertText(key, `${path}: a field name`);
    refuseFlaws(inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  }
}
