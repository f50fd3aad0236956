import type { MatchReason, OccurrenceCode, Participant, TopicTier } from "@newsledger/core";

/** The view models that every way out of the ledger shares: API, web pages, command line, digests, alerts. */

/** What every line shown to a person carries: who says it, where, when it was said, when we found it, why it is shown. */
export interface Evidence {
  source: string;
  /** Null when the feed gave no link, or one that is not http(s). */
  url: string | null;
  /** As the source dates it; null when it does not. */
  publishedAt: Date | null;
  /** When the ledger first saw it. */
  foundAt: Date;
  why: string;
}

/** `why` in parts, for other languages: a topic, and the words that showed it. */
export interface Because {
  topicId: string;
  words: Pick<MatchReason, "matched" | "field">[];
}

/** Both may be given; then both must hold. */
export interface AsOf {
  /** `YYYY-MM-DD`: what had been published by the end of that day (UTC), whenever we found it. */
  asOf?: string | undefined;
  /** A moment or a ledger position: only what the ledger had recorded by then. */
  knownAt?: Date | bigint | undefined;
}

/** A followed topic whose subjects' custody is tracked. */
export interface CaseTopic {
  id: string;
  title: { en: string; es: string };
  subjects: readonly { id: string; name: string }[];
  /** Entity ids that stand for all subjects at once. Default: the topic's own id. */
  groups?: readonly string[] | undefined;
}

export interface Page<T> {
  items: T[];
  /** Give it back to get the next page; null at the end. */
  next: string | null;
}

/** One line of the ledger. */
export interface EventLine extends Evidence {
  /** Decimal: a position is a 64-bit number. */
  position: string;
  type: string;
  recordedAt: Date;
  title: string;
  topics: string[];
  itemId: string | null;
  documentId: string | null;
  storyId: string | null;
  feedId: string | null;
  backfill: boolean;
}

/** Text cut where the searched words were found. Plain text: escape it before it becomes HTML. */
export type Snippet = { text: string; hit: boolean }[];

export interface SearchHit extends Evidence {
  itemId: string;
  documentId: string | null;
  storyId: string | null;
  title: string;
  language: string | null;
  snippet: Snippet;
  topics: string[];
  rank: number;
}

export interface SearchResult extends Page<SearchHit> {
  /** Names in the ledger that resemble what was asked, when little was found. */
  suggestions: string[];
}

/** How an article stands to its story: the first one, a retelling of one already there, own reporting, or news about it. */
export type Relation = "first" | "copy" | "independent" | "update";

/** One article as a source of a story or of a development. */
export interface Report extends Evidence {
  documentId: string;
  itemId: string;
  title: string;
  language: string | null;
  relation: Relation;
}

/** Who did what to whom, when the world says it happened, and the sentence that says so. */
export interface OccurrenceLine {
  code: OccurrenceCode;
  /** 2021-12-07, 2021-12 or 2021, by precision; null when the text does not say. */
  date: string | null;
  actors: Participant[];
  targets: Participant[];
  place: Participant | null;
  sentence: string;
}

/** One story: an event in the world, however many outlets told it. Its evidence is the earliest report. */
export interface StoryEntry extends Evidence {
  storyId: string;
  title: string;
  language: string | null;
  topics: { topicId: string; tier: TopicTier }[];
  occurrences: OccurrenceLine[];
  /** Reports that are not copies, one per outlet. */
  independent: number;
  copies: number;
  /** Earliest first; copies last. */
  reports: Report[];
  /** Published more than seven days before it was found. */
  lateFind: boolean;
  backfill: boolean;
}

/** A story of which not all reports are here; what is counted is counted of all. */
export interface StoryInShort extends Omit<StoryEntry, "topics" | "backfill"> {
  /** So many articles are no copies; `independent` counts their outlets. */
  own: number;
  because: Because[];
}

export type CustodyStatus =
  | "detained"
  | "house-arrest"
  | "imprisoned-again"
  | "convicted"
  | "extradited"
  | "free"
  | "unknown";

/** One change in a person's custody, with everyone who reported it. */
export interface Development {
  code: OccurrenceCode;
  status: CustodyStatus;
  /** 10, 7 or 4 characters; the best reported date. */
  date: string;
  /** True when no source dates it: then `date` is the day of the first report. */
  dateAssumed: boolean;
  /** Other dates that sources give for the same development. */
  otherDates: string[];
  place: Participant | null;
  sentence: string;
  /** Outlets that tell it in their own words. */
  independent: number;
  copies: number;
  /** “reported by 1” or “confirmed by 3 independent”. */
  confirmation: string;
  /** Earliest first. */
  reports: Report[];
}

export interface PersonStatus {
  id: string;
  name: string;
  status: CustodyStatus;
  /** For people: “Imprisoned again”, “Under house arrest”, “No report yet”. */
  label: string;
  /** Since when: the date of the development that began the status; null when unknown. */
  since: string | null;
  /** Whole days from `since` to `on`; null when unknown. */
  days: number | null;
  /** True when `since` is only a month or a year: then `days` counts from its end. */
  atLeast: boolean;
  place: Participant | null;
  /** The day of the first report of a conviction not followed by liberty, or null. */
  convicted: string | null;
  /** The development that began the status, and the last one that at least two independent outlets report. */
  last: Development | null;
  lastConfirmed: Development | null;
  /** Every development, oldest first. */
  history: Development[];
  /** Reports newer than the status that contradict it but give no date: shown, not counted. */
  unsettled: (Report & { code: OccurrenceCode; sentence: string })[];
}

export interface CaseStatus {
  topicId: string;
  title: { en: string; es: string };
  /** The day that day counts refer to. */
  on: string;
  persons: PersonStatus[];
  /** Stories of the case known at that time, and when the newest was published and found. */
  stories: number;
  newestPublishedAt: Date | null;
  newestFoundAt: Date | null;
  /** Matched items whose articles have not been read yet. */
  waiting: number;
}

/** How much the ledger holds. */
export interface LedgerSummary {
  items: number;
  stories: number;
  newestFoundAt: Date | null;
}

/** A story as a digest shows it: what is in the window, and what the window changed. */
export interface DigestStory extends StoryEntry {
  /** Opened in the window, or opened before and told further in it. */
  kind: "new" | "developed";
  /** Reports in the window that are not copies. */
  entries: Report[];
  /** Copies in the window, folded into a number. */
  newCopies: number;
  /** One sentence: “2 new independent reports, 3 copies.” */
  changed: string;
  /** What showed it, topic by topic: `why` in parts, for other languages. */
  matched?: readonly { topicId: string; reasons: readonly MatchReason[] }[];
}

/** Something that was told, and is not so any more: its source took it back or reworded it, or its words were removed. */
export interface Correction extends Evidence {
  kind: "withdrawn" | "redacted" | "edited";
  storyId: string;
  documentId: string;
  itemId: string;
  /** Decimal: the position of the event that told it. */
  toldAt: string;
  /** When it was seen to have changed; null where only the ledger's window says. */
  at: Date | null;
  /** As it was told, and as it reads now. */
  titleBefore: string;
  titleAfter: string;
  summaryBefore: string;
  summaryAfter: string;
  textChanged: boolean;
}

export interface DigestContent {
  /** The window of the ledger, (from, to], as decimals. */
  from: string;
  to: string;
  /** Newest published first. A story told only by further copies is not in it. */
  stories: DigestStory[];
  volume: {
    itemsSeen: number;
    itemsMatched: number;
    articlesUnderstood: number;
    storiesOpened: number;
    independentReports: number;
    copies: number;
  };
}

/** One article that was read, as it was last understood. */
export interface ArticleLine extends Evidence {
  /** Of the event that says how it was understood. */
  position: string;
  documentId: string;
  itemId: string;
  storyId: string | null;
  title: string;
  byline: string | null;
  language: string;
  words: number;
  /** SHA-256 of the text that was read. */
  textHash: string;
  textFrom: "page" | "feed";
  pageProblem: string | null;
  extractor: string;
  topics: string[];
}

/** One sentence that tells who did what to whom, with its article as evidence. */
export interface OccurrenceEntry extends OccurrenceLine, Evidence {
  occurrenceId: string;
  position: string;
  documentId: string;
  itemId: string;
  storyId: string | null;
  title: string;
  language: string;
}

export interface EntityView {
  id: string;
  /** As it is most often written. */
  name: string;
  type: string;
  articles: number;
  /** Outlets that name it. */
  sources: number;
  firstPublicAt: Date;
  lastPublicAt: Date;
  occurrences: { code: OccurrenceCode; asActor: number; asTarget: number }[];
  /** Who is named in the same articles, most often first. */
  together: { id: string; name: string; type: string; articles: number }[];
  /** In how many of the newest of its articles they were counted. */
  togetherIn: number;
}

export interface StoryReport extends Report {
  /** Of the event that put it into the story. */
  position: string;
  byline: string | null;
  words: number | null;
  textHash: string | null;
  names: string[];
  /** Which article it was compared with, how, and how alike they are (0–1); null for the first. */
  nearest: { documentId: string; method: string; score: number } | null;
}

/** A change of wording by the source. */
export interface StoryEdit extends Evidence {
  position: string;
  itemId: string;
  /** When we saw it. */
  at: Date;
  titleBefore: string;
  titleAfter: string;
  summaryBefore: string;
  summaryAfter: string;
}

export interface StoryView extends Omit<StoryEntry, "reports"> {
  because: Because[];
  reports: StoryReport[];
  edits: StoryEdit[];
}

/** A story as a feed carries it: under the newest wording of its title. */
export interface FeedStory extends StoryEntry {
  /** When something was last added to it or reworded in it. */
  updatedAt: Date;
}

export interface MonthVolume {
  /** YYYY-MM */
  month: string;
  /** Stories first told in it. */
  stories: number;
  /** Reports that are not copies, and copies. */
  reports: number;
  copies: number;
}

/** An item of a feed, as it was last worded. */
export interface ItemLine {
  itemId: string;
  title: string;
  source: string;
  url: string | null;
  language: string | null;
  publishedAt: Date | null;
  foundAt: Date;
  backfill: boolean;
  /** Null when its page was not read, or tells no story. */
  storyId: string | null;
}
