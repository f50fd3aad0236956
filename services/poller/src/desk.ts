import type { Resources } from "@newsledger/host";
import { gathered } from "@newsledger/queue";
import { type Claim, claimFeeds } from "./claim.ts";
import type { Recorded, Settings } from "./conclude.ts";
import { type Asked, type Found, lookUp } from "./known.ts";
import { type KeepLease, leaseKeeper } from "./lease.ts";
import { type News, recordNews } from "./news.ts";
import { type Saving, save } from "./save.ts";

/** What all polls of a process ask of the database: many of them at a time share a round trip. */
export interface Desk {
  claim(feedId: string): Promise<Claim | null>;
  readonly keep: KeepLease;
  /** Which of a feed's items are known. */
  lookUp(asked: Asked): Promise<Found>;
  /** False when the feed was not this claim's any more. */
  save(saving: Saving): Promise<boolean>;
  /** Writes what a poll has to tell; throws Fenced when the feed was not its claim's any more. */
  record(news: News): Promise<Recorded>;
}

const lanes = 2;

export function openDesk(
  resources: Pick<Resources, "db" | "log" | "logger"> & { readonly config: Settings },
): Desk {
  const { db, config } = resources;
  return {
    claim: gathered((feedIds: readonly string[]) => claimFeeds(db, feedIds, config.allowHosts), {
      largest: 128,
      lanes,
    }),
    keep: leaseKeeper(resources),
    lookUp: gathered((asked: readonly Asked[]) => lookUp(db, asked), { largest: 32, lanes }),
    save: gathered((savings: readonly Saving[]) => save(db, savings), { largest: 128, lanes }),
    // First polls bring hundreds of items each: the transactions are to stay short.
    record: gathered((news: readonly News[]) => recordNews(resources, news), {
      largest: 16,
      lanes,
    }),
  };
}
