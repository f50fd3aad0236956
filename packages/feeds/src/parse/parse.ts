import { cleanText } from "../text/clean.ts";
import { type Decoded, decodeFeed } from "../text/decode.ts";
import { withoutDoctype } from "./doctype.ts";
import { jsonFeed } from "./json-feed.ts";
import { limits, Warnings } from "./limits.ts";
import { linesOfItems } from "./lines-of-items.ts";
import { linkHeader } from "./link-header.ts";
import { NotAFeed } from "./not-a-feed.ts";
import type { About, FeedInput, ParsedFeed } from "./types.ts";
import { xmlFeed } from "./xml-feed.ts";

/** Bytes → feed. Throws NotAFeed and nothing else; whatever is wrong inside a feed becomes a warning. */
export const parseFeed = (input: FeedInput): ParsedFeed =>
  parseText(decodeFeed(input.bytes, input.contentType ?? null), input);

/** The same for bytes that were decoded already. */
export function parseText(decoded: Decoded, about: About): ParsedFeed {
  const feed = parseDocument(decoded, about);
  const link = about.headers?.link;
  if (!link) return feed;
  // WebSub §4: what the header says of hub and topic goes before what the document says.
  const said = linkHeader(link, documentUrl(about));
  const hub = said.get("hub");
  if (hub !== undefined) return { ...feed, hub, self: said.get("self") ?? feed.self };
  return { ...feed, self: feed.self ?? said.get("self") ?? null };
}

function parseDocument(decoded: Decoded, about: About): ParsedFeed {
  const warnings = new Warnings();
  if (decoded.damaged) warnings.add("Some characters were damaged and could not be read.");
  const text = cleanText(withinLimit(decoded.text, warnings));
  const start = /\S/.exec(text)?.index;
  if (start === undefined) throw new NotAFeed("empty");
  const url = documentUrl(about);
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
function documentUrl(about: About): string | null {
  const url = URL.parse(cleanText(about.url ?? ""))?.href;
  const location = about.headers?.["content-location"];
  return (location && URL.parse(location, url)?.href) || url || null;
}
