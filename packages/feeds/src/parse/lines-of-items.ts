import { finished, type RawItem } from "./item.ts";
import { authors, isObject, type Json, list, string } from "./json-fields.ts";
import { limits, type Warnings } from "./limits.ts";
import type { ParsedFeed } from "./types.ts";
import { escapeMarkup } from "./xml.ts";

/**
 * One item a line, as JSON (NDJSON): what a script appends to, newest last. The names are those of JSON Feed or the usual
 * others. Null when the document is no such thing; a bad line costs itself.
 */
export function linesOfItems(
  text: string,
  documentUrl: string | null,
  encoding: string,
  warnings: Warnings,
): ParsedFeed | null {
  const line = firstLine(text);
  if (/"items"\s*:/.test(line)) return null; // a JSON Feed, which may be large
  const first = objectOf(line);
  if (!first || !isItem(first)) return null;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > limits.items) warnings.add(`Only the last ${limits.items} items were read.`);
  const items = lines.slice(-limits.items).flatMap((line) => {
    const item = objectOf(line);
    if (item && isItem(item)) return [item];
    warnings.add(
      "A line was no item (JSON with an id or url, and a title or text) and was left out.",
    );
    return [];
  });
  const around = { feedLink: null, documentUrl, author: null, language: null };
  return {
    ...{ format: "ndjson", encoding, title: "", titleHtml: null, link: null, language: null },
    ...{ older: null, hub: null, self: null, ttlSeconds: null, updatePeriodSeconds: null },
    items: items.toReversed().map((item) => finished(rawItem(item), around, warnings)),
    warnings: warnings.list(),
  };
}

const firstLine = (text: string): string => {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
};

function objectOf(line: string): Json | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const names = {
  id: ["id", "guid"],
  url: ["url", "link"],
  summary: ["summary", "description"],
  html: ["content_html", "html"],
  text: ["content_text", "text", "content"],
  published: ["date_published", "published", "publishedAt", "published_at", "date"],
  updated: ["date_modified", "updated", "updatedAt", "updated_at"],
} as const;

/** An answer that says what went wrong is JSON, too: an item has a name and something to say. */
const isItem = (line: Json): boolean =>
  string(line, ...names.id, ...names.url) !== null &&
  string(line, "title", ...names.summary, ...names.html, ...names.text) !== null;

function rawItem(item: Json): RawItem {
  const html = string(item, ...names.html);
  const text = string(item, ...names.text);
  const summary = string(item, ...names.summary);
  return {
    guid: string(item, ...names.id),
    guidIsPermalink: false,
    title: string(item, "title") ?? "",
    ...{ titleHtml: null, base: null, enclosures: [] },
    links: [string(item, ...names.url)].filter((link) => link !== null),
    description: summary === null ? null : escapeMarkup(summary),
    descriptionText: (summary ?? text?.slice(0, 2 * limits.summaryChars) ?? "").trim(),
    content: html ?? (text === null ? null : escapeMarkup(text)),
    author: authors(item),
    published: string(item, ...names.published),
    updated: string(item, ...names.updated),
    language: string(item, "language"),
    categories: (list(item, "tags") ?? []).filter((tag) => typeof tag === "string"),
  };
}
