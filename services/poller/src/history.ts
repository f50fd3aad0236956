import { type NewsEvents, recoveryTold, span, streams } from "@newsledger/core";
import type { RecordedEvent } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { type FeedSummary, type FeedView, listFeeds, summaryState } from "./list.ts";
import { type PaceReason, paceReason } from "./pace.ts";

/** One thing that happened to a feed, for people. */
export interface FeedMoment {
  readonly at: Date;
  readonly type: string;
  readonly told: string;
}

/** A feed, how it is asked, and what became of it since it was followed, oldest first. */
export interface FeedStory extends FeedView {
  readonly polls: number;
  readonly intervalSeconds: number | null;
  /** Half the usual gap between its items. */
  readonly rhythmSeconds: number | null;
  readonly pace: PaceReason;
  /** It forwards for good to another address, so many times in a row; after the third, that is where it is asked. */
  readonly redirect: { readonly to: string; readonly times: number } | null;
  /** Its server can say that nothing changed. */
  readonly validators: boolean;
  readonly reader: string;
  /** Until when a hub promised to call when it changes (WebSub). */
  readonly hubUntil: Date | null;
  /** What had to be repaired, cut or left out of its last document. */
  readonly warnings: readonly string[];
  /** What it was found to bring on each of the last thirty days (UTC), oldest first. */
  readonly days: readonly { readonly day: string; readonly items: number }[];
  /** Its newest items by when they were found. */
  readonly newest: readonly string[];
  readonly history: readonly FeedMoment[];
}

/** By its id or address; null when there is none such in the list. */
export async function feedStory(
  { db, log }: Pick<Resources, "db" | "log">,
  feed: string,
): Promise<FeedStory | null> {
  const [found] = await listFeeds(db, feed);
  if (!found) return null;
  const { rows } = await sql<
    Omit<FeedStory, keyof FeedView | "history" | "polls" | "pace" | "days" | "newest"> & {
      polls: string;
    }
  >`
    select polls, interval_seconds as "intervalSeconds", rhythm_seconds as "rhythmSeconds", reader,
      case when redirect_to is not null
        then jsonb_build_object('to', redirect_to, 'times', redirect_count) end as redirect,
      etag is not null or last_modified is not null as validators,
      coalesce(portrait -> 'warnings', '[]') as warnings,
      (select h.lease_until from newsledger.feed_hubs as h
        where h.feed_id = feeds.feed_id and h.lease_until > now()) as "hubUntil"
    from newsledger.feeds where feed_id = ${found.feedId}`.execute(db);
  const history: FeedMoment[] = [];
  for await (const event of log.readStream(streams.feed(found.feedId)))
    history.push({ at: event.recordedAt, type: event.type, told: told(event) });
  const [row] = rows;
  if (!row) return null;
  const pace = paceReason({ ...found, ...row });
  const brought = await broughtBy(db, found.feedId);
  return { ...found, ...row, ...brought, pace, polls: Number(row.polls), history };
}

const daysShown = 30;
const newestShown = 20;

async function broughtBy(
  db: Resources["db"],
  feedId: string,
): Promise<Pick<FeedStory, "days" | "newest">> {
  const { rows: days } = await sql<{ day: string; items: number }>`
    select to_char(d, 'YYYY-MM-DD') as day, count(i.item_id)::int as items
    from generate_series((now() at time zone 'UTC')::date - ${daysShown - 1}::int,
      (now() at time zone 'UTC')::date, interval '1 day') as d
    left join newsledger.feed_items as i
      on i.feed_id = ${feedId} and (i.first_seen_at at time zone 'UTC')::date = d
    group by d order by d`.execute(db);
  const { rows: newest } = await sql<{ id: string }>`
    select item_id as id from newsledger.feed_items where feed_id = ${feedId}
    order by first_seen_at desc, array_position((select items from newsledger.feed_windows
      where feed_id = ${feedId}), item_id), item_id limit ${newestShown}`.execute(db);
  return { days, newest: newest.map(({ id }) => id) };
}

/** The same as readers of the site need it: by its id alone. */
export async function feedDetail(
  resources: Pick<Resources, "db" | "log">,
  feedId: string,
): Promise<FeedDetail | null> {
  const story = await feedStory(resources, feedId);
  if (story?.feedId !== feedId) return null;
  return { ...story, state: summaryState(story) ?? "off", lastGoodPollAt: story.lastSuccessAt };
}

export type FeedDetail = Omit<FeedStory, "state"> & {
  readonly state: FeedSummary["state"] | "off";
  readonly lastGoodPollAt: Date | null;
};

/** What an event of a feed's stream says of it, in a sentence or two. */
function told(event: Pick<RecordedEvent<NewsEvents>, "type" | "data">): string {
  const { type, data } = event as RecordedEvent<NewsEvents>;
  switch (type) {
    case "feed.added":
      return "Followed from now on.";
    case "feed.removed":
      return `No longer followed: ${data.reason}.`;
    case "feed.degraded":
      return `In trouble${tries(data.failures)}: ${data.reason}`;
    case "feed.dead":
      return `Has not answered for long${tries(data.failures)}, and is still asked once a day: ${data.reason}`;
    case "feed.recovered":
      return data.since === undefined
        ? `${recoveryTold(data)} It took ${span(data.downSeconds)}.`
        : recoveryTold(data);
    case "feed.moved":
      return `It moved for good, and is asked at ${data.to} now; before, at ${data.from}.`;
    case "feed.gap_suspected":
      return `Items may have been missed. ${data.reason}`;
    case "feed.silent":
    case "feed.stale":
      return data.reason;
    case "feed.retired":
      return `Not asked any more: ${data.reason}`;
    default:
      return type;
  }
}

const tries = (failures: number): string => (failures > 1 ? `, after ${failures} tries` : "");
