import { createHash } from "node:crypto";
import { cleanLine, clip } from "../text/clean.ts";
import { htmlToText } from "../text/html-to-text.ts";
import { parseDate } from "./dates.ts";
import { limits, type Warnings } from "./limits.ts";
import { absoluteLinks } from "./links.ts";
import type { DateConfidence, Enclosure, ParsedItem, Point } from "./types.ts";

/** An item as its format gives it: strings that nobody has checked. */
export interface RawItem {
  readonly guid: string | null;
  readonly guidIsPermalink: boolean;
  readonly title: string;
  readonly titleHtml: string | null;
  /** Where the item's links start from, when the document says so. */
  readonly base: string | null;
  /** In the order of trust: the first that is a web address is taken. */
  readonly links: readonly string[];
  readonly description: string | null;
  /** Plain text of the description, when the format tells text from HTML. */
  readonly descriptionText: string;
  readonly content: string | null;
  readonly author: string | null;
  readonly published: string | null;
  readonly updated: string | null;
  readonly language: string | null;
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly point?: Point | null;
}

// A summary is clipped anyway; white space may still fold.
const enough = { maxChars: 2 * limits.summaryChars };

/** What all items of a document share. */
export interface Surroundings {
  /** Absolute address, or null. */
  readonly feedLink: string | null;
  readonly documentUrl: string | null;
  readonly author: string | null;
  readonly language: string | null;
}

/** Checks, resolves and clips one item. Nothing here can fail: a bad field costs that field. */
export function finished(raw: RawItem, around: Surroundings, warnings: Warnings): ParsedItem {
  const guid = guidOf(raw.guid, warnings);
  const base = raw.base ?? around.feedLink ?? around.documentUrl;
  const inner = raw.base ?? around.documentUrl ?? around.feedLink;
  const link = linkOf(raw, guid, base, warnings);
  const text = raw.descriptionText || (raw.content === null ? "" : htmlToText(raw.content, enough));
  const published = readDate(raw.published ?? raw.updated, warnings);
  return {
    guid,
    guidIsPermalink: raw.guidIsPermalink && link !== null,
    title: titleOf(raw.title, text, link),
    titleHtml: titleHtmlOf(raw, inner),
    link,
    summary: clip(text, limits.summaryChars),
    description: bodyOf(raw.description, inner, warnings),
    content: bodyOf(raw.content, inner, warnings),
    author: clip(cleanLine(raw.author ?? around.author ?? ""), limits.authorChars) || null,
    published: published.iso,
    publishedRaw: raw.published ?? raw.updated,
    publishedConfidence: published.confidence,
    updated: readDate(raw.updated, warnings).iso,
    language: languageTag(raw.language ?? around.language),
    categories: [
      ...new Set(raw.categories.map((name) => clip(cleanLine(name), limits.categoryChars))),
    ]
      .filter(Boolean)
      .slice(0, limits.categories),
    enclosures: enclosuresOf(raw.enclosures, base),
    ...(raw.point && { point: raw.point }),
  };
}

function guidOf(guid: string | null, warnings: Warnings): string | null {
  const clean = cleanLine(guid ?? "");
  if (clean.length <= limits.guidChars) return clean || null;
  warnings.add("An identifier was too long and was replaced by its fingerprint.");
  return `sha256:${createHash("sha256").update(clean).digest("hex")}`;
}

function linkOf(
  raw: RawItem,
  guid: string | null,
  base: string | null,
  warnings: Warnings,
): string | null {
  const candidates = raw.guidIsPermalink && guid !== null ? [...raw.links, guid] : raw.links;
  for (const candidate of candidates) {
    const link = webAddress(candidate, base);
    if (link === "too-long") warnings.add("A link was too long and was left out.");
    else if (link !== null) return link;
  }
  return null;
}

const absolute = /^https?:\/\//i;

/** An absolute http(s) address, or null; "too-long" when it is one that nobody can store. */
export function webAddress(text: string, base: string | null): string | null {
  const compact = text.trim();
  if (compact === "" || compact.length > limits.linkChars)
    return compact === "" ? null : "too-long";
  // An absolute address needs no base, and the base need not be parsed again for every item.
  const url = URL.parse(compact, base === null || absolute.test(compact) ? undefined : base);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  return url.href.length > limits.linkChars ? "too-long" : url.href;
}

function titleOf(title: string, text: string, link: string | null): string {
  const own = cleanLine(title);
  if (own !== "") return clip(own, limits.titleChars);
  const start = cleanLine(text.slice(0, 400));
  return start === "" ? (link ?? "") : clip(start, 100);
}

function titleHtmlOf({ title, titleHtml }: RawItem, base: string | null): string | null {
  if (titleHtml === null || cleanLine(title) === "") return null;
  return htmlLine(titleHtml, base);
}

/** On one line, as a title is. */
export const htmlLine = (html: string, base: string | null): string =>
  clip(absoluteLinks(html.replace(/[\r\n\t]+/g, " "), base), 4 * limits.titleChars);

function bodyOf(html: string | null, base: string | null, warnings: Warnings): string | null {
  if (html === null || html.trim() === "") return null;
  const body = absoluteLinks(html.slice(0, limits.bodyChars + 1), base);
  if (body.length <= limits.bodyChars) return body;
  warnings.add("A text was too long and was cut.");
  return clip(body, limits.bodyChars);
}

interface MaybeDate {
  readonly iso: string | null;
  readonly confidence: DateConfidence | null;
}

function readDate(raw: string | null, warnings: Warnings): MaybeDate {
  if (raw === null) return { iso: null, confidence: null };
  const date = parseDate(raw);
  if (date) return date;
  warnings.add("A date could not be read.");
  return { iso: null, confidence: null };
}

const languageTag = (language: string | null): string | null => {
  const tag = language?.trim().replaceAll("_", "-") ?? "";
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag.toLowerCase() : null;
};

function enclosuresOf(enclosures: readonly Enclosure[], base: string | null): Enclosure[] {
  const found = new Map<string, Enclosure>();
  for (const enclosure of enclosures) {
    const url = webAddress(enclosure.url, base);
    if (url === null || url === "too-long" || found.has(url)) continue;
    if (found.size < limits.enclosures) found.set(url, { ...enclosure, url });
  }
  return [...found.values()];
}
