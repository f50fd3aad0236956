import { hash } from "node:crypto";
import { limits } from "../parse/limits.ts";
import type { ParsedItem } from "../parse/types.ts";
import { oddSpaces } from "../text/clean.ts";
import { htmlToText } from "../text/html-to-text.ts";
import { canonicalUrl } from "./canonical-url.ts";

type Content = Pick<
  ParsedItem,
  "title" | "description" | "content" | "summary" | "link" | "author"
>;

/**
 * SHA-256 over what a reader would notice: title, summary, text, link, author. Markup, tracking parameters, white
 * space, dates and whatever else changes from poll to poll do not count. `known`: what the caller has worked out already.
 */
export function contentHash(
  item: Content,
  known: { readonly text: string | null; readonly url: string | null } = {
    text: item.content === null ? null : htmlToText(item.content),
    url: item.link === null ? null : canonicalUrl(item.link),
  },
): string {
  const parts = [item.title, summaryOf(item), known.text, known.url ?? item.link, item.author];
  return hash("sha256", parts.map((part) => `${normalised(part ?? "")}\u0000`).join(""));
}

/** The summary is the description's text, unless it was cut. */
const summaryOf = ({ description, summary }: Content): string =>
  description === null || summary.length < limits.summaryChars ? summary : htmlToText(description);

/** The same words in the same order, whatever the spacing, quotes and dashes. */
export const normalised = (text: string): string => (odd.test(text) ? folded(text) : text.trim());

const odd = /[^ -~]| {2}/;

const folded = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\u2018\u2019\u201a\u2032]/g, "'")
    .replace(/[\u201c\u201d\u201e\u2033]/g, '"')
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(oddSpaces, " ")
    .trim();
