import { hash } from "node:crypto";
import { contentId } from "@newsledger/core";
import {
  canonicalUrl,
  contentHash,
  htmlToText,
  type IdentityScheme,
  itemIdentity,
  type ParsedFeed,
  type ParsedItem,
  type Point,
} from "@newsledger/feeds";
import type { Feed } from "./feed.ts";

/** What an item says, part by part, as short hashes. */
export const partNames = ["title", "summary", "text", "link", "author", "published"] as const;
export type PartName = (typeof partNames)[number];
export type Parts = Readonly<Record<PartName, string>>;

/** An item on its way into the ledger. */
export interface Draft {
  readonly itemId: string;
  readonly contentHash: string;
  readonly parts: Parts;
  readonly link: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly summary: string;
  /** Full text that the feed carried, beyond the summary. */
  readonly text: string | null;
  readonly author: string | null;
  readonly language: string | null;
  readonly publishedAt: Date | null;
  readonly publishedRaw: string | null;
  readonly point: Point | null;
}

/** An item that cannot be kept as it is. */
export interface Spoilt {
  readonly itemId: string;
  readonly reason: string;
  readonly excerpt: string;
}

const limits = {
  items: 2_000,
  title: 1_000,
  summary: 4_000,
  text: 500_000,
  link: 2_000,
  author: 300,
};

export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly spoilt: readonly Spoilt[];
  readonly identity: IdentityScheme;
}

/** The items of a feed, oldest first (feeds list the newest first), each once. A bad one costs only itself. */
export function draftsOf(
  feed: Pick<Feed, "feedId" | "language" | "identity">,
  parsed: ParsedFeed,
  now: Date,
): Drafts {
  const items = parsed.items.slice(0, limits.items);
  const drafts = new Map<string, Draft>();
  const spoilt: Spoilt[] = [];
  const { keys, scheme } = itemIdentity(items, feed.identity);
  for (const [index, item] of items.entries()) {
    const itemId = contentId("item", feed.feedId, keys[index] ?? "");
    if (drafts.has(itemId)) continue;
    try {
      const language = feed.language ?? languageOf(item.language ?? parsed.language);
      drafts.set(itemId, draftOf(itemId, item, language, now));
    } catch (error) {
      spoilt.push({ itemId, reason: reasonOf(error), excerpt: excerptOf(item) });
    }
  }
  return { drafts: [...drafts.values()].toReversed(), spoilt, identity: scheme };
}

function draftOf(itemId: string, item: ParsedItem, language: string | null, now: Date): Draft {
  const title = clip(item.title, limits.title);
  const summary = clip(item.summary, limits.summary);
  const whole = item.content === null ? null : htmlToText(item.content);
  const text = whole === null ? null : fullText(whole, summary);
  const link =
    item.link !== null && item.link.length <= limits.link ? clip(item.link, limits.link) : null;
  const url = link === null ? null : canonicalUrl(link);
  const author = item.author === null ? null : clip(item.author, limits.author);
  const published = item.published ?? item.publishedRaw ?? "";
  const said = { link, url, title, summary, text, author, language };
  let parts: Parts | undefined;
  return {
    itemId,
    contentHash: contentHash(item, { text: whole, url }),
    // Nine items of ten are known and unchanged: nobody asks for theirs.
    get parts() {
      parts ??= partsOf({ ...said, published });
      return parts;
    },
    ...said,
    point: item.point ?? null,
    ...publishedOf(item, now),
  };
}

type Said = Pick<Draft, "title" | "summary" | "text" | "link" | "url" | "author"> & {
  readonly published: string;
};

const partsOf = ({ title, summary, text, link, url, author, published }: Said): Parts => ({
  title: short(title),
  summary: short(summary),
  text: short(text ?? ""),
  link: short(url ?? link ?? ""),
  author: short(author ?? ""),
  published: short(published),
});

const tolerance = 10 * 60 * 1000;
const earliest = Date.UTC(1990, 0, 1);

/**
 * A date in the future becomes the time of the poll; one before the web is none. Both keep what the feed wrote, as does one
 * of which a part had to be assumed.
 */
export function publishedOf(
  {
    published,
    publishedRaw,
    publishedConfidence,
  }: Pick<ParsedItem, "published" | "publishedRaw" | "publishedConfidence">,
  now: Date,
): Pick<Draft, "publishedAt" | "publishedRaw"> {
  const raw = publishedRaw ?? published;
  const kept = raw === null ? null : clip(raw, 100);
  const time = published === null ? Number.NaN : Date.parse(published);
  if (Number.isNaN(time) || time < earliest) return { publishedAt: null, publishedRaw: kept };
  if (time > now.getTime() + tolerance) return { publishedAt: now, publishedRaw: kept };
  const exact = publishedConfidence !== "assumed";
  return { publishedAt: new Date(time), publishedRaw: exact ? null : kept };
}

/** The body, when it says more than the summary does. */
function fullText(body: string, summary: string): string | null {
  const text = clip(body, limits.text);
  return text.length > summary.length + 20 ? text : null;
}

/** `es-VE` and `ES` are `es`. */
export function languageOf(tag: string | null): string | null {
  const primary = /^[a-z]{2,3}(?=$|[-_])/i.exec(tag?.trim() ?? "")?.[0];
  return primary ? primary.toLowerCase() : null;
}

const short = (text: string): string => hash("sha256", text).slice(0, 16);

/** At most so long, and fit for Postgres: no NUL, no half of a surrogate pair. */
export const clip = (text: string, limit: number): string =>
  text.slice(0, limit).replaceAll("\u0000", "\ufffd").toWellFormed();

const reasonOf = (error: unknown): string =>
  clip(error instanceof Error ? error.message : String(error), 500);

function excerptOf(item: ParsedItem): string {
  const shown = { title: item.title, link: item.link, summary: item.summary };
  return clip(JSON.stringify(shown) ?? "", 500);
}
