import type { NewsEvents } from "@newsledger/core";
import type { EventLog } from "@newsledger/eventlog";
import type { CaseTopic } from "@newsledger/readmodels";
import type { Kysely } from "kysely";

// biome-ignore lint/suspicious/noExplicitAny: any database that holds the tables of this service and of the read models
export type Database = Kysely<any>;
export type Log = EventLog<NewsEvents>;

/** What a digest says of the feeds behind it. */
export interface FeedState {
  readonly title: string;
  readonly state: string;
  readonly lastGoodPollAt: Date | null;
  readonly reason: string | null;
}

/** What composing a digest needs to know of the installation. */
export interface Press {
  readonly db: Database;
  readonly log: Log;
  /** Every topic that can be followed, with the subjects of the cases. */
  readonly topics: readonly CaseTopic[];
  /** Where readers reach this Newsledger; no slash at the end. */
  readonly publicUrl: string;
  /** Name and address of the sender; its domain is that of the Message-IDs. */
  readonly mailFrom: string;
  /** Where bounces and unsubscribe mails arrive, when not at the sender's own address. */
  readonly bounceMailbox?: string | undefined;
  /** How the feeds are, for the sentence that tells silence from breakage. */
  readonly feeds?: (() => Promise<readonly FeedState[]>) | undefined;
}
