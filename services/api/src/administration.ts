import type { OccurrenceCode } from "@newsledger/core";

/** What an administrator can see and do; other services' work, so whoever puts the services together brings it. */
export interface Administration {
  rules(): Promise<readonly RuleLine[]>;
  addRule(wish: RuleWish): Promise<void>;
  /** What a rule would have said over the whole ledger; nothing is saved or sent. */
  tryRule(
    which: RuleWish | { ruleId: string } | { definition: object },
    trying: Trying,
  ): Promise<Trial>;
  removeRule(ruleId: string): Promise<void>;
  snoozeRule(ruleId: string, until: Date): Promise<void>;
  wakeRule(ruleId: string): Promise<void>;

  /** What a topic, followed or described (YAML or JSON), would match today of everything ever seen, beside what it did match. */
  tryTopic(
    which: { topicId: string } | { definition: string },
    trying: Trying,
  ): Promise<TopicTrial>;

  /** Newest first. */
  deliveries(asked: DeliveryQuestion): Promise<readonly DeliveryLine[]>;
  deliveryStates: readonly string[];
  delivery(deliveryId: string): Promise<DeliveryDetail | null>;
  /** Plans the same message again; answers the id of the new delivery. */
  resend(deliveryId: string): Promise<string>;
  /** Whoever gets alerts; without their secrets. */
  receivers(): Promise<readonly Receiver[]>;

  /** Newest first. */
  digests(): Promise<readonly DigestLine[]>;
  /** What a digest of these topics would say now, as a whole page; null when there is nothing to tell. */
  previewDigest(topics: readonly string[], language: "en" | "es"): Promise<string | null>;

  /** Those that are not followed too. */
  feeds(): Promise<readonly FollowedFeed[]>;
  /** Asks a feed as soon as can be. */
  checkFeed(feedId: string): Promise<void>;

  /** Pages that show what is in the queue, below /admin/queue: another program's, with scripts of its own. Null: it shows none. */
  queueBoard: ((request: Request) => Promise<Response>) | null;
}

/** Trying something out reads the whole ledger: until `signal`, and at most so many of the newest lines are kept. */
export interface Trying {
  signal: AbortSignal;
  limit: number;
}

/** What cannot be done as asked; the message is a sentence for people. */
export class Refused extends Error {
  override name = "Refused";
  /** It makes no sense; or what it names is not there; or something else stands in its way. */
  readonly because: "wrong" | "missing" | "conflict";

  constructor(message: string, because: Refused["because"] = "wrong", options?: ErrorOptions) {
    super(message, options);
    this.because = because;
  }
}

export interface RuleLine {
  ruleId: string;
  name: string;
  /** As it is kept: what it watches, what narrows it, how it speaks. */
  definition: Readonly<Record<string, unknown>>;
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
  /** Items that were read, and how many of them with their page. */
  items: number;
  pages: number;
  recorded: number;
  matches: number;
  /** The newest of them. */
  found: readonly {
    itemId: string;
    title: string;
    source: string;
    url: string | null;
    published: string;
    found: string;
    tier: "alert" | "digest";
    why: string;
  }[];
  /** What would be different, had the topic always been as it is now. */
  changes: readonly {
    change: "new" | "gone" | "tier";
    before: "alert" | "digest" | null;
    now: "alert" | "digest" | null;
    itemId: string;
    title: string;
    source: string;
    url: string | null;
    published: string;
    found: string;
    why: string;
  }[];
}

export interface DeliveryQuestion {
  state?: string | undefined;
  kind?: string | undefined;
  receiver?: string | undefined;
  /** Planned at or after this, and before that. */
  since?: Date | undefined;
  until?: Date | undefined;
  /** Only what is listed behind this delivery. */
  after?: string | undefined;
  limit: number;
}

export interface DeliveryLine {
  deliveryId: string;
  /** The same for every time that it was sent again: receivers know it as webhook-id. */
  messageId: string;
  channel: string;
  kind: string;
  target: string;
  /** The event or issue that it tells of. */
  cause: string;
  /** 0 for the original, 1 for the first time it was sent again … */
  resend: number;
  state: string;
  createdAt: Date;
  nextAttemptAt: Date | null;
  doneAt: Date | null;
  attempts: number;
  /** How the last attempt was answered. */
  status: number | null;
  error: string | null;
}

interface DeliveryDetail extends DeliveryLine {
  /** Every attempt, with the first 4 KB of its answer. */
  tries: readonly {
    attempt: number;
    startedAt: string;
    status: number | null;
    error: string | null;
    response: string | null;
    durationMs: number;
  }[];
}

interface Receiver {
  webhookId: string;
  channel: string;
  url: string;
  /** The rules whose alerts it gets; null: all. */
  rules: readonly string[] | null;
  enabled: boolean;
  disabledReason: string | null;
  disabledAt: Date | null;
  failingSince: Date | null;
  missed: number;
  createdAt: Date;
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
