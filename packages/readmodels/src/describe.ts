import { type NewsEvents, recoveryTold } from "@newsledger/core";
import type { RecordedEvent } from "@newsledger/eventlog";
import { whyMatched } from "./reasons.ts";

export type NewsEvent = RecordedEvent<NewsEvents>;

/** What the ledger's index says of one event. What is left out is looked up: from its item, else from its feed. */
export interface Description {
  feedId?: string;
  itemId?: string;
  documentId?: string;
  storyId?: string;
  topicIds?: string[];
  title?: string;
  source?: string;
  url?: string | null;
  publishedAt?: string | null;
  foundAt?: string;
  backfill?: boolean;
  why: string;
}

/** An event, and what a line of the ledger says of it. */
export interface Told {
  event: NewsEvent;
  line: Description;
}

const history = " It was already in the feed when the feed was added.";
const idsOf = (topics: readonly { topicId: string }[]) => topics.map(({ topicId }) => topicId);

/** One line a person can read, for every kind of event there is. */
export function describe(event: NewsEvent): Description {
  switch (event.type) {
    case "feed.added":
    case "feed.removed":
    case "feed.degraded":
    case "feed.dead":
    case "feed.recovered":
    case "feed.moved":
    case "feed.gap_suspected":
    case "feed.silent":
    case "feed.stale":
    case "feed.retired":
      return describeFeed(event);
    case "item.seen":
    case "item.revised":
    case "item.withdrawn":
    case "item.quarantined":
    case "item.matched":
    case "item.shortlisted":
      return describeItem(event);
    case "article.understood":
    case "article.unreadable":
    case "story.opened":
    case "story.joined":
    case "story.merged":
    case "story.split":
      return describeArticle(event);
    default:
      return describeEffect(event);
  }
}

type Of<Prefix extends string> = Extract<NewsEvent, { type: `${Prefix}.${string}` }>;

function describeFeed(event: Of<"feed">): Description {
  const feedId = event.data.feedId;
  switch (event.type) {
    case "feed.added": {
      const { title, url } = event.data;
      return { feedId, title, source: title, url, why: "The feed was added." };
    }
    case "feed.removed":
      return { feedId, why: `The feed was removed: ${event.data.reason}` };
    case "feed.degraded":
      return { feedId, why: `The feed has trouble: ${event.data.reason}` };
    case "feed.dead":
      return { feedId, why: `The feed no longer answers: ${event.data.reason}` };
    case "feed.recovered":
      return { feedId, why: recoveryTold(event.data) };
    case "feed.moved": {
      const { from, to } = event.data;
      return { feedId, url: to, why: `The feed moved for good from ${from} to ${to}.` };
    }
    case "feed.gap_suspected":
    case "feed.silent":
    case "feed.stale":
      return { feedId, why: event.data.reason };
    case "feed.retired":
      return { feedId, why: `The feed is no longer polled: ${event.data.reason}` };
  }
}

function describeItem(event: Of<"item">): Description {
  const { itemId } = event.data;
  switch (event.type) {
    case "item.seen":
    case "item.revised": {
      const { feedId, title, source, link, publishedAt, backfill } = event.data;
      const url = event.data.url ?? link;
      const why =
        event.type === "item.seen"
          ? `Carried by a feed you follow.${backfill ? history : ""}`
          : `Changed since it was first seen: ${event.data.changed.join(", ")}.`;
      return { itemId, feedId, title, source, url, publishedAt, backfill, why };
    }
    case "item.withdrawn": {
      const { feedId, title, reason } = event.data;
      return { itemId, feedId, title, why: reason };
    }
    case "item.quarantined": {
      const { feedId, reason, excerpt } = event.data;
      return { itemId, feedId, title: excerpt, why: `Could not be kept as it was: ${reason}` };
    }
    case "item.matched": {
      const { matches } = event.data;
      return { itemId, topicIds: idsOf(matches), why: whyMatched(matches) };
    }
    case "item.shortlisted":
      return { itemId, why: `Worth reading in full: ${event.data.reason}` };
  }
}

function describeArticle(event: Of<"article"> | Of<"story">): Description {
  switch (event.type) {
    case "article.unreadable": {
      const { itemId, url, reason } = event.data;
      return { itemId, url, why: `Nothing readable was found: ${reason}` };
    }
    case "article.understood": {
      const { itemId, documentId, feedId, topics, title, source, url, publishedAt, backfill } =
        event.data;
      const why = topics.length > 0 ? whyMatched(topics) : "Read in full; no followed topic in it.";
      const topicIds = idsOf(topics);
      return {
        ...{ itemId, documentId, feedId, topicIds },
        ...{ title, source, url, publishedAt, backfill, why },
      };
    }
    case "story.opened":
    case "story.joined": {
      const { itemId, documentId, storyId, topics, title, source, url, publishedAt, backfill } =
        event.data;
      const why = event.type === "story.opened" ? "The first report of its story." : joined(event);
      const topicIds = idsOf(topics);
      return {
        ...{ itemId, documentId, storyId, topicIds },
        ...{ title, source, url, publishedAt, backfill, why },
      };
    }
    case "story.merged":
    case "story.split": {
      const { storyId, title, why } = event.data;
      const done =
        event.type === "story.merged"
          ? "Two stories were found to be one"
          : `${event.data.documentIds.length} of its articles were found to tell another story`;
      return { storyId, title, why: `${done}: ${why}` };
    }
  }
}

function joined({ data }: Extract<NewsEvent, { type: "story.joined" }>): string {
  const alike = `${Math.round(data.nearest.score * 100)} % alike by ${data.nearest.method}`;
  const relations = {
    copy: "Retells an article already here",
    independent: "Another outlet's own report of a story already here",
    update: "News about a story already here",
  };
  return `${relations[data.relation]} (${alike}).`;
}

function describeEffect(
  event: Of<"alert"> | Of<"delivery"> | Of<"webhook"> | Of<"digest"> | Of<"text">,
): Description {
  switch (event.type) {
    case "text.redacted":
      return ours("The words of a text were removed", event.data.reason);
    case "alert.raised": {
      const { documentId, storyId, topicId, title, source, url, publishedAt, foundAt, why } =
        event.data;
      return {
        ...{ documentId, storyId, topicIds: [topicId] },
        ...{ title, source, url, publishedAt, foundAt, why },
      };
    }
    case "alert.noticed": {
      const { topicId, title, why } = event.data;
      return { ...ours(title, why), topicIds: [topicId] };
    }
    case "alert.corrected": {
      const { documentId, storyId, topicId, title, source, url, what } = event.data;
      const about = { documentId, storyId, topicIds: [topicId] };
      return { ...about, title, source, url, why: `An alert is corrected: ${what}` };
    }
    case "delivery.succeeded": {
      const { channel, attempts } = event.data;
      return ours(`Delivered by ${channel}`, `It took ${times(attempts)}.`);
    }
    case "delivery.failed": {
      const { channel, attempts, reason } = event.data;
      return ours(`Not delivered by ${channel}`, `Given up after ${times(attempts)}: ${reason}`);
    }
    case "webhook.failing":
    case "webhook.disabled": {
      const { address, reason } = event.data;
      const state = event.type === "webhook.failing" ? "takes nothing" : "was switched off";
      return ours(`The webhook ${address} ${state}`, reason);
    }
    case "webhook.recovered":
      return ours(
        `The webhook ${event.data.address} works again`,
        `It had failed since ${event.data.failedSince.slice(0, 10)}.`,
      );
    case "digest.composed":
    case "digest.sent":
    case "digest.skipped":
    case "digest.failed": {
      const { topics, stories } = event.data;
      const state = event.type.slice("digest.".length);
      const why = "reason" in event.data ? event.data.reason : `It holds ${stories} stories.`;
      return { ...ours(`Digest ${state}: ${topics.join(", ")}`, why), topicIds: topics };
    }
  }
}

const times = (attempts: number) => (attempts === 1 ? "1 attempt" : `${attempts} attempts`);
const ours = (title: string, why: string): Description => ({ title, source: "Newsledger", why });
