import type { ArticleEntity, NewsEvents, Occurrence, OccurrenceCode } from "@newsledger/core";
import type { DailyCounts } from "./burst.ts";
import type { SourceKind } from "./outlet.ts";
import type { StatusChange } from "./standing.ts";

/** All that a rule is asked about: one article, understood, and its place in a story. */
export interface Facts {
  readonly topics: readonly { topicId: string; tier: "alert" | "digest" }[];
  readonly matches: NewsEvents["article.understood"]["topics"];
  readonly entities: readonly ArticleEntity[];
  readonly occurrences: readonly Occurrence[];
  /** The text that offsets count in; null when it was redacted. */
  readonly text: string | null;
  readonly language: string;
  readonly source: string;
  readonly sourceKind: SourceKind | null;
  readonly publishedAt: Date | null;
  readonly foundAt: Date;
  /** Already history when its feed was met. */
  readonly backfill: boolean;
  /** How it joined its story; null for the one that opened it. */
  readonly relation: "copy" | "independent" | "update" | null;
}

/** What went before, as far as the rule's kind asks for it. */
export interface History {
  /** Outlets that have told the story in their own words, this one included. */
  readonly reports: number;
  /** Occurrences that earlier reports of the story told. */
  readonly codesBefore: ReadonlySet<OccurrenceCode>;
  /** Developments of the story that this rule has told. */
  readonly told: ReadonlySet<string>;
  /** Earlier reports of the story, latest first: for a rule that waits for several. */
  readonly earlier: readonly Facts[];
  /** What the topic meets with this article for the first time. */
  readonly firsts: ReadonlySet<string>;
  readonly changes: readonly StatusChange[];
  readonly counts: DailyCounts | null;
}

/** One thing that is new, told once. */
export interface Development {
  readonly key: string;
  readonly words: string;
}

export interface Finding {
  readonly lateFind: boolean;
  /** One sentence for people: the topic, what matched, what is new, and the owner's note. */
  readonly why: string;
  readonly developments: readonly Development[];
  readonly entities: ArticleEntity[];
  readonly occurrences: Occurrence[];
  readonly evidence: { quote: string; start: number; end: number }[];
  /** The report that meets the conditions: this one, or the one so far back in the story (0: this one). */
  readonly reportsBack: number;
}

export interface EvaluateOptions {
  readonly lateAfterHours: number;
  /** Group id → ids of its members. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Who holds or held which office, by the knowledge base. */
  readonly people?: ReadonlyMap<string, Person>;
}

export interface Person {
  readonly name: string;
  readonly roles: readonly {
    role: string;
    from?: string | undefined;
    to?: string | undefined;
  }[];
}
