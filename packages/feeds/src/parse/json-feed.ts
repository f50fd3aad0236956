import { cleanLine, clip } from "../text/clean.ts";
import { htmlToText } from "../text/html-to-text.ts";
import { finished, type RawItem, webAddress } from "./item.ts";
import { authors, isObject, type Json, list, string } from "./json-fields.ts";
import { limits, type Warnings } from "./limits.ts";
import { NotAFeed } from "./not-a-feed.ts";
import type { Enclosure, ParsedFeed } from "./types.ts";
import { escapeMarkup } from "./xml.ts";

/** JSON Feed 1 and 1.1, read with patience: a field of the wrong type is a missing field. */
export function jsonFeed(
  text: string,
  documentUrl: string | null,
  encoding: string,
  warnings: Warnings,
): ParsedFeed {
  const root = parsed(text);
  const items = root && list(root, "items");
  if (!root || !items || !isFeed(root, items)) throw new NotAFeed("json");
  if (items.length > limits.items) {
    warnings.add(`Only the first ${limits.items} items were read.`);
  }
  const link = address(string(root, "home_page_url"), documentUrl);
  const around = {
    feedLink: link,
    documentUrl,
    author: authors(root),
    language: string(root, "language"),
  };
  const hub = list(root, "hubs")?.find(isObject);
  return {
    format: "json",
    encoding,
    title: clip(cleanLine(string(root, "title") ?? ""), limits.titleChars) || (link ?? ""),
    titleHtml: null,
    link,
    language: around.language,
    older: address(string(root, "next_url"), documentUrl),
    hub: hub ? address(string(hub, "url"), documentUrl) : null,
    self: address(string(root, "feed_url"), documentUrl),
    ttlSeconds: null,
    updatePeriodSeconds: null,
    items: items
      .filter(isObject)
      .slice(0, limits.items)
      .map((item) => finished(rawItem(item), around, warnings)),
    warnings: warnings.list(),
  };
}

function parsed(text: string): Json | null {
  try {
    const root: unknown = JSON.parse(text);
    return isObject(root) ? root : null;
  } catch {
    return null;
  }
}

/** Some feeds forget the version; items with an id, a link or a text are enough. */
function isFeed(root: Json, items: readonly unknown[]): boolean {
  if (/jsonfeed\.org/.test(string(root, "version") ?? "")) return true;
  const keys = ["id", "url", "content_html", "content_text"];
  return items.some((item) => isObject(item) && keys.some((key) => string(item, key) !== null));
}

function rawItem(item: Json): RawItem {
  const html = string(item, "content_html");
  const text = string(item, "content_text");
  const summary = string(item, "summary");
  return {
    guid: string(item, "id"),
    guidIsPermalink: /^https?:\/\//i.test(string(item, "id") ?? ""),
    title: string(item, "title") ?? "",
    titleHtml: null,
    base: null,
    links: [string(item, "url"), string(item, "external_url")].filter((link) => link !== null),
    description: summary === null ? null : escapeMarkup(summary),
    descriptionText:
      summary ??
      text ??
      (html === null ? "" : htmlToText(html, { maxChars: 2 * limits.summaryChars })),
    content: html ?? (text === null ? null : escapeMarkup(text)),
    author: authors(item),
    published: string(item, "date_published"),
    updated: string(item, "date_modified"),
    language: string(item, "language"),
    categories: (list(item, "tags") ?? []).filter((tag) => typeof tag === "string"),
    enclosures: (list(item, "attachments") ?? []).filter(isObject).flatMap(enclosure),
  };
}

function enclosure(attachment: Json): Enclosure[] {
  const url = string(attachment, "url");
  const length = attachment.size_in_bytes;
  if (url === null) return [];
  return [
    {
      url,
      type: string(attachment, "mime_type"),
      length: typeof length === "number" && length > 0 ? length : null,
    },
  ];
}

function address(text: string | null, base: string | null): string | null {
  const url = text === null ? null : webAddress(text, base);
  return url === "too-long" ? null : url;
}
