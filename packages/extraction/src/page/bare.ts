import { limits } from "./guard.ts";

/** Attributes without an angle bracket in them. */
const attributes =
  "(?:\\s+[^\\s\"'<>/=]+(?:\\s*=\\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\\s\"'<>=`]+))?)*\\s*";
/** What no article is read from, and most elements of many pages lie in: menus, footers, boxes beside the text. */
const start = new RegExp(
  `<!--|<(script|style|textarea|title|xmp|iframe|plaintext|noembed|noframes)(?=[\\s/>])` +
    `|<(nav|footer|aside|noscript)${attributes}>`,
  "gi",
);
/** A comment, or a tag. */
const piece = new RegExp(`<!--(?!-?>)[^<>]*-->|<(/?)([a-z][a-z0-9-]*)${attributes}(/?)>`, "iy");

/** Elements that never hold others. */
const hollow = /^(?:area|br|embed|hr|img|input|source|track|wbr)$/;
/** They say something of the whole page wherever they stand, or are closed by what follows them. */
const refused =
  /^(?:time|meta|link|base|title|html|head|body|frameset|frame|script|style|math|foreignobject|desc|textarea|xmp|iframe|plaintext|noembed|noframes|template|object|param|select|option|optgroup|datalist|output|table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th|dd|dt|rt|rp)$/;
/** What may stand in a paragraph without ending it. */
const inline =
  /^(?:a|abbr|b|br|cite|code|em|i|img|label|small|span|strong|sub|sup|svg|u|wbr|path|g|use|circle|rect)$/;

/**
 * The page with those emptied, so that nobody builds a tree of them only to throw it away. Emptied is what is written so
 * plainly that every parser finds the same before and behind it; anything else stays as it is.
 */
export function bare(html: string): string {
  let out = "";
  let done = 0;
  // Menus in menus are gone through anew from each of them: a page made of nothing else has an end, too.
  const steps = { left: limits.elements };
  start.lastIndex = 0;
  for (let match = start.exec(html); match; match = start.exec(html)) {
    const [, opaque, name] = match;
    const from = start.lastIndex;
    if (name === undefined) {
      const end = opaque === undefined ? html.indexOf("-->", from) : endOf(html, from, opaque);
      if (end < 0) break;
      start.lastIndex = end;
      continue;
    }
    const to = isInTag(html, match.index) ? null : closingOf(html, from, name.toLowerCase(), steps);
    if (to === null) continue;
    out += html.slice(done, from);
    done = to;
    start.lastIndex = to;
  }
  return done === 0 ? html : out + html.slice(done);
}

/** In an attribute, or behind a tag that was begun and not ended. */
function isInTag(html: string, at: number): boolean {
  if (at === 0) return false;
  const before = html.lastIndexOf("<", at - 1);
  return html.lastIndexOf(">", at - 1) < before && /[a-z/]/i.test(html[before + 1] ?? "");
}

/** Where an element ends whose text is no markup; -1 when it does not. */
function endOf(html: string, from: number, name: string): number {
  const end = new RegExp(`</${name}`, "gi");
  end.lastIndex = from;
  return end.exec(html)?.index ?? -1;
}

/** Where the closing tag of the element begins whose content begins at `from`; null when what lies between is not plain. */
function closingOf(
  html: string,
  from: number,
  name: string,
  steps: { left: number },
): number | null {
  const open = [name];
  for (let at = html.indexOf("<", from); at >= 0; at = html.indexOf("<", piece.lastIndex)) {
    if (--steps.left < 0) return null;
    piece.lastIndex = at;
    const tag = piece.exec(html);
    if (!tag) return null;
    const [, slash, written, closed] = tag;
    if (written === undefined) continue; // a comment
    const one = written.toLowerCase();
    // The next item ends the one before it, and the list the last.
    if (open.at(-1) === "li" && (slash ? one !== "li" : one === "li")) open.pop();
    if (slash) {
      if (closed || open.pop() !== one) return null;
      if (open.length === 0) return at;
    } else {
      if (!fits(one, open.at(-1) ?? "")) return null;
      if (hollow.test(one)) continue;
      if (!closed) open.push(one);
      else if (!open.includes("svg")) return null; // elsewhere a slash does not close
    }
  }
  return null;
}

/** Whether it may stand in the other: that is not closed by it. */
function fits(name: string, outer: string): boolean {
  if (refused.test(name)) return false;
  if (outer === "p") return inline.test(name);
  return outer !== "button" || !/^(?:button|input)$/.test(name);
}
