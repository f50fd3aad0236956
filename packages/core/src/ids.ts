import { createHash } from "node:crypto";

/** Parts are joined by a character that none of them contains after normalisation, so ("a","bc") ≠ ("ab","c"). */
const separator = "\u001f";

/** 26 lower-case base-32 characters (130 bits) of SHA-256 over the parts: the id of a thing is a function of its content. */
export function contentId(...parts: readonly string[]): string {
  const digest = createHash("sha256").update(parts.join(separator)).digest();
  return base32(digest).slice(0, 26);
}

/** SHA-256 of a text, in hex: the address of a body in the ledger's text store. */
export const textHash = (text: string): string =>
  createHash("sha256").update(text, "utf8").digest("hex");

/** A UUID (version 8, RFC 9562 §5.8) that is a function of the parts. */
export function contentUuid(...parts: readonly string[]): string {
  const bytes = createHash("sha256").update(parts.join(separator)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";

function base32(bytes: Uint8Array): string {
  let out = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet[(buffer >> bits) & 31];
    }
  }
  return out;
}
