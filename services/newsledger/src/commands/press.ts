import type { Press } from "@newsledger/digest";
import { feedSummaries } from "@newsledger/poller";
import type { Ledger } from "../ledger.ts";

/** What composing a digest needs, of the ledger that a command has opened. */
export const pressOfLedger = ({ db, log, topics, config }: Ledger): Press => ({
  ...{ db, log, topics },
  publicUrl: config.publicUrl,
  mailFrom: config.mailFrom,
  bounceMailbox: config.digest.bounceMailbox,
  feeds: () => feedSummaries(db),
});
