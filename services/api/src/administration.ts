import type { OccurrenceCode } from "@newsledger/core";

/** What an administrator can see and do; other services' work, so whoever puts the services together brings it. */
export interface Administration {
  rules(): Promise<readonly RuleLine[]>;
  addRule(wish: RuleWish): Promise<void>;
  /** What a rule would have said over the whole ledger; nothing is saved or sent. */
  tryRule(which: RuleWish | { ruleId: string }): Promise<Trial>;
  removeRule(ruleId: string): Promise<void>;
  snoozeRule(ruleId: string, until: Date): Promise<void>;
  wakeRule(ruleId: string): Promise<void>;

  /** What a topic would match today of everything ever seen, beside what it did match. */
  tryTopic(topicId: string): Promise<TopicTrial>;

  /** Newest first. */
  deliveries(asked: { state: string | undefined; limit: number }): Promise<readonly DeliveryLine[]>;
  deliveryStates: readonly string[];
  resend(deliveryId: string): Promise<void>;

  /** Newest first. */
  digests(): Promise<readonly DigestLine[]>;
  /** What a digest of these topics would say now, as a whole page; null when there is nothing to tell. */
  previewDigest(topics: readonly string[], language: "en" | "es"): Promise<string | null>;

  /** Those that are not followed too. */
  feeds(): Promise<readonly FollowedFeed[]>;
  /** Asks a feed as soon as can be. */
  checkFeed(feedId: string): Promise<void>;

  /** Pages that show what is in the queue, below /admin/queue: another program's, with scripts of its own. */
  queueBoard(request: Request): Promise<Response>;
}

/** What cannot be done as asked; the message is a sentence for people. */
export class Refused extends Error {
  override name = "Refused";
}

export interface RuleLine {
  ruleId: string;
  name: string;
  /** What it does, in English. */
  says: string;
  snoozedUntil: Date | null;
  spokeAt: Date | null;
}

export const ruleKinds = ["report", "first-mention", "status-change", "burst", "silence"] as const;
export type RuleKind = (typeof ruleKinds)[number];
export const severities = ["info", "important", "critical"] as const;

/** A rule as the form describes it. */
export interface RuleWish {
  name: string;
  topic: string;
  kind: RuleKind;
  /** Null: anyone, anything. */
  entity: string | null;
  occurrence: OccurrenceCode | null;
  minReports: number;
  /** Of silence: after so many days. */
  days: number;
  severity: (typeof severities)[number];
  note: string | null;
}

export interface Trial {
  /** What it does, in English. */
  says: string;
  alerts: number;
  /** The newest of them. */
  latest: readonly {
    title: string;
    source: string | null;
    url: string | null;
    storyId: string | null;
    publishedAt: string | null;
    foundAt: Date;
    why: string;
  }[];
}

export interface TopicTrial {
  items: number;
  recorded: number;
  matches: number;
  /** What would be different, had the topic always been as it is now. */
  changes: readonly {
    change: "new" | "gone" | "tier";
    title: string;
    source: string;
    url: string | null;
    published: string;
    why: string;
  }[];
}

export interface DeliveryLine {
  deliveryId: string;
  channel: string;
  kind: string;
  target: string;
  state: string;
  createdAt: Date;
  attempts: number;
  /** How the last attempt was answered. */
  status: number | null;
  error: string | null;
}

export interface DigestLine {
  issueId: string;
  kind: string;
  state: string;
  subject: string | null;
  reason: string | null;
  stories: number;
  composedAt: Date;
  sentAt: Date | null;
}

export interface FollowedFeed {
  feedId: string;
  title: string;
  url: string;
  followed: boolean;
  items: number;
  failures: number;
  lastPolledAt: Date | null;
  lastNewItemAt: Date | null;
  reason: string | null;
}
