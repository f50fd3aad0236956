import { decodeHTML } from "entities";
import { cleanText } from "./clean.ts";

const reference = /&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,9})|([A-Za-z][A-Za-z0-9]{0,31}));/y;

/** What a document's own DTD adds to the names everybody knows. */
export interface OwnEntities {
  get(name: string): string | undefined;
}

/** Character references and named entities → characters. A lone "&" and unknown names stay as they are. */
export function decodeEntities(text: string, own?: OwnEntities): string {
  let out = "";
  let copied = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
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
