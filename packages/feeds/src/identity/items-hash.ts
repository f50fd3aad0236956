import { hash } from "node:crypto";

const starts = ["<item", "<entry"];
const ends = ["</item>", "</entry>"];

/**
 * SHA-256 of the bytes from a document's first item to its last; null where none can be made out. Many feeds renew only
 * the date in their head: equal items need not be read again.
 */
export function itemsHash(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = Math.min(...starts.map((mark) => buffer.indexOf(mark)).filter((at) => at >= 0));
  const to = Math.max(...ends.map((mark) => buffer.lastIndexOf(mark)));
  return to > from && Number.isFinite(from) ? hash("sha256", buffer.subarray(from, to)) : null;
}
