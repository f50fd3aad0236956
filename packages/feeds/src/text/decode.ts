import { isAscii } from "node:buffer";
import { detectEncoding } from "./detect.ts";

/** A text and the WHATWG label of the encoding that it was read with. */
export interface Decoded {
  readonly text: string;
  readonly encoding: string;
  /** True when bytes that fit no encoding were replaced. */
  readonly damaged: boolean;
}

/**
 * Bytes of a feed → text. Order: byte order mark, the pattern of "<" in UTF-16 and UTF-32, the charset of HTTP, the XML
 * declaration, UTF-8, what its letters tell, windows-1252. A label that does not fit the bytes falls through to the next.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | null): Decoded {
  const marked = byMark(bytes) ?? byPattern(bytes);
  if (marked) return marked;
  const charset = charsetOf(contentType);
  const decoded = byLabels(bytes, [charset, xmlDeclared(bytes), "utf-8"]);
  // Without a charset, text/* is us-ascii (RFC 2046 §4.1.2, RFC 3023 §3.1): true as long as all of it is.
  const isText = charset === null && /^\s*text\//i.test(contentType ?? "");
  return isText && isAscii(bytes) ? { ...decoded, encoding: "us-ascii" } : decoded;
}

/** Bytes of a web page → text: byte order mark, the charset of HTTP, `<meta charset>`, UTF-8, windows-1252. */
export function decodeHtml(bytes: Uint8Array, contentType: string | null): string {
  const marked = byMark(bytes);
  if (marked) return marked.text;
  const labels = [charsetOf(contentType), metaDeclared(bytes), xmlDeclared(bytes), "utf-8"];
  return byLabels(bytes, labels).text;
}

function byMark(bytes: Uint8Array): Decoded | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) {
    return byLabels(bytes.subarray(3), ["utf-8"]);
  }
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return utf32(bytes.subarray(4), true);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return utf32(bytes.subarray(4), false);
  if (a === 0xff && b === 0xfe) return lenient(bytes.subarray(2), "utf-16le");
  if (a === 0xfe && b === 0xff) return lenient(bytes.subarray(2), "utf-16be");
  return null;
}

/** Without a mark, a document that starts with "<" or "{" shows its width by the zeros around it. */
function byPattern(bytes: Uint8Array): Decoded | null {
  const [a = 1, b = 1, c = 1, d = 1] = bytes;
  const opens = (byte: number) => byte === 0x3c || byte === 0x7b;
  if (a === 0 && b === 0 && c === 0 && opens(d)) return utf32(bytes, false);
  if (opens(a) && b === 0 && c === 0 && d === 0) return utf32(bytes, true);
  if (a === 0 && opens(b)) return lenient(bytes, "utf-16be");
  if (opens(a) && b === 0) return lenient(bytes, "utf-16le");
  return null;
}

function byLabels(bytes: Uint8Array, labels: readonly (string | null)[]): Decoded {
  const known = labels.flatMap((label) => (label === null ? [] : (encodingOf(label) ?? [])));
  for (const encoding of known) {
    // A single-byte encoding accepts every byte, so a multi-byte text under its label would pass unseen.
    if (encoding !== "utf-8" && isUtf8WithMarks(bytes))
      return strict(bytes, "utf-8") ?? lenient(bytes, "utf-8");
    const decoded = strict(bytes, encoding);
    if (decoded) return decoded;
  }
  const first = known[0] ?? "utf-8";
  if (first !== "utf-8") return lenient(bytes, first);
  const detected = isMostlyUtf8(bytes) ? null : detectEncoding(bytes);
  if (detected !== null) return strict(bytes, detected) ?? lenient(bytes, detected);
  return looksLikeWindows1252(bytes) ? lenient(bytes, "windows-1252") : lenient(bytes, "utf-8");
}

/** WHATWG name of a label. What calls itself ASCII or Latin-1 is windows-1252, and GB 2312 is read as its superset. */
function encodingOf(label: string): string | null {
  const name = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  if (/^gb_?2312|^gbk$|^x-gbk$|^cp936$/.test(name)) return "gb18030";
  // These labels are a lie once we are here: a text in two or four bytes was recognised before.
  if (/^(utf-?16|utf-?32|ucs-?[24]|u16|iso-10646)/.test(name)) return "utf-8";
  try {
    return new TextDecoder(name.replace(/^(cp|windows_?)(125\d)$/, "windows-$2")).encoding;
  } catch {
    return null;
  }
}

function strict(bytes: Uint8Array, encoding: string): Decoded | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, encoding, damaged: false };
  } catch {
    return null;
  }
}

function lenient(bytes: Uint8Array, encoding: string): Decoded {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  return { text, encoding, damaged: text.includes("\ufffd") };
}

function utf32(bytes: Uint8Array, little: boolean): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, little);
    const valid = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    parts.push(valid ? String.fromCodePoint(code) : "\ufffd");
  }
  return {
    text: parts.join(""),
    encoding: little ? "utf-32le" : "utf-32be",
    damaged: bytes.length % 4 !== 0,
  };
}

/** True for valid UTF-8 that has at least one character beyond ASCII: chance does not produce that. */
function isUtf8WithMarks(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0x80) && strict(bytes, "utf-8") !== null;
}

/** A broken UTF-8 text still is one for most of its length; in another encoding, hardly anything looks like UTF-8. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let [good, bad] = [0, 0];
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const width = sequenceWidth(bytes, at);
    if (width > 1) good += width;
    else bad += 1;
    at += width - 1;
  }
  return good > bad;
}

const isLetterLike = (byte: number): boolean =>
  byte >= 0xc0 || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);

/** Which of the two a broken UTF-8 text is: accented letters stand beside letters, damage stands anywhere. */
function looksLikeWindows1252(bytes: Uint8Array): boolean {
  let plausible = 0;
  let implausible = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const width = sequenceWidth(bytes, at);
    if (width > 1) {
      implausible += 1; // a good UTF-8 sequence speaks for UTF-8
      at += width - 1;
      continue;
    }
    const beside = isLetterLike(bytes[at - 1] ?? 0) || isLetterLike(bytes[at + 1] ?? 0);
    if (byte < 0xc0 || beside) plausible += 1;
    else implausible += 1;
  }
  return plausible > implausible;
}

function sequenceWidth(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  for (let next = 1; next < width; next++) {
    const byte = bytes[at + next] ?? 0;
    if (byte < 0x80 || byte > 0xbf) return 1;
  }
  return width;
}

const charsetOf = (contentType: string | null): string | null =>
  /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? "")?.[1] ?? null;

const head = (bytes: Uint8Array, length: number): string =>
  new TextDecoder("latin1").decode(bytes.subarray(0, length));

const xmlDeclared = (bytes: Uint8Array): string | null =>
  /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]+)/i.exec(head(bytes, 512))?.[1] ?? null;

const metaDeclared = (bytes: Uint8Array): string | null =>
  /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head(bytes, 4096))?.[1] ?? null;
