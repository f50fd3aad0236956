import type { ReadablePage } from "@newsledger/extraction";
import type { PageOutcome } from "@newsledger/feeds";
import type { ItemFacts } from "./item.ts";

/** What there is to understand, and where it came from. */
export type ArticleText =
  | {
      readonly from: "page" | "feed";
      readonly title: string;
      readonly text: string;
      readonly byline: string | null;
      readonly language: string | null;
      readonly publishedAt: string | null;
      readonly url: string | null;
      /** Why the page was not used; null when it was. */
      readonly pageProblem: string | null;
    }
  | { readonly from: "nothing"; readonly reason: string };

export type PageReading =
  | { readonly outcome: "read"; readonly page: ReadablePage; readonly finalUrl: string }
  | {
      readonly outcome: "unread";
      readonly reason: string;
      readonly again: boolean;
      /** Our own proxy is closed: the page was not asked for. */
      readonly closedRoad?: boolean;
      readonly afterSeconds?: number;
    };

/** For a feed these may pass; for one page they are an answer, and the feed's own words need not wait. */
const refusals = new Set(["http-403", "http-404"]);

/** A fetched page as an article, or why it is none. `readable` is passed in, for it is the costly part. */
export function readPage(
  fetched: PageOutcome,
  readable: (html: string, url: string) => ReadablePage | null,
): PageReading {
  if (fetched.outcome === "gone")
    return { outcome: "unread", reason: fetched.reason, again: false };
  if (fetched.outcome === "failed") {
    const { reason, code, hard, retryAfterSeconds } = fetched;
    return {
      outcome: "unread",
      reason,
      again: !hard && !refusals.has(code),
      ...(code === "proxy" && { closedRoad: true }),
      ...(retryAfterSeconds === undefined ? {} : { afterSeconds: retryAfterSeconds }),
    };
  }
  const page = readable(fetched.html, fetched.finalUrl);
  if (!page)
    return { outcome: "unread", reason: "The page holds no readable article.", again: false };
  return { outcome: "read", page, finalUrl: fetched.finalUrl };
}

/** The page's text when it was read, else the feed's own words, else nothing. The feed's title and date win: they are what the ledger has shown. */
export function chooseText(
  item: ItemFacts,
  feedText: string | null,
  reading: PageReading,
): ArticleText {
  const { title, url, publishedAt, author, language } = item;
  if (reading.outcome === "read" && reading.page.text.trim() !== "") {
    const { page } = reading;
    return {
      from: "page",
      title: title || page.title,
      text: page.text,
      byline: page.byline ?? author,
      language: page.language ?? language,
      publishedAt: publishedAt ?? page.publishedAt,
      url: url ?? page.canonicalUrl,
      pageProblem: null,
    };
  }
  const reason = reading.outcome === "read" ? "The page holds no text." : reading.reason;
  const text = feedText?.trim() || item.summary.trim();
  if (!text) return { from: "nothing", reason };
  return {
    from: "feed",
    title,
    text,
    byline: author,
    language,
    publishedAt,
    url,
    pageProblem: reason,
  };
}
