import { finished, type RawItem, webAddress } from "../parse/item.ts";
import { limits, Warnings } from "../parse/limits.ts";
import { NotAFeed } from "../parse/not-a-feed.ts";
import type { About, Enclosure, ParsedFeed } from "../parse/types.ts";
import { cleanLine, cleanText, clip } from "../text/clean.ts";
import type { Decoded } from "../text/decode.ts";
import { htmlToText } from "../text/html-to-text.ts";

/** What rss-parser makes of an item: nothing of it is certain. */
type TheirItem = Readonly<Record<string, unknown>>;

/** Reads a feed with rss-parser, for those that it understands better. Throws NotAFeed where it cannot. */
export async function strictFeed({ text, encoding }: Decoded, about: About): Promise<ParsedFeed> {
  const warnings = new Warnings();
  const feed = await parsed(cleanText(text.slice(0, limits.documentChars)));
  const documentUrl = URL.parse(about.url ?? "")?.href ?? null;
  const link = addressOf(feed.link, documentUrl);
  const language = textOf(feed.language);
  const around = { feedLink: link, documentUrl, author: null, language };
  const items: readonly TheirItem[] = Array.isArray(feed.items) ? feed.items : [];
  return {
    format: "feedUrl" in feed && /<feed[\s>]/.test(text.slice(0, 2_000)) ? "atom" : "rss",
    encoding,
    title: clip(cleanLine(textOf(feed.title) ?? ""), limits.titleChars) || (link ?? ""),
    titleHtml: null,
    link,
    language,
    older: null,
    hub: null,
    self: null,
    ttlSeconds: Number(feed.ttl) > 0 ? Number(feed.ttl) * 60 : null,
    updatePeriodSeconds: null,
    items: items.slice(0, limits.items).map((item) => finished(rawOf(item), around, warnings)),
    warnings: warnings.list(),
  };
}

async function parsed(text: string): Promise<TheirItem> {
  try {
    const { default: Parser } = await import("rss-parser"); // only who asks for it pays for its memory
    return (await new Parser().parseString(text)) as unknown as TheirItem;
  } catch (error) {
    const said = clip(error instanceof Error ? (error.message.split("\n")[0] ?? "") : "", 200);
    throw new NotAFeed("xml", [], `rss-parser cannot read this document: ${said}`);
  }
}

function rawOf(item: TheirItem): RawItem {
  const description = textOf(item.summary) ?? textOf(item.content);
  const body = textOf(item["content:encoded"]);
  return {
    guid: textOf(item.guid) ?? textOf(item.id),
    guidIsPermalink: false,
    title: htmlToText(textOf(item.title) ?? ""),
    titleHtml: null,
    base: null,
    links: [textOf(item.link)].filter((link) => link !== null),
    description,
    descriptionText: htmlToText(description ?? "", { maxChars: 2 * limits.summaryChars }),
    content: body ?? (item.summary === undefined ? null : textOf(item.content)),
    author: textOf(item.creator) ?? textOf(item.author),
    published: textOf(item.isoDate) ?? textOf(item.pubDate),
    updated: null,
    language: null,
    categories: Array.isArray(item.categories)
      ? item.categories.flatMap((name) => textOf(name) ?? [])
      : [],
    enclosures: enclosureOf(item.enclosure),
  };
}

function enclosureOf(enclosure: unknown): Enclosure[] {
  if (typeof enclosure !== "object" || enclosure === null) return [];
  const { url, type, length } = enclosure as TheirItem;
  const address = textOf(url);
  const bytes = Number(length);
  if (address === null) return [];
  return [
    {
      url: address,
      type: textOf(type),
      length: Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null,
    },
  ];
}

/** Elements with attributes come as objects whose text is under "_". */
function textOf(value: unknown): string | null {
  const text = typeof value === "object" && value !== null && "_" in value ? value._ : value;
  return typeof text === "string" && text !== "" ? text : null;
}

function addressOf(value: unknown, base: string | null): string | null {
  const url = webAddress(textOf(value) ?? "", base);
  return url === "too-long" ? null : url;
}
