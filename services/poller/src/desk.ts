import type { Resources } from "@newsledger/host";
import { type Claim, claimFeeds } from "./claim.ts";
import { gathered } from "./gathered.ts";
import { type Asked, type Found, lookUp } from "./known.ts";
import { type Saving, save } from "./save.ts";

type Db = Resources["db"];

/** What all polls of a process ask of the database: many of them at a time share a round trip. */
export interface Desk {
  claim(feedId: string): Promise<Claim | null>;
  /** Which of a feed's items are known. */
  lookUp(asked: Asked): Promise<Found>;
  /** False when the feed was not this claim's any more. */
  save(saving: Saving): Promise<boolean>;
}

export function openDesk(db: Db, allowHosts: readonly string[]): Desk {
  return {
    claim: gathered((feedIds: readonly string[]) => claimFeeds(db, feedIds, allowHosts), {
      largest: 128,
    }),
    lookUp: gathered((asked: readonly Asked[]) => lookUp(db, asked), { largest: 32 }),
    save: gathered((savings: readonly Saving[]) => save(db, savings), { largest: 128 }),
  };
}
