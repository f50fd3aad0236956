import {
  type Fetcher,
  NotAFeed,
  type ParsedFeed,
  type parseFeed,
  type SecondOpinion,
  type secondOpinion,
} from "@newsledger/feeds";
import type { impressionOf } from "@newsledger/poller";
import { type Trouble, troubleOf } from "./feed-advice.ts";

export interface FeedCheck {
  readonly url: string;
  readonly readable: boolean;
  /** What stopped it, and what to do about it; null when it can be read. */
  readonly trouble: Trouble | null;
  /** By which proxy it was asked, as host:port. */
  readonly via: string | null;
  readonly finalUrl: string | null;
  readonly format: ParsedFeed["format"] | null;
  readonly encoding: string | null;
  readonly bytes: number;
  readonly title: string | null;
  readonly language: string | null;
  readonly items: number;
  readonly dated: number;
  readonly newest: string | null;
  /** The titles of its first items. */
  readonly latest: readonly string[];
  readonly validators: boolean;
  readonly warnings: readonly string[];
  /** What its items give reason to suspect, in a sentence. */
  readonly concern: string | null;
  /** What a strict reader (rss-parser) makes of the same bytes. */
  readonly second: SecondOpinion | null;
}

interface Readers {
  readonly fetcher: Pick<Fetcher, "feed">;
  readonly via?: string | null;
  readonly parseFeed: typeof parseFeed;
  readonly secondOpinion: typeof secondOpinion;
  readonly impressionOf: typeof impressionOf;
}

const blank = {
  readable: false,
  finalUrl: null,
  format: null,
  encoding: null,
  bytes: 0,
  title: null,
  language: null,
  items: 0,
  dated: 0,
  newest: null,
  latest: [],
  validators: false,
  warnings: [],
  concern: null,
  second: null,
};

const titlesShown = 3;
/** Of other kinds, a reader of feeds in XML has no opinion. */
const xmlFormats: ReadonlySet<ParsedFeed["format"]> = new Set(["rss", "rdf", "atom"]);

/** Fetches and reads one feed, and gathers what a person should know before following it. */
export async function checkFeed(url: string, readers: Readers, now: Date): Promise<FeedCheck> {
  const unread = { ...blank, via: readers.via ?? null };
  const fetched = await readers.fetcher.feed(url);
  if (fetched.outcome === "failed") return { url, ...unread, trouble: troubleOf(fetched) };
  if (fetched.outcome !== "fetched") {
    const code = `http-${fetched.status}`;
    const reason =
      fetched.outcome === "gone" ? fetched.reason : "It answered 304 to a first request.";
    return { url, ...unread, trouble: troubleOf({ code, reason }) };
  }
  const { bytes, finalUrl, headers } = fetched;
  try {
    const contentType = headers["content-type"] ?? null;
    const parsed = readers.parseFeed({ bytes, url: finalUrl, headers, contentType });
    const { title, language, encoding, format, items, warnings } = parsed;
    const dates = items.flatMap(({ published }) => (published ? [published] : [])).toSorted();
    return {
      ...{ url, readable: true, trouble: null, via: unread.via, finalUrl, format, encoding },
      bytes: bytes.length,
      validators: fetched.etag !== undefined || fetched.lastModified !== undefined,
      ...{ title, language, items: items.length, dated: dates.length, warnings },
      newest: dates.at(-1) ?? null,
      latest: items.slice(0, titlesShown).map((item) => item.title),
      concern: concernOf(parsed, readers, now),
      second: xmlFormats.has(format)
        ? await readers.secondOpinion(new TextDecoder(encoding).decode(bytes))
        : null,
    };
  } catch (error) {
    if (!(error instanceof NotAFeed)) throw error;
    return { url, ...unread, finalUrl, bytes: bytes.length, trouble: troubleOf(error) };
  }
}

const concernOf = (parsed: ParsedFeed, { impressionOf }: Readers, now: Date): string | null =>
  parsed.items.length === 0
    ? "It is a feed, and there is nothing in it."
    : (impressionOf(parsed, now)?.reason ?? null);

/** The check as lines for a person. */
export function findings(check: FeedCheck): string[] {
  const { url, via, finalUrl, trouble, concern, warnings } = check;
  const moved = [
    ...(finalUrl === null || finalUrl === url ? [] : [`  leads to ${finalUrl}`]),
    ...(via === null ? [] : [`  asked by way of the proxy at ${via}`]),
  ];
  if (trouble)
    return [
      url,
      ...moved,
      `  cannot be read: ${trouble.problem}`,
      `  what to do: ${trouble.advice}`,
    ];
  return [
    check.title || url,
    ...moved,
    `  ${sizeOf(check)}`,
    `  ${contentsOf(check)}`,
    ...check.latest.map((title) => `    “${shortened(title)}”`),
    `  language: ${check.language ?? "not said; name it with feeds add --language"}`,
    `  ${check.validators ? "its server says when nothing changed: asking costs little" : "its server cannot say that nothing changed: each time all of it is fetched"}`,
    ...strictly(check),
    ...(concern === null ? [] : [`  careful: ${concern}`]),
    ...warnings.map((warning) => `  repaired: ${warning}`),
  ];
}

const longestTitle = 120;
const shortened = (title: string): string =>
  title.length > longestTitle ? `${title.slice(0, longestTitle - 1).toWellFormed()}…` : title;

const names: Readonly<Record<ParsedFeed["format"], string>> = {
  ...{ rss: "RSS", rdf: "RSS 1.0 (RDF)", atom: "Atom", json: "JSON Feed", ndjson: "NDJSON" },
  ...{ sitemap: "a news sitemap", cdf: "CDF" },
};

const sizeOf = ({ format, encoding, bytes }: FeedCheck): string =>
  `${format === null ? "" : names[format]}, ${Math.max(1, Math.round(bytes / 1_000)).toLocaleString("en")} kB, in ${encoding}`;

function contentsOf({ items, dated, newest }: FeedCheck): string {
  const count = `${items} ${items === 1 ? "item" : "items"}`;
  if (items === 0) return count;
  const dates = dated === items ? "all with a date" : `${dated} with a date`;
  return `${count}, ${dates}${newest ? `, the newest of ${newest.slice(0, 10)}` : ""}; the first are`;
}

function strictly({ second, items }: FeedCheck): string[] {
  if (!second) return [];
  const [problem] = (second.problem ?? "").split("\n");
  if (!second.readable)
    return [`  broken in places: strict readers cannot read it (${problem}); this one can`];
  return second.items.length === items
    ? ["  well-formed: a strict reader finds the same items"]
    : [
        second.items.length > items
          ? `  a strict reader finds ${second.items.length} items`
          : `  a strict reader finds ${second.items.length} of the ${items} items`,
      ];
}
