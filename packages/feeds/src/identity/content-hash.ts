import { createHash } from "node:crypto";
import type { ParsedItem } from "../parse/types.ts";
import { htmlToText } from "../text/html-to-text.ts";
import { canonicalUrl } from "./canonical-url.ts";

type Content = Pick<
  ParsedItem,
  "title" | "description" | "content" | "summary" | "link" | "author"
>;

/**
 * SHA-256 over what a reader would notice: title, summary, text, link, author. Markup, tracking parameters, white
 * space, dates and whatever else changes from poll to poll do not count.
 */
export function contentHash(item: Content): string {
  const parts = [
    item.title,
    item.description === null ? item.summary : htmlToText(item.description),
    item.content === null ? "" : htmlToText(item.content),
    item.link === null ? "" : (canonicalUrl(item.link) ?? item.link),
    item.author ?? "",
  ];
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${normalised(part)}\u0000`);
  return hash.digest("hex");
}

/** The same words in the same order, whatever the spacing, quotes and dashes. */
export const normalised = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\u2018\u2019\u201a\u2032]/g, "'")
    .replace(/[\u201c\u201d\u201e\u2033]/g, '"')
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
