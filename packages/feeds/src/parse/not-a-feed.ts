/** What came instead of a feed. */
export type Appearance = "empty" | "html" | "json" | "opml" | "sitemap-index" | "xml" | "text";

const sentences: Record<Appearance, string> = {
  empty: "The answer was empty.",
  html: "This is a web page, not a feed; the page may name its feed, often under an orange symbol or “RSS”.",
  json: "This is JSON, but not a JSON Feed.",
  opml: "This is a list of feeds (OPML), not a feed; import it instead.",
  "sitemap-index":
    "This is a list of sitemaps, not a sitemap with articles; use one of the addresses in it.",
  xml: "This is XML, but no kind of feed that is known here.",
  text: "This is plain text or damaged data, not a feed.",
};

/** The only error of the parser: the document is no feed at all. The message says what it looks like. */
export class NotAFeed extends Error {
  override name = "NotAFeed";
  readonly code = "not-a-feed";
  readonly looksLike: Appearance;
  /** Feeds that the document names: what to use instead. */
  readonly feeds: readonly string[];

  constructor(looksLike: Appearance, feeds: readonly string[] = [], sentence?: string) {
    super(sentence ?? sentenceOf(looksLike, feeds));
    this.looksLike = looksLike;
    this.feeds = feeds;
  }
}

function sentenceOf(looksLike: Appearance, [first]: readonly string[]): string {
  if (first === undefined) return sentences[looksLike];
  return looksLike === "sitemap-index"
    ? `This is a list of sitemaps, not a sitemap with articles; the first to use is ${first}`
    : `This is a web page, not a feed; it names this feed: ${first}`;
}
