/**
 * Text that Postgres takes: NUL (22021, 22P05) and lone surrogates (22P02) become U+FFFD. One of them would otherwise
 * fail the whole batch that it travels in.
 */
export const cleanText = (text: string): string =>
  text.replaceAll("\u0000", "\ufffd").toWellFormed();

/** A value as JSON would carry it, with every text in it clean. */
export const cleanJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(cleanValue(value)) ?? "null");

function cleanValue(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [cleanText(name), cleanValue(part)]),
  );
}

/** What went wrong and what lay behind it, short enough to keep in a row. */
export function errorText(error: unknown, limit = 2000): string {
  const parts: string[] = [];
  let current = error;
  for (let depth = 0; depth < 5 && current !== undefined; depth++) {
    const part = current instanceof Error ? current.message || current.name : String(current);
    if (part !== parts.at(-1)) parts.push(part);
    current = current instanceof Error ? current.cause : undefined;
  }
  return cleanText(parts.join(": ").slice(0, limit));
}
