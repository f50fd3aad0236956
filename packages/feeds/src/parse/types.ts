/** Bytes as they came, and what is known about them. */
export interface FeedInput extends About {
  readonly bytes: Uint8Array;
  /** The Content-Type header, when there was one. */
  readonly contentType?: string | null;
}

/** What is known about a document beyond its bytes. */
export interface About {
  /** The address that the bytes came from: relative links are resolved against it. */
  readonly url?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Enclosure {
  readonly url: string;
  readonly type: string | null;
  readonly length: number | null;
}

/** A place on earth, in degrees. */
export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** `assumed`: a part was missing or damaged (zone, time of day, century) and was filled in. */
export type DateConfidence = "exact" | "assumed";

export interface ParsedItem {
  readonly guid: string | null;
  readonly guidIsPermalink: boolean;
  /** Plain text, one line; from the body's first words when the feed gave none. */
  readonly title: string;
  /** The title as the feed gave it: HTML that nobody has cleaned; null when it gave none. */
  readonly titleHtml: string | null;
  /** Absolute http(s) address. */
  readonly link: string | null;
  /** Plain text of the description, or of the body when there is no description; clipped. */
  readonly summary: string;
  /** The description as the feed gave it: HTML that nobody has cleaned. */
  readonly description: string | null;
  /** The full body when the feed carries one: HTML that nobody has cleaned. */
  readonly content: string | null;
  readonly author: string | null;
  /** ISO 8601 in UTC; null when there was none or it could not be read. */
  readonly published: string | null;
  readonly publishedRaw: string | null;
  readonly publishedConfidence: DateConfidence | null;
  readonly updated: string | null;
  readonly language: string | null;
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  /** Where it happened, when the feed says so (GeoRSS). */
  readonly point?: Point;
}

export interface ParsedFeed {
  readonly format: "rss" | "rdf" | "atom" | "json" | "ndjson" | "sitemap" | "cdf";
  /** The encoding that was used, as a WHATWG label. */
  readonly encoding: string;
  readonly title: string;
  /** The title as the feed gave it: HTML that nobody has cleaned; null when it gave none. */
  readonly titleHtml: string | null;
  readonly link: string | null;
  readonly language: string | null;
  /** The document with the items before these: RFC 5005 prev-archive, a next page, JSON Feed next_url. */
  readonly older: string | null;
  /** WebSub hub. */
  readonly hub: string | null;
  /** The address that the feed gives for itself: what a hub knows it by. */
  readonly self: string | null;
  /** RSS `ttl`, in seconds. */
  readonly ttlSeconds: number | null;
  /** `sy:updatePeriod` ÷ `sy:updateFrequency`, in seconds. */
  readonly updatePeriodSeconds: number | null;
  readonly items: readonly ParsedItem[];
  /** Sentences about what had to be repaired, cut or left out. */
  readonly warnings: readonly string[];
}
