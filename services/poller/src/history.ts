import { type NewsEvents, recoveryTold, span, streams } from "@newsledger/core";
import type { RecordedEvent } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { type FeedView, listFeeds } from "./list.ts";

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
  /** Its server can say that nothing changed. */
  readonly validators: boolean;
  readonly reader: string;
  /** Until when a hub promised to call when it changes (WebSub). */
  readonly hubUntil: Date | null;
  /** What had to be repaired, cut or left out of its last document. */
  readonly warnings: readonly string[];
  readonly history: readonly FeedMoment[];
}

/** By its id or address; null when there is none such in the list. */
export async function feedStory(
  { db, log }: Pick<Resources, "db" | "log">,
  feed: string,
): Promise<FeedStory | null> {
  const found = (await listFeeds(db)).find(({ feedId, url }) => feedId === feed || url === feed);
  if (!found) return null;
  const { rows } = await sql<
    Omit<FeedStory, keyof FeedView | "history" | "polls"> & { polls: string }
  >`
    select polls, interval_seconds as "intervalSeconds", reader,
      etag is not null or last_modified is not null as validators,
      coalesce(portrait -> 'warnings', '[]') as warnings,
      (select h.lease_until from newsledger.feed_hubs as h
        where h.feed_id = feeds.feed_id and h.lease_until > now()) as "hubUntil"
    from newsledger.feeds where feed_id = ${found.feedId}`.execute(db);
  const history: FeedMoment[] = [];
  for await (const event of log.readStream(streams.feed(found.feedId)))
    history.push({ at: event.recordedAt, type: event.type, told: told(event) });
  const [row] = rows;
  return row ? { ...found, ...row, polls: Number(row.polls), history } : null;
}

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
