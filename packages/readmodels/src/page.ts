import { BadQuestion } from "./ask.ts";
import type { Page } from "./view.ts";

export const limits = { default: 50, most: 200 } as const;

/** How many lines to give: what was asked, between 1 and 200. */
export function limitOf(asked: number | undefined): number {
  if (asked === undefined) return limits.default;
  if (!Number.isInteger(asked) || asked < 1 || asked > limits.most)
    throw new BadQuestion(`limit ${asked}: ask for 1 to ${limits.most}`);
  return asked;
}

/** A cursor holds the sort key of the last line given, so a page is never shifted by what is appended meanwhile. */
export function writeCursor(kind: string, key: readonly string[]): string {
  return Buffer.from([kind, ...key].join("|"), "utf8").toString("base64url");
}

/** The parts of a cursor, each as its pattern wants it; null when none was given. */
export function readCursor(
  kind: string,
  cursor: string | undefined,
  patterns: readonly RegExp[],
): string[] | null {
  if (cursor === undefined) return null;
  const [found, ...key] = Buffer.from(cursor, "base64url").toString("utf8").split("|");
  const valid =
    found === kind &&
    key.length === patterns.length &&
    patterns.every((pattern, nth) => pattern.test(key[nth] ?? ""));
  if (!valid)
    throw new BadQuestion("this cursor is not from an answer to this question: start without one");
  return key;
}

export const patterns = {
  /** At most 18 digits: always fits 64 bits. */
  position: /^\d{1,18}$/,
  time: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  rank: /^\d{1,12}(\.\d{1,12})?(e-?\d{1,2})?$/,
} as const;

/** Cuts rows fetched one past the limit into a page. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  line: (row: R) => T,
  cursor: (last: R) => string,
): Page<T> {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept.map(line), next: rows.length > limit && last ? cursor(last) : null };
}
