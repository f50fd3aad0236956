import { createHash } from "node:crypto";
import { BadQuestion } from "./ask.ts";
import type { Page } from "./view.ts";

/** `most` for whoever asks from outside; `bulk` for exports, which read everything. */
export const limits = { default: 50, most: 200, bulk: 500 } as const;

/** How many lines to give: what was asked, between 1 and 500. */
export function limitOf(asked: number | undefined): number {
  if (asked === undefined) return limits.default;
  if (!Number.isInteger(asked) || asked < 1 || asked > limits.bulk)
    throw new BadQuestion(`limit ${asked}: ask for 1 to ${limits.bulk}`);
  return asked;
}

/** Everything that was asked but the page itself. */
type Asked = object & { cursor?: string | undefined; limit?: number | undefined };

/**
 * A cursor holds the sort key of the last line given, so a page is never shifted by what is appended meanwhile; and a check
 * that ties it to its question.
 */
export function writeCursor<Q extends Asked>(
  kind: string,
  key: readonly string[],
  asked: Q,
): string {
  return Buffer.from([kind, ...key, checkOf(kind, key, asked)].join("|"), "utf8").toString(
    "base64url",
  );
}

/** The parts of a cursor, each as its pattern wants it; null when none was given. */
export function readCursor<Q extends Asked>(
  kind: string,
  asked: Q,
  patterns: readonly RegExp[],
): string[] | null {
  if (asked.cursor === undefined) return null;
  const [found, ...parts] = Buffer.from(asked.cursor, "base64url").toString("utf8").split("|");
  const key = parts.slice(0, -1);
  const valid =
    found === kind &&
    key.length === patterns.length &&
    patterns.every((pattern, nth) => pattern.test(key[nth] ?? "")) &&
    parts.at(-1) === checkOf(kind, key, asked);
  if (!valid)
    throw new BadQuestion("this cursor is not from an answer to this question: start without one");
  return key;
}

/** Not a secret: it finds mistakes, and what else a cursor could ask for may be asked openly. */
function checkOf(kind: string, key: readonly string[], asked: Asked): string {
  const { cursor: _, limit: __, ...question } = asked;
  const fields = Object.entries(question)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, value instanceof Date ? value.toISOString() : String(value)])
    .sort();
  const text = JSON.stringify([kind, key, fields]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
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
