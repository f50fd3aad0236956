/**
 * A source's words as one line: no line breaks (header injection), no control or private-use characters, and none that
 * turns the direction of the text around it.
 */
export function line(text: string, longest = 400): string {
  const clean = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Co}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  if (clean.length <= longest) return clean;
  return `${clean
    .slice(0, longest - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;
}

/** The link when it leads to the web, else null: `javascript:` and its kind never reach a reader. */
export function safeUrl(url: string | null): string | null {
  if (url === null || url.length > 2_000) return null;
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : null;
}
