import { setTimeout as pause } from "node:timers/promises";
import {
  type Fetcher,
  NotAFeed,
  openParser,
  type ParsedFeed,
  type ReadFeed,
  TooSlow,
} from "@newsledger/feeds";
import type { Config, Resources } from "@newsledger/host";
import { sql } from "kysely";
import { openDesk } from "./desk.ts";
import { type Feed, type FeedRow, feedOf, hostKeyOf } from "./feed.ts";
import { isExempt, usualSpacingSeconds } from "./host-gate.ts";
import { keepItems } from "./keep.ts";
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
 * numbering. What is found is marked as history, so that no alert tells of it; known items stay as they are.
 */
export async function backfillFeed(
  place: Place,
  name: string,
  { pages, from, signal }: BackfillOptions,
): Promise<Backfilled> {
  const feed = await followed(place.db, name);
  await using parser = openParser();
  const seen = new Set<string>();
  let added = 0;
  let url = from ?? feed.url;
  for (let page = 1; ; page++) {
    if (page > 1) await spare(url, place.config.allowHosts, signal);
    seen.add(url);
    const read = await readPage(place.fetcher, parser.read, { feed, url });
    if (typeof read === "string") return { pages: page - 1, added, ended: read };
    const news = await keepHistory(place, feed, read);
    added += news;
    const next = pageBefore(feed.url, url, read, from !== undefined);
    if (next === null || seen.has(next))
      return { pages: page, added, ended: "The publisher links to nothing older." };
    // Numbers beyond the last page are answered with the first one by some.
    if (read.items.length === 0 || (page > 1 && news === 0 && read.older === null))
      return { pages: page, added, ended: "The last page held nothing new." };
    if (page === pages) return { pages, added, ended: `${pages} pages were asked for.` };
    url = next;
  }
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

/** The page, or in a sentence why there is none. */
async function readPage(
  fetcher: Place["fetcher"],
  read: ReadFeed,
  { feed, url }: { feed: Feed; url: string },
): Promise<ParsedFeed | string> {
  const answer = await fetcher.feed(url);
  if (answer.outcome === "not-modified") return "The publisher answered nothing new.";
  if (answer.outcome !== "fetched") return answer.reason;
  const { bytes, headers, finalUrl } = answer;
  const contentType = headers["content-type"] ?? null;
  try {
    return await read({ bytes, headers, contentType, url: finalUrl }, feed.reader);
  } catch (error) {
    if (error instanceof NotAFeed || error instanceof TooSlow) return error.message;
    throw error;
  }
}

/** Keeps what is new; a page of the past says nothing of how the feed fares now. */
async function keepHistory(
  { db, log, config }: Place,
  feed: Feed,
  page: ParsedFeed,
): Promise<number> {
  const { rows } = await sql<{ now: Date }>`select now()`.execute(db);
  const desk = openDesk({ db, log, config });
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
  feedUrl: string,
  url: string,
  { older }: Pick<ParsedFeed, "older">,
  elsewhere: boolean,
): string | null {
  if (older !== null) return older;
  // WordPress: /feed/?paged=2. Other software ignores the number, and answers what is known already.
  if (elsewhere || !/\/feed\/?$|[?&]feed=/.test(feedUrl.replace(/[?&]paged=\d+/, ""))) return null;
  const page = new URL(url);
  page.searchParams.set("paged", String(Number(page.searchParams.get("paged") ?? "1") + 1));
  return page.href;
}
