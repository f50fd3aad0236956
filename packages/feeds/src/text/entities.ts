import { decodeHTML } from "entities";
import { cleanText } from "./clean.ts";

const reference = /&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,9})|([A-Za-z][A-Za-z0-9]{0,31}));/y;

/** What a document's own DTD adds to the names everybody knows, or gives another meaning. */
export interface OwnEntities {
  readonly size: number;
  get(name: string): string | undefined;
}

/** Character references and named entities → characters. A lone "&" and unknown names stay as they are. */
export function decodeEntities(text: string, own?: OwnEntities): string {
  if (!text.includes("&")) return text;
  return own && own.size > 0 ? decode(text, own) : decode(unescaped(text));
}

/**
 * Escaped HTML is full of these, and the engine replaces them by itself in a fraction of the time. None of what they become
 * begins another entity, so they may go first.
 */
const unescaped = (text: string): string =>
  text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'");

function decode(text: string, own?: OwnEntities): string {
  let out = "";
  let copied = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
    if (!own && text.startsWith("amp;", at + 1)) {
      out += text.slice(copied, at + 1);
      copied = at + 5;
      continue;
    }
    reference.lastIndex = at;
    const found = reference.exec(text);
    if (!found) continue;
    const [whole, hex, decimal, name] = found;
    out += text.slice(copied, at);
    if (name !== undefined) out += own?.get(name) ?? named(whole, name);
    else out += codePoint(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal));
    copied = at + whole.length;
    at = copied - 1;
  }
  return copied === 0 ? text : out + text.slice(copied);
}

/** The same for text inside HTML, where entities may lack their semicolon. */
export const decodeHtmlEntities = (text: string): string =>
  text.includes("&") ? decodeHTML(text) : text;

function named(whole: string, name: string): string {
  switch (name) {
    case "amp":
      return "&";
    case "lt":
      return "<";
    case "gt":
      return ">";
    case "quot":
      return '"';
    case "apos":
      return "'";
    default:
      return decodeHTML(whole);
  }
}

/** As HTML reads it: 128–159 mean windows-1252, what is no character becomes U+FFFD. Controls vanish. */
const codePoint = (code: number): string =>
  code > 31 && code < 127
    ? String.fromCharCode(code)
    : cleanText(code === 0 ? "" : decodeHTML(`&#${code};`));
