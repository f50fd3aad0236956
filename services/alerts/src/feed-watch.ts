import { type NewsEvents, recoveryTold } from "@newsledger/core";
import type { AnyTransaction, EventLog, RecordedEvent } from "@newsledger/eventlog";
import { sql } from "kysely";
import type { FeedTrouble, Rule } from "./rule.ts";
import { listRules } from "./rules.ts";
import { notice } from "./unheard.ts";

/** What is heard of feeds: that they bring something, and that they are in trouble. */

const troubles = {
  "feed.degraded": "degraded",
  "feed.dead": "dead",
  "feed.silent": "silent",
  "feed.gap_suspected": "gap",
  "feed.stale": "stale",
  "feed.retired": "retired",
  "feed.recovered": "recovered",
} as const satisfies Partial<Record<keyof NewsEvents, FeedTrouble>>;

export const feedTypes = [
  ...(Object.keys(troubles) as (keyof typeof troubles)[]),
  "feed.added",
  "feed.removed",
  "item.seen",
] as const;
export type FeedEvent = Extract<RecordedEvent<NewsEvents>, { type: (typeof feedTypes)[number] }>;
type TroubleEvent = Extract<FeedEvent, { type: keyof typeof troubles }>;

const words: Readonly<Record<FeedTrouble, string>> = {
  degraded: "has trouble",
  dead: "no longer answers",
  silent: "has been silent for unusually long",
  gap: "may have lost items",
  stale: "brings no news any more",
  retired: "is no longer polled",
  recovered: "is well again",
};

/** The log subscription that keeps up with feeds. */
export function feedWatcher(setting: { log: EventLog<NewsEvents>; publicUrl: string }) {
  return async (events: readonly FeedEvent[], trx: AnyTransaction) => {
    await keepItems(trx, events);
    const rules = events.some(isTrouble) ? await listRules(trx) : [];
    for (const event of events) {
      if (event.type === "item.seen") continue;
      await keepFeed(trx, event);
      if (!isTrouble(event)) continue;
      for (const rule of rules)
        if (rule.enabled && rule.speaksFrom < event.recordedAt && concernsFeed(rule, event))
          await notice(trx, setting, rule, await unheard(trx, event), event.id);
    }
    return undefined;
  };
}

const isTrouble = (event: FeedEvent): event is TroubleEvent => event.type in troubles;

/** Whether a rule asks for this trouble of this feed. */
export const concernsFeed = (
  { when }: Pick<Rule, "when">,
  { type, data }: { type: string; data: { feedId: string } },
): boolean =>
  when.kind === "feed-trouble" &&
  when.troubles.some((trouble) => troubles[type as keyof typeof troubles] === trouble) &&
  (when.feeds.length === 0 || when.feeds.includes(data.feedId));

async function unheard(trx: AnyTransaction, event: TroubleEvent) {
  const { feedId } = event.data;
  const { rows } = await sql<{ title: string | null }>`
    select title from newsledger.alert_feeds where feed_id = ${feedId}`.execute(trx);
  const trouble = troubles[event.type];
  return {
    occasion: `feed:${event.id}`,
    kind: "feed" as const,
    feedId,
    title: `The feed “${rows[0]?.title ?? feedId}” ${words[trouble]}`,
    why: event.type === "feed.recovered" ? recoveryTold(event.data) : event.data.reason,
    since: sinceOf(event),
    at: event.recordedAt,
  };
}

function sinceOf({ type, data }: TroubleEvent): Date | null {
  const since =
    type === "feed.gap_suspected"
      ? data.since
      : type === "feed.silent"
        ? data.lastItemAt
        : type === "feed.stale"
          ? data.newestAt
          : type === "feed.recovered"
            ? (data.since ?? null)
            : null;
  return since === null ? null : new Date(since);
}

/** Items come in great numbers: one row a feed and batch. */
async function keepItems(trx: AnyTransaction, events: readonly FeedEvent[]): Promise<void> {
  const latest = new Map<string, { id: string; title: string; at: string }>();
  for (const event of events)
    if (event.type === "item.seen")
      latest.set(event.data.feedId, {
        id: event.data.feedId,
        title: event.data.source,
        at: event.recordedAt.toISOString(),
      });
  if (latest.size === 0) return;
  await sql`
    insert into newsledger.alert_feeds as f (feed_id, title, last_item_at)
    select id, title, at from jsonb_to_recordset(${JSON.stringify([...latest.values()])}::jsonb)
      as seen (id text, title text, at timestamptz)
    order by id
    on conflict (feed_id) do update set title = coalesce(f.title, excluded.title),
      last_item_at = greatest(f.last_item_at, excluded.last_item_at)`.execute(trx);
}

async function keepFeed(
  trx: AnyTransaction,
  event: Exclude<FeedEvent, { type: "item.seen" }>,
): Promise<void> {
  const title = event.type === "feed.added" ? event.data.title : null;
  const followed = event.type !== "feed.removed" && event.type !== "feed.retired";
  await sql`
    insert into newsledger.alert_feeds as f (feed_id, title, followed)
    values (${event.data.feedId}, ${title}, ${followed})
    on conflict (feed_id) do update
    set title = coalesce(excluded.title, f.title), followed = excluded.followed`.execute(trx);
}
