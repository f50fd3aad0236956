import type { MatchReason, OccurrenceCode } from "@newsledger/core";
import type { CustodyStatus } from "@newsledger/readmodels";

export type Language = "en" | "es";

/** Every word of a mail or of a page that is not a source's own. */
export interface Words {
  readonly status: Readonly<Record<CustodyStatus, string>>;
  readonly occurrence: Readonly<Record<OccurrenceCode, string>>;
  /** `toTheDay`: the date names a day, not only a month or a year. */
  since(date: string, toTheDay: boolean): string;
  days(count: number, atLeast: boolean): string;
  more(count: number): string;
  independent(count: number): string;
  confirmed(count: number): string;
  copies(count: number): string;
  newStories(count: number): string;
  developed(count: number): string;
  statusChanges(count: number): string;
  corrected(count: number): string;
  readonly labels: Readonly<
    Record<
      "new" | "developed" | "late" | "published" | "found" | "undated" | "why" | "changed",
      string
    >
  >;
  readonly headings: Readonly<Record<"status" | "changed" | "archive" | "corrections", string>>;
  readonly noLink: string;
  before(status: string): string;
  disputed(occurrence: string): string;
  readonly correction: {
    readonly withdrawn: string;
    readonly redacted: string;
    readonly edited: string;
    readonly text: string;
    now(title: string): string;
    status(name: string, told: string, now: string): string;
    contradicted(occurrence: string): string;
  };
  lateFind(date: string): string;
  archive(count: number): string;
  omitted(count: number): string;
  omittedCorrections(count: number): string;
  checked(items: number, articles: number): string;
  feeds(healthy: number, all: number, last: string | null): string;
  troubled(titles: string): string;
  because(topics: string, when: string): string;
  every(schedule: string, at: string, timeZone: string): string;
  /** Why a story is here: topics, each with the words that showed it. */
  follow(topics: string): string;
  readonly fields: Readonly<Record<MatchReason["field"], string>>;
  quoted(words: string, where: string): string;
  readonly story: string;
  readonly quiet: {
    subject(topics: string): string;
    readonly title: string;
    since(date: string): string;
    last(title: string): string;
    readonly nothingYet: string;
  };
  readonly question: {
    subject(topics: string): string;
    readonly title: string;
    text(topics: string, when: string): string;
    readonly button: string;
    readonly page: string;
    ignore(hours: number): string;
    done(when: string): string;
  };
  readonly signUp: Readonly<
    Record<
      | "title"
      | "intro"
      | "email"
      | "topics"
      | "schedule"
      | "daily"
      | "weekly"
      | "at"
      | "timeZone"
      | "language"
      | "heartbeat"
      | "button"
      | "privacy"
      | "done"
      | "tooMany"
      | "leaveEmpty",
      string
    >
  > & { wrong(what: string): string };
  readonly links: Readonly<Record<"web" | "timeline" | "unsubscribe" | "unsubscribeAll", string>>;
  readonly unsubscribe: Readonly<
    Record<
      | "title"
      | "question"
      | "questionAll"
      | "button"
      | "buttonAll"
      | "done"
      | "doneAll"
      | "missing"
      | "topicDone",
      string
    >
  > & { onlyTopic(topic: string): string };
}
