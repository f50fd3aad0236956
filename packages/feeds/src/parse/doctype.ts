import { decodeEntities } from "../text/entities.ts";

const maxEntities = 256;
const maxValueChars = 1_024;

/** A document without its DOCTYPE, and the entities that the internal subset declared. */
export interface Undeclared {
  readonly text: string;
  readonly entities: ReadonlyMap<string, string>;
}

/**
 * Takes the DOCTYPE out of the prolog. Only literal internal entities are kept, and what stands inside them is never
 * expanded again; external and parameter entities are neither resolved nor fetched.
 */
export function withoutDoctype(text: string): Undeclared {
  const start = doctypeStart(text);
  if (start < 0) return { text, entities: new Map() };
  const end = doctypeEnd(text, start);
  const declaration = text.slice(start, end);
  return { text: text.slice(0, start) + text.slice(end), entities: entitiesIn(declaration) };
}

/** Only before the root: later the characters are data. */
function doctypeStart(text: string): number {
  let at = 0;
  for (;;) {
    at = text.indexOf("<", at);
    if (at < 0) return -1;
    if (text.startsWith("<?", at)) at = after(text, "?>", at);
    else if (text.startsWith("<!--", at)) at = after(text, "-->", at);
    else return /^<!doctype/i.test(text.slice(at, at + 9)) ? at : -1;
    if (at < 0) return -1;
  }
}

function doctypeEnd(text: string, start: number): number {
  let quote = "";
  let inSubset = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (text.startsWith("<!--", at)) {
      const end = after(text, "-->", at);
      if (end < 0) return text.length;
      at = end - 1;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "[") inSubset = true;
    else if (char === "]") inSubset = false;
    else if (char === ">" && !inSubset) return at + 1;
  }
  // Never closed: give up the declaration's first line only, so that the rest may still be a feed.
  const line = text.indexOf(">", start);
  return line < 0 ? text.length : line + 1;
}

function entitiesIn(declaration: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const pattern = /<!ENTITY\s+([A-Za-z_][\w.-]{0,63})\s+(?:"([^"]*)"|'([^']*)')\s*>/g;
  for (const [, name = "", double, single] of declaration.matchAll(pattern)) {
    const value = double ?? single ?? "";
    if (found.size >= maxEntities) break;
    if (value.length <= maxValueChars && !found.has(name)) found.set(name, decodeEntities(value));
  }
  return found;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}
