import { giveBack } from "./fetch/body.ts";
import type { Fetcher } from "./fetch/types.ts";
import { NotAFeed } from "./parse/not-a-feed.ts";
import { parseFeed } from "./parse/parse.ts";

/** What an address that a person typed leads to. */
export type FoundFeeds =
  | { readonly kind: "feed"; readonly url: string }
  /** A page, or a list of sitemaps; its feeds, the best first: those that it names, else one that was found where such feeds usually are. */
  | { readonly kind: "page"; readonly feeds: readonly string[] }
  | { readonly kind: "none"; readonly answered: boolean; readonly reason: string };

const usualPlaces = ["feed/", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml"];

/** Looks for the feed that is meant by an address, which may be that of a site. */
export async function findFeeds(fetcher: Pick<Fetcher, "feed">, url: string): Promise<FoundFeeds> {
  const first = await look(fetcher, url);
  if (first.kind !== "page") return first;
  if (first.feeds.length > 0)
    return { kind: "page", feeds: await livingFirst(fetcher, first.feeds) };
  for (const place of usualPlaces) {
    const address = URL.parse(place, new URL("/", url).href)?.href ?? url;
    if ((await look(fetcher, address)).kind === "feed") return { kind: "page", feeds: [address] };
  }
  return {
    kind: "none",
    answered: true,
    reason: "This is a web page; it names no feed, and none is where feeds usually are.",
  };
}

const mostLooked = 3;

/** Pages name feeds that ended long ago, too: the first that is one comes first. */
async function livingFirst(
  fetcher: Pick<Fetcher, "feed">,
  feeds: readonly string[],
): Promise<readonly string[]> {
  for (const feed of feeds.slice(0, mostLooked))
    if ((await look(fetcher, feed)).kind === "feed")
      return [feed, ...feeds.filter((other) => other !== feed)];
  return feeds;
}

async function look(fetcher: Pick<Fetcher, "feed">, url: string): Promise<FoundFeeds> {
  const answer = await fetcher.feed(url);
  if (answer.outcome === "not-modified") return { kind: "feed", url };
  if (answer.outcome !== "fetched") return { kind: "none", answered: false, reason: answer.reason };
  const { bytes, headers, finalUrl } = answer;
  try {
    parseFeed({ bytes, headers, contentType: headers["content-type"] ?? null, url: finalUrl });
    return { kind: "feed", url };
  } catch (error) {
    if (!(error instanceof NotAFeed)) throw error;
    if (error.looksLike === "html" || error.feeds.length > 0)
      return { kind: "page", feeds: error.feeds };
    return { kind: "none", answered: true, reason: error.message };
  } finally {
    giveBack(bytes);
  }
}
