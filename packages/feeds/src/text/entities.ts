import { decodeHTML } from "entities";
import { cleanText } from "./clean.ts";

const reference = /&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,9})|([A-Za-z][A-Za-z0-9]{0,31}));/g;

/** What a document's own DTD adds to the names everybody knows. */
export type OwnEntities = ReadonlyMap<string, string>;

/** Character references and named entities → characters. A lone "&" and unknown names stay as they are. */
export function decodeEntities(text: string, own?: OwnEntities): string {
  if (!text.includes("&")) return text;
  return text.replace(reference, (whole, hex: string, decimal: string, name: string) => {
    if (name !== undefined) return own?.get(name) ?? named(whole, name);
    return codePoint(hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16));
  });
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
