import { contentId, contentUuid, feedAdded, feedRemoved, streams } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import {
  canonicalUrl,
  type FeedCatalogue,
  feedCatalogue,
  isLocal,
  type Reader,
} from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { hostKeyOf } from "./feed.ts";
import { clip, languageOf } from "./item.ts";

type Db = Resources["db"];
type Log = Resources["log"];

export interface NewFeed {
  readonly url: string;
  readonly feedId?: string | undefined;
  /** Without one, the feed's own title is used once it is known. */
  readonly title?: string | undefined;
  /** The outlet as people know it; else the title. */
  readonly source?: string | undefined;
  readonly language?: string | null | undefined;
  readonly kind?: string | undefined;
  /** True: what its first answer holds is history, and raises no alerts. */
  readonly history?: boolean | undefined;
  /** Who reads its documents; our own parser, unless somebody chose. */
  readonly reader?: Reader | undefined;
  /** It may lie on this machine (file:, maildir:): said by who runs it, never by a list or a page. */
  readonly local?: boolean | undefined;
}

export interface AddedFeed {
  readonly feedId: string;
  /** False: it was there already, and is as it was. */
  readonly added: boolean;
}

/** The address is none that a feed can have; the message is a sentence for people. */
export class BadFeedAddress extends Error {
  override name = "BadFeedAddress";
}

/** Follows a feed from now on. One that was removed or switched off comes back. */
export async function addFeed(db: Db, log: Log, feed: NewFeed): Promise<AddedFeed> {
  return db.transaction().execute((trx) => addWithin(trx, log, feed));
}

async function addWithin(trx: AnyTransaction, log: Log, feed: NewFeed): Promise<AddedFeed> {
  const local = feed.local === true && isLocal(feed.url);
  const url = local ? feed.url : feedAddress(feed.url);
  const feedId = feed.feedId ?? (local ? contentId("feed", url) : feedIdOf(url));
  const row = await put(trx, { ...feed, url, feedId }, true);
  if (!row) {
    if (feed.reader) await chooseReader(trx, feedId, feed.reader);
    return { feedId, added: false };
  }
  await announce(trx, log, row);
  return { feedId, added: true };
}

/** Another reader may see other things in the same document, so the next poll reads it again. */
async function chooseReader(trx: AnyTransaction, feedId: string, reader: Reader): Promise<void> {
  await sql`
    update newsledger.feeds
    set reader = ${reader}, etag = null, last_modified = null, body_hash = null,
      portrait = portrait - 'itemsHash'
    where feed_id = ${feedId} and reader <> ${reader}`.execute(trx);
}

/** The id follows from the address: adding a feed twice is adding it once. */
export function feedIdOf(url: string): string {
  const address = feedAddress(url);
  return contentId("feed", canonicalUrl(address) ?? address);
}

/** http or https, without a fragment and without credentials. */
export function feedAddress(text: string): string {
  const trimmed = text
    .trim()
    .replace(/^feed:(\/\/)?(?=https?:)/i, "")
    .replace(/^feed:\/\//i, "https://");
  const url = URL.parse(trimmed);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "")
    throw new BadFeedAddress(
      `“${clip(text, 100)}” is not a web address; a feed's starts with https:// or http://.`,
    );
  if (url.username !== "" || url.password !== "")
    throw new BadFeedAddress("Addresses that carry a user name or a password cannot be followed.");
  url.hash = "";
  return url.href;
}

/** Until it has told its title: its host, or of what lies on this machine its own name. */
const nameOf = (url: string): string =>
  (isLocal(url) ? url.split("/").findLast((part) => part !== "") : hostKeyOf(url)) ?? url;

interface PutRow {
  feed_id: string;
  url: string;
  title: string;
  language: string | null;
  additions: number;
}

/** Inserts the feed, or brings it back; null when it is there and on. */
async function put(
  trx: AnyTransaction,
  feed: NewFeed & { feedId: string },
  enabled: boolean,
): Promise<PutRow | null> {
  const title = clip(feed.title?.trim() ?? "", 200);
  const { rows } = await sql<PutRow>`
    insert into newsledger.feeds as feeds
      (feed_id, url, title, titled, source, language, kind, history, enabled, host_key, reader)
    values (${feed.feedId}, ${feed.url}, ${title || nameOf(feed.url)}, ${title !== ""},
      ${feed.source ?? null}, ${languageOf(feed.language ?? null)}, ${feed.kind ?? "feed"},
      ${feed.history ?? false}, ${enabled}, ${hostKeyOf(feed.url)}, ${feed.reader ?? "own"})
    on conflict (feed_id) do update
    set enabled = true, removed_at = null, reader = excluded.reader, additions = feeds.additions + 1, next_poll_at = now(),
      state = case when feeds.state = 'retired' then 'new' else feeds.state end
    where not feeds.enabled
    returning feed_id, url, title, language, additions`.execute(trx);
  return rows[0] ?? null;
}

async function announce(trx: AnyTransaction, log: Log, row: PutRow): Promise<void> {
  const { feed_id: feedId, url, title, language, additions } = row;
  await log
    .within(trx)
    .append(streams.feed(feedId), [feedAdded.create({ feedId, url, title, language })], {
      key: `feed.added:${feedId}:${additions}`,
      correlationId: contentUuid("feed", feedId),
    });
}

/** Stops following a feed, named by its id or address. What it brought stays. False: there is none such. */
export async function removeFeed(
  db: Db,
  log: Log,
  feed: string,
  reason = "removed by a person",
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ feed_id: string; additions: number }>`
      update newsledger.feeds set enabled = false, removed_at = now(), lease_until = null
      where (feed_id = ${feed} or url = ${feed}) and removed_at is null
      returning feed_id, additions`.execute(trx);
    for (const { feed_id: feedId, additions } of rows) {
      await log.within(trx).append(streams.feed(feedId), [feedRemoved.create({ feedId, reason })], {
        key: `feed.removed:${feedId}:${additions}`,
        correlationId: contentUuid("feed", feedId),
      });
    }
    return rows.length > 0;
  });
}

/** The shipped feeds that this ledger never had; one that was removed stays removed. Answers how many came. */
export async function seedCatalogue(
  db: Db,
  log: Log,
  catalogue: Pick<FeedCatalogue, "feeds"> = feedCatalogue(),
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ feed_id: string }>`
      select feed_id from newsledger.feeds`.execute(trx);
    const had = new Set(rows.map((row) => row.feed_id));
    const missing = catalogue.feeds.filter(({ id }) => !had.has(id));
    for (const { id, url, title, source, language, kind, enabled } of missing) {
      const feed = {
        feedId: id,
        url: feedAddress(url),
        title,
        source,
        language,
        kind,
        history: true,
      };
      const row = await put(trx, feed, enabled);
      if (row && enabled) await announce(trx, log, row);
    }
    return missing.length;
  });
}

/** Makes a feed (by id or address), or all of them, due now. Answers how many. */
export async function requestPoll(db: Db, feed = "all"): Promise<number> {
  const { numAffectedRows } = await sql`
    update newsledger.feeds set next_poll_at = now()
    where enabled and (${feed} = 'all' or feed_id = ${feed} or url = ${feed})`.execute(db);
  return Number(numAffectedRows ?? 0);
}
