import { cleanText } from "../text/clean.ts";
import { decodeFeed } from "../text/decode.ts";
import { withoutDoctype } from "./doctype.ts";
import { jsonFeed } from "./json-feed.ts";
import { limits, Warnings } from "./limits.ts";
import { linesOfItems } from "./lines-of-items.ts";
import { linkHeader } from "./link-header.ts";
import { NotAFeed } from "./not-a-feed.ts";
import type { FeedInput, ParsedFeed } from "./types.ts";
import { xmlFeed } from "./xml-feed.ts";

/** Bytes → feed. Throws NotAFeed and nothing else; whatever is wrong inside a feed becomes a warning. */
export function parseFeed(input: FeedInput): ParsedFeed {
  const feed = parseDocument(input);
  const link = input.headers?.link;
  if (!link) return feed;
  // WebSub §4: what the header says of hub and topic goes before what the document says.
  const said = linkHeader(link, documentUrl(input));
  const hub = said.get("hub");
  if (hub !== undefined) return { ...feed, hub, self: said.get("self") ?? feed.self };
  return { ...feed, self: feed.self ?? said.get("self") ?? null };
}

function parseDocument(input: FeedInput): ParsedFeed {
  const warnings = new Warnings();
  const decoded = decodeFeed(input.bytes, input.contentType ?? null);
  if (decoded.damaged) warnings.add("Some characters were damaged and could not be read.");
  const text = cleanText(withinLimit(decoded.text, warnings));
  const start = /\S/.exec(text)?.index;
  if (start === undefined) throw new NotAFeed("empty");
  const url = documentUrl(input);
  const first = text[start];
  if (first === "{" || first === "[") {
    const json = text.slice(start);
    return (
      linesOfItems(json, url, decoded.encoding, warnings) ??
      jsonFeed(json, url, decoded.encoding, warnings)
    );
  }
  if (!text.includes("<", start)) throw new NotAFeed("text");
  const { text: document, entities } = withoutDoctype(text);
  return xmlFeed(document, entities, url, decoded.encoding, warnings);
}

function withinLimit(text: string, warnings: Warnings): string {
  if (text.length <= limits.documentChars) return text;
  warnings.add("The document was too long; its end was not read.");
  return text.slice(0, limits.documentChars);
}

/** Content-Location names the address that relative links start from (RFC 9110 §8.7). */
function documentUrl(input: FeedInput): string | null {
  const url = URL.parse(cleanText(input.url ?? ""))?.href;
  const location = input.headers?.["content-location"];
  return (location && URL.parse(location, url)?.href) || url || null;
}
