import { z } from "zod";
import { defineEvent, type EventDefinition } from "./define-event.ts";
import { topicMatch, topicTier } from "./topic.ts";
import { extractorVersion, occurrence, understanding } from "./understanding.ts";

/** Every fact the ledger can hold, each declared once. Times are ISO 8601 with zone; hashes are SHA-256 in hex. */

const id = z.string().min(1).max(200);
const time = z.iso.datetime({ offset: true });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const diff = z.array(z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() }));

const item = {
  itemId: id,
  feedId: id,
  /** The outlet as people know it. */
  source: z.string(),
  /** The link as the feed gave it, resolved; null when it gave none. */
  link: z.string().nullable(),
  /** The canonical form of the link: what makes two links the same document. */
  url: z.string().nullable(),
  title: z.string(),
  /** Plain text, clipped: what the feed itself said of the item. */
  summary: z.string(),
  author: z.string().nullable(),
  language: z.string().nullable(),
  publishedAt: time.nullable(),
  /** The date as the feed wrote it, when it could not be read, had to be corrected, or lacked what was assumed (its zone, its hour). */
  publishedRaw: z.string().optional(),
  /** Where it happened, when the feed says so (GeoRSS), in degrees. */
  point: z.object({ lat: z.number(), lon: z.number() }).optional(),
  contentHash: hash,
  /** Full plain text that the feed carried, in the text store; null when the summary is all there was. */
  textHash: hash.nullable(),
  /** True for what was already history when we met the feed: kept and matched, alerts stay silent. */
  backfill: z.boolean(),
};

export const feedAdded = defineEvent({
  type: "feed.added",
  schema: z.object({
    feedId: id,
    url: z.string(),
    title: z.string(),
    language: z.string().nullable(),
  }),
});
export const feedRemoved = defineEvent({
  type: "feed.removed",
  schema: z.object({ feedId: id, reason: z.string() }),
});

const feedTrouble = z.object({
  feedId: id,
  /** One word for programs: unreachable, timeout, too-large, not-a-feed, blocked-address, http-404 … */
  code: z.string(),
  /** One sentence for people. */
  reason: z.string(),
  failures: z.number().int().positive(),
});
export const feedDegraded = defineEvent({ type: "feed.degraded", schema: feedTrouble });
export const feedDead = defineEvent({ type: "feed.dead", schema: feedTrouble });
export const feedRecovered = defineEvent({
  type: "feed.recovered",
  schema: z.object({
    feedId: id,
    downSeconds: z.number().nonnegative(),
    /** When the trouble began, and how many polls failed in it; ledgers hold events that do not say. */
    since: time.optional(),
    failures: z.number().int().positive().optional(),
    /** One sentence for people: what is well again, where that is more than answering at all. */
    reason: z.string().optional(),
  }),
});
/** Its server forwarded for good, three times in a row: from now on it is asked at the new address. */
export const feedMoved = defineEvent({
  type: "feed.moved",
  schema: z.object({ feedId: id, from: z.string(), to: z.string() }),
});
/** It answers, but every item was new: older ones may have come and gone unseen. */
export const feedGapSuspected = defineEvent({
  type: "feed.gap_suspected",
  schema: z.object({
    feedId: id,
    reason: z.string(),
    /** The last good answer before. */
    since: time.nullable(),
    items: z.number().int().positive(),
  }),
});
/** It answers, but nothing new came for far longer than is usual for it. */
export const feedSilent = defineEvent({
  type: "feed.silent",
  schema: z.object({
    feedId: id,
    reason: z.string(),
    lastItemAt: time.nullable(),
    /** The silence after which it is told. */
    afterSeconds: z.number().positive(),
  }),
});
/** It answers, but not with news: old, undated or other things than before. */
export const feedStale = defineEvent({
  type: "feed.stale",
  schema: z.object({
    feedId: id,
    /** One word for programs: old, undated, a-list, other-content. */
    code: z.string(),
    reason: z.string(),
    newestAt: time.nullable(),
  }),
});
export const feedRetired = defineEvent({
  type: "feed.retired",
  schema: z.object({ feedId: id, reason: z.string() }),
});

export const itemSeen = defineEvent({ type: "item.seen", schema: z.object(item) });
export const itemRevised = defineEvent({
  type: "item.revised",
  schema: z.object({
    ...item,
    previousHash: hash,
    changed: z.array(z.enum(["title", "summary", "text", "link", "author", "published"])).min(1),
    /** Word by word, for what a reader sees in a list. */
    diff: z.object({ title: diff.optional(), summary: diff.optional() }).optional(),
  }),
});
/** The feed no longer carries the item, though older ones are still in it: not one that merely scrolled out. */
export const itemWithdrawn = defineEvent({
  type: "item.withdrawn",
  schema: z.object({
    itemId: id,
    feedId: id,
    contentHash: hash,
    title: z.string(),
    reason: z.string(),
    /** When it was first found missing. */
    missingSince: time,
  }),
});
/** An item that could not be kept as it was: what was wrong, and as much of it as could be saved. */
export const itemQuarantined = defineEvent({
  type: "item.quarantined",
  schema: z.object({ itemId: id, feedId: id, reason: z.string(), excerpt: z.string() }),
});

/** The item concerns at least one topic; `from` says whether the feed's words or the page showed it. */
export const itemMatched = defineEvent({
  type: "item.matched",
  schema: z.object({
    itemId: id,
    contentHash: hash,
    from: z.enum(["feed", "page"]),
    matches: z.array(topicMatch).min(1),
  }),
});
/** Too little in the feed to decide, yet enough to make the page worth reading. */
export const itemShortlisted = defineEvent({
  type: "item.shortlisted",
  schema: z.object({ itemId: id, contentHash: hash, reason: z.string() }),
});

export const articleUnderstood = defineEvent({
  type: "article.understood",
  schema: z.object({
    documentId: id,
    itemId: id,
    feedId: id,
    source: z.string(),
    url: z.string().nullable(),
    title: z.string(),
    byline: z.string().nullable(),
    publishedAt: time.nullable(),
    /** Where the text came from: the page, or the feed when the page could not be read. */
    textFrom: z.enum(["page", "feed"]),
    /** Why the page was not used, for people; null when it was. */
    pageProblem: z.string().nullable(),
    textHash: hash,
    words: z.number().int().nonnegative(),
    extractor: extractorVersion,
    understanding,
    topics: z.array(topicMatch),
    backfill: z.boolean(),
  }),
});
/** Nothing readable was found, after every try. */
export const articleUnreadable = defineEvent({
  type: "article.unreadable",
  schema: z.object({ itemId: id, url: z.string().nullable(), reason: z.string() }),
});

/** The words of a text were removed from the ledger; its hash and everything that was learnt from it stay. */
export const textRedacted = defineEvent({
  type: "text.redacted",
  schema: z.object({ textHash: hash, reason: z.string().min(1) }),
});

const storyMember = {
  storyId: id,
  documentId: id,
  itemId: id,
  title: z.string(),
  source: z.string(),
  url: z.string().nullable(),
  publishedAt: time.nullable(),
  topics: z.array(z.object({ topicId: z.string(), tier: topicTier })),
  backfill: z.boolean(),
};
export const storyOpened = defineEvent({ type: "story.opened", schema: z.object(storyMember) });
export const storyJoined = defineEvent({
  type: "story.joined",
  schema: z.object({
    ...storyMember,
    relation: z.enum(["copy", "independent", "update"]),
    /** What it was compared with, how, and how alike they were (0–1). */
    nearest: z.object({ documentId: id, method: z.string(), score: z.number() }),
  }),
});

/** A person found that two stories are one: the articles of `mergedStoryId` belong to `storyId` from here on. */
export const storyMerged = defineEvent({
  type: "story.merged",
  schema: z.object({ storyId: id, mergedStoryId: id, title: z.string(), why: z.string().min(1) }),
});
/** A person found that some articles of a story tell another: they belong to `newStoryId` from here on. */
export const storySplit = defineEvent({
  type: "story.split",
  schema: z.object({
    storyId: id,
    newStoryId: id,
    documentIds: z.array(id).min(1),
    title: z.string(),
    why: z.string().min(1),
  }),
});

/** How much an alert matters to whoever wrote its rule. */
export const severity = z.enum(["info", "important", "critical"]);
export type Severity = z.output<typeof severity>;

export const alertRaised = defineEvent({
  type: "alert.raised",
  schema: z.object({
    alertId: id,
    ruleId: id,
    ruleName: z.string(),
    topicId: z.string(),
    storyId: id,
    documentId: id,
    title: z.string(),
    source: z.string(),
    url: z.string().nullable(),
    publishedAt: time.nullable(),
    foundAt: time,
    /** True when it was published long before it was found: never shown as breaking. */
    lateFind: z.boolean(),
    why: z.string(),
    entities: z.array(z.object({ id: z.string().nullable(), name: z.string(), type: z.string() })),
    occurrences: z.array(occurrence),
    evidence: z.array(z.object({ quote: z.string(), start: z.number(), end: z.number() })),
    severity: severity.optional(),
    /** What is new in the story, in a few words: its first report, reports by so many outlets, a new status … */
    developments: z.array(z.string()).optional(),
  }),
});
/** An alert that no article raised: nothing was heard for long, or a feed is in trouble. */
export const alertNoticed = defineEvent({
  type: "alert.noticed",
  schema: z.object({
    alertId: id,
    ruleId: id,
    ruleName: z.string(),
    topicId: z.string(),
    kind: z.enum(["silence", "feed"]),
    feedId: id.nullable(),
    title: z.string(),
    why: z.string(),
    severity,
    /** Since when it has been so, where that is known. */
    since: time.nullable(),
  }),
});
/** An alert no longer stands as it was told. Whoever received it receives this. */
export const alertCorrected = defineEvent({
  type: "alert.corrected",
  schema: z.object({
    correctionId: id,
    alertId: id,
    ruleId: id,
    ruleName: z.string(),
    topicId: z.string(),
    storyId: id,
    documentId: id,
    reason: z.enum(["revised", "withdrawn", "contradicted", "redacted"]),
    /** One sentence for people: what is different now. */
    what: z.string(),
    /** The headline and the outlet of the alert. */
    title: z.string(),
    source: z.string(),
    url: z.string().nullable(),
    /** The report that says otherwise; null when the article itself changed or went. */
    by: z.object({ source: z.string(), title: z.string(), url: z.string().nullable() }).nullable(),
  }),
});

const deliveryChannel = z.enum([
  "webhook",
  "mail",
  "slack",
  "discord",
  "teams",
  "ntfy",
  "telegram",
]);
const delivery = { deliveryId: id, channel: deliveryChannel, target: id, cause: id };
export const deliverySucceeded = defineEvent({
  type: "delivery.succeeded",
  schema: z.object({ ...delivery, attempts: z.number().int().positive() }),
});
export const deliveryFailed = defineEvent({
  type: "delivery.failed",
  schema: z.object({ ...delivery, attempts: z.number().int().positive(), reason: z.string() }),
});

/** `address` is what may be shown of it: it may be a secret itself. */
const receiver = { webhookId: id, address: z.string() };
/** A receiver takes nothing: told at the first failure, and once more half-way to being switched off. */
export const webhookFailing = defineEvent({
  type: "webhook.failing",
  schema: z.object({
    ...receiver,
    stage: z.enum(["first", "half-way"]),
    since: time,
    reason: z.string(),
  }),
});
export const webhookDisabled = defineEvent({
  type: "webhook.disabled",
  schema: z.object({ ...receiver, reason: z.string() }),
});
export const webhookRecovered = defineEvent({
  type: "webhook.recovered",
  schema: z.object({ ...receiver, failedSince: time }),
});

const issue = {
  issueId: id,
  subscriptionId: id,
  topics: z.array(z.string()),
  /** Positions (from, to] of the ledger that the issue covers; decimal strings, for they are 64-bit. */
  from: z.string().regex(/^\d+$/),
  to: z.string().regex(/^\d+$/),
  stories: z.number().int().nonnegative(),
};
export const digestComposed = defineEvent({ type: "digest.composed", schema: z.object(issue) });
export const digestSent = defineEvent({
  type: "digest.sent",
  schema: z.object({ ...issue, messageId: z.string(), transport: z.enum(["smtp", "file"]) }),
});
export const digestSkipped = defineEvent({
  type: "digest.skipped",
  schema: z.object({ ...issue, reason: z.string() }),
});
export const digestFailed = defineEvent({
  type: "digest.failed",
  schema: z.object({ ...issue, reason: z.string() }),
});

export const events = {
  feedAdded,
  feedRemoved,
  feedDegraded,
  feedDead,
  feedRecovered,
  feedMoved,
  feedGapSuspected,
  feedSilent,
  feedStale,
  feedRetired,
  itemSeen,
  itemRevised,
  itemWithdrawn,
  itemQuarantined,
  itemMatched,
  itemShortlisted,
  articleUnderstood,
  articleUnreadable,
  textRedacted,
  storyOpened,
  storyJoined,
  storyMerged,
  storySplit,
  alertRaised,
  alertNoticed,
  alertCorrected,
  deliverySucceeded,
  deliveryFailed,
  webhookFailing,
  webhookDisabled,
  webhookRecovered,
  digestComposed,
  digestSent,
  digestSkipped,
  digestFailed,
} as const;

type Definitions = (typeof events)[keyof typeof events];

/** Event type → data, for everything that reads or writes the log. */
export type NewsEvents = { [D in Definitions as D["type"]]: z.output<D["schema"]> };
export type NewsEventType = keyof NewsEvents;

const byType = new Map<string, EventDefinition>(
  Object.values(events).map((event) => [event.type, event]),
);

/** An event type that this program does not know: written by a newer one, or by someone else. */
export class EventUnknown extends Error {
  override name = "EventUnknown";
}

/** How the log reads stored data back: by type and version, through the upcasters. */
export const newsCodec = {
  decode(type: string, schemaVersion: number, data: unknown): unknown {
    const definition = byType.get(type);
    if (!definition)
      throw new EventUnknown(`event ${type}: not a type that this program knows: upgrade`);
    return definition.decode(schemaVersion, data);
  },
};

/** Stream names, one per thing that has a history. */
export const streams = {
  feed: (feedId: string) => `feed-${feedId}`,
  item: (itemId: string) => `item-${itemId}`,
  text: (textHash: string) => `text-${textHash}`,
  document: (documentId: string) => `document-${documentId}`,
  story: (storyId: string) => `story-${storyId}`,
  alert: (alertId: string) => `alert-${alertId}`,
  webhook: (webhookId: string) => `webhook-${webhookId}`,
  digest: (subscriptionId: string) => `digest-${subscriptionId}`,
} as const;
