import { createHash } from "node:crypto";
import { cleanText } from "./clean.ts";
import type { Hint } from "./types.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The key as the work list holds it: an entry of a Postgres index ends at 2,704 bytes, so a long one is hashed. */
export const workKey = (key: string): string =>
  key.length <= 500 ? cleanText(key) : `sha256-${sha256(key)}`;

/** The id under which the queue deduplicates a hint. BullMQ refuses ids with `:` or of digits only. */
export function hintId({ key, attempt = 0 }: Pick<Hint, "key" | "attempt">): string {
  return /^[\w.-]{1,100}$/.test(key) ? `w${attempt}-${key}` : `h${attempt}-${sha256(key)}`;
}
