import { cleanText, foldLine } from "../text/clean.ts";
import { decodeEntities } from "../text/entities.ts";
import { htmlToText } from "../text/html-to-text.ts";
import { absoluteLinks } from "./links.ts";
import { escapeMarkup, type XmlNode } from "./xml.ts";

/** The first child under one of the names, in the order of the names. */
export function first(parent: XmlNode, ...names: readonly string[]): XmlNode | undefined {
  for (const name of names) {
    const found = parent.children.find((child) => child.name === name);
    if (found) return found;
  }
  return undefined;
}

/** The first of the named children that says something. */
export function firstFilled(parent: XmlNode, ...names: readonly string[]): XmlNode | undefined {
  for (const name of names) {
    const found = parent.children.find((child) => child.name === name && isFilled(child));
    if (found) return found;
  }
  return undefined;
}

export const all = (parent: XmlNode, ...names: readonly string[]): XmlNode[] =>
  parent.children.filter((child) => names.includes(child.name));

/** The element's own words on one line; null when there are none. */
export const lineOf = (node: XmlNode | undefined): string | null =>
  (node && foldLine(node.text)) || null;

const isFilled = (node: XmlNode): boolean =>
  /\S/.test(node.text) || (node.markup !== null && /\S/.test(node.markup));

/** How the element says its content is written. */
function kindOf(node: XmlNode): "text" | "html" | "markup" | "base64" | "guess" {
  const type = node.attributes.get("type")?.trim().toLowerCase();
  const mode = node.attributes.get("mode")?.trim().toLowerCase();
  if (mode === "base64") return "base64";
  if (type === "xhtml" || (type && /\bxml$/.test(type))) return "markup";
  if (type === "html" || type === "text/html") return "html";
  if (!node.name.startsWith("atom:")) return type === "text" ? "text" : "guess";
  if (node.markup !== null) return "markup";
  if (mode === "escaped" && !type) return "guess";
  if (type === undefined || type === "text" || type === "text/plain" || type === "plain")
    return "text";
  if (type.startsWith("text/")) return "html";
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? "base64" : "guess";
}

/** The element's content as HTML that nobody has cleaned; null when it is empty. */
export function htmlOf(node: XmlNode | undefined): string | null {
  if (!node) return null;
  const html = rawHtmlOf(node).trim();
  return html === "" ? null : absoluteLinks(html, node.base);
}

function rawHtmlOf(node: XmlNode): string {
  switch (kindOf(node)) {
    case "base64":
      return cleanText(fromBase64(node.text) ?? node.markup ?? node.text);
    case "markup":
      if (node.markup === null) return node.text;
      return isXhtml(node) ? unwrapped(asHtml(node.markup)) : asHtml(node.markup);
    case "text":
      return escapeMarkup(node.text);
    default:
      return node.markup ?? node.text;
  }
}

/** The element's content as plain text, line breaks kept. */
export function textOf(
  node: XmlNode | undefined,
  options: { readonly maxChars?: number } = {},
): string {
  if (!node) return "";
  switch (kindOf(node)) {
    case "text":
      return node.text.trim();
    case "guess":
      return node.markup === null
        ? guessedText(node.text, options)
        : htmlToText(node.markup, options);
    default:
      return htmlToText(rawHtmlOf(node), options);
  }
}

// Elements that a headline may carry. "How <script> works" speaks of a tag; "<b>How</b>" uses one.
const inline =
  "a|abbr|b|big|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|small|span|strong|sub|sup|table|td|tr|tt|u|ul";
const markupInLine = new RegExp(
  `</(?:${inline}|script|style|iframe)\\s*>|<(?:${inline})(?:\\s[^<>]*)?/?>|<!--`,
  "i",
);

/** RSS never said whether its text is HTML: it is when it looks so, and entities count in any case. */
function guessedText(text: string, options: { readonly maxChars?: number }): string {
  return markupInLine.test(text) ? htmlToText(text, options) : decodeEntities(text).trim();
}

const isXhtml = ({ attributes }: XmlNode): boolean =>
  attributes.get("type")?.trim().toLowerCase() === "xhtml";

/** XHTML content sits in a div that is no part of it (RFC 4287 §3.1.1.3). */
function unwrapped(markup: string): string {
  const inner = /^\s*<div(?:\s[^<>]*)?>([\s\S]*)<\/div>\s*$/i.exec(markup)?.[1];
  if (inner === undefined) return markup;
  const lower = inner.toLowerCase();
  const firstEnd = lower.indexOf("</div");
  const neighbours =
    firstEnd >= 0 && (lower.indexOf("<div") < 0 || firstEnd < lower.indexOf("<div"));
  return neighbours ? markup : inner;
}

/** XHTML as HTML: without its namespace, and without apos, the one entity that old HTML lacks. */
const asHtml = (markup: string): string =>
  markup.replaceAll("&apos;", "'").replace(xhtmlNamespace, "");

const xhtmlNamespace = /\sxmlns\s*=\s*(["'])http:\/\/www\.w3\.org\/1999\/xhtml\1/g;

function fromBase64(text: string): string | null {
  const compact = text.replace(/\s+/g, "");
  if (compact === "" || compact.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact))
    return null;
  return Buffer.from(compact, "base64").toString("utf8");
}
