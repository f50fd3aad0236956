import { setTimeout as pause } from "node:timers/promises";
import {
  type Fetcher,
  giveBack,
  NotAFeed,
  openParser,
  type ParsedFeed,
  type ReadFeed,
  TooSlow,
} from "@newsledger/feeds";
import type { Config, Resources } from "@newsledger/host";
import { sql } from "kysely";
import { type Feed, type FeedRow, feedOf, hostKeyOf } from "./feed.ts";
import { isExempt, usualSpacingSeconds } from "./host-gate.ts";
import { keepItems } from "./keep.ts";
import { type Asked, lookUp } from "./known.ts";
import { lookAt } from "./look.ts";

export interface Backfilled {
  readonly pages: number;
  /** Items that the ledger did not have. */
  readonly added: number;
  /** Why it went no further back, for people. */
  readonly ended: string;
}

interface Place {
  readonly db: Resources["db"];
  readonly log: Resources["log"];
  readonly config: Pick<Config, "allowHosts" | "poller">;
  readonly fetcher: Pick<Fetcher, "feed">;
}

export interface BackfillOptions {
  readonly pages: number;
  /** A news sitemap, or any other document with older items, to begin with. */
  readonly from?: string | undefined;
  readonly signal?: AbortSignal;
}

/** There is no such feed. */
export class UnknownFeed extends Error {
  override name = "UnknownFeed";
}

/**
 * Reads what a feed's publisher still has of its past, page by page: along RFC 5005 and next links, else by WordPress's
 * numbering, or along a list of sitemaps. What is found is marked as history, so that no alert tells of it; known items stay
 * as they are.
 */
export async function backfillFeed(
  place: Place,
  name: string,
  { pages, from, signal }: BackfillOptions,
): Promise<Backfilled> {
  const feed = await followed(place.db, name);
  await using parser = openParser();
  const seen = new Set<string>();
  const trail: Trail = { feedUrl: feed.url, byNumber: from === undefined, listed: [] };
  let [page, added] = [0, 0];
  let url = from ?? feed.url;
  for (;;) {
    if (seen.size > 0) await spare(url, place.config.allowHosts, signal);
    seen.add(url);
    const read = await readPage(place.fetcher, parser.read, { feed, url });
    const news = isFeed(read) ? await keepHistory(place, feed, read) : 0;
    added += news;
    if (isFeed(read)) page += 1;
    const step = nextStep(trail, seen, { url, read, news, page });
    if ("ended" in step) return { pages: page, added, ended: step.ended };
    if (page === pages) return { pages, added, ended: `${pages} pages were asked for.` };
    if (seen.size > 2 * pages + mostLists)
      return { pages: page, added, ended: "Most of what the publisher lists could not be read." };
    url = step.url;
  }
}

const mostLists = 10;

interface Trail {
  readonly feedUrl: string;
  /** Pages may be asked for by number. */
  readonly byNumber: boolean;
  /** Sitemaps that a list named, and that were not read yet. */
  readonly listed: string[];
}

interface Step {
  readonly url: string;
  readonly read: Page | string;
  readonly news: number;
  readonly page: number;
}

function nextStep(
  trail: Trail,
  seen: ReadonlySet<string>,
  { url, read, news, page }: Step,
): { url: string } | { ended: string } {
  if (typeof read === "object" && "listed" in read)
    trail.listed.push(...read.listed.filter((sitemap) => !seen.has(sitemap)));
  const older = isFeed(read) ? pageBefore(trail, url, read) : null;
  const listed = older === null ? trail.listed.shift() : undefined;
  if (listed !== undefined) return { url: listed };
  if (typeof read === "string") return { ended: read };
  if (older === null || seen.has(older)) return { ended: "The publisher links to nothing older." };
  // Numbers beyond the last page are answered with the first one by some.
  if (isFeed(read) && (read.items.length === 0 || (page > 1 && news === 0 && read.older === null)))
    return { ended: "The last page held nothing new." };
  return { url: older };
}

async function followed(db: Place["db"], name: string): Promise<Feed> {
  const { rows } = await sql<FeedRow>`
    select * from newsledger.feeds
    where (feed_id = ${name} or url = ${name}) and removed_at is null`.execute(db);
  const [row] = rows;
  if (!row) throw new UnknownFeed(`no feed ${name}: see newsledger feeds list`);
  return feedOf(row);
}

async function spare(url: string, allowHosts: readonly string[], signal?: AbortSignal) {
  if (isExempt(hostKeyOf(url), allowHosts)) return;
  await pause(usualSpacingSeconds * 1000, undefined, signal ? { signal } : {});
}

/** A document with items, or a list of those. */
type Page = ParsedFeed | { readonly listed: readonly string[] };

const isFeed = (read: Page | string): read is ParsedFeed =>
  typeof read === "object" && !("listed" in read);

/** The page, or in a sentence why there is none. */
async function readPage(
  fetcher: Place["fetcher"],
  read: ReadFeed,
  { feed, url }: { feed: Feed; url: string },
): Promise<Page | string> {
  const answer = await fetcher.feed(url);
  if (answer.outcome === "not-modified") return "The publisher answered nothing new.";
  if (answer.outcome !== "fetched") return answer.reason;
  const { bytes, headers, finalUrl } = answer;
  const contentType = headers["content-type"] ?? null;
  try {
    return await read({ bytes, headers, contentType, url: finalUrl }, feed.reader);
  } catch (error) {
    if (error instanceof NotAFeed && error.looksLike === "sitemap-index" && error.feeds.length > 0)
      return { listed: error.feeds };
    if (error instanceof NotAFeed || error instanceof TooSlow) return error.message;
    throw error;
  } finally {
    giveBack(bytes);
  }
}

/** Keeps what is new; a page of the past says nothing of how the feed fares now. */
async function keepHistory({ db, log }: Place, feed: Feed, page: ParsedFeed): Promise<number> {
  const { rows } = await sql<{ now: Date }>`select now()`.execute(db);
  const desk = { lookUp: async (asked: Asked) => (await lookUp(db, [asked]))[0] ?? new Map() };
  const unwatched = { ...feed, portrait: null, missing: false };
  const look = await lookAt({ db, log, desk }, unwatched, page, rows[0]?.now ?? new Date());
  const judged = look.judged.filter(({ verdict }) => verdict.kind === "new");
  if (judged.length === 0) return 0;
  const origin = { feedId: feed.feedId, source: feed.source ?? feed.title, backfill: true };
  const found = { origin, look: { ...look, judged, spoilt: [], untouched: [] } };
  const [kept] = await db.transaction().execute((trx) => keepItems({ trx, log }, [found]));
  log.wake();
  return kept?.seen ?? 0;
}

/** The address of the page before this one; null when the publisher offers none. */
function pageBefore(
  { feedUrl, byNumber }: Trail,
  url: string,
  { older }: Pick<ParsedFeed, "older">,
): string | null {
  if (older !== null) return older;
  // WordPress: /feed/?paged=2. Other software ignores the number, and answers what is known already.
  if (!byNumber || !/\/feed\/?$|[?&]feed=/.test(feedUrl.replace(/[?&]paged=\d+/, ""))) return null;
  const page = new URL(url);
  page.searchParams.set("paged", String(Number(page.searchParams.get("paged") ?? "1") + 1));
  return page.href;
}
