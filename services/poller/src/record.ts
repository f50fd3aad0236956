import type { Resources } from "@newsledger/host";
import type { Claim } from "./claim.ts";
import {
  type Conclusion,
  conclude,
  type Judgement,
  type Recorded,
  type Settings,
} from "./conclude.ts";
import type { Desk } from "./desk.ts";
import type { Feed } from "./feed.ts";
import { judge, type Outcome } from "./health.ts";
import { type Look, lookAt, windowOf, wordsOf } from "./look.ts";
import { keptBy, type News } from "./news.ts";
import type { Reading } from "./read.ts";
import { fenced } from "./save.ts";

export interface Ledger {
  readonly db: Resources["db"];
  readonly log: Resources["log"];
  readonly config: Settings;
  readonly desk: Desk;
}

/**
 * One transaction: the items, what changed in the feed's health, and its state. The validators are saved only together
 * with the items that they cover, so a crash before the commit is answered by the same items again, never by a 304.
 */
export async function record(ledger: Ledger, claim: Claim, reading: Reading): Promise<Recorded> {
  const { feed, now } = claim;
  const look = reading.kind === "items" ? await lookAt(ledger, feed, reading.parsed, now) : null;
  const judgement = { claim, reading, look, ...judge(feed.health, outcomeOf(reading), now) };
  const quiet = quietly(ledger, judgement);
  if (!quiet) return ledger.desk.record(await newsOf(ledger, judgement));
  // Nine polls of ten bring nothing: one statement, shared with other polls, is a transaction, too.
  if (!(await ledger.desk.save({ claim, standing: quiet.standing }))) throw fenced(claim);
  return quiet.recorded;
}

/** The conclusion of a poll that leaves nothing in the log; null when it has something to tell. */
function quietly(ledger: Ledger, judgement: Judgement): Conclusion | null {
  const { look, change, claim } = judgement;
  if (change || claim.feed.missing || (look && hasNews(look, claim.feed))) return null;
  const concluded = conclude(ledger.config, judgement, keptBy(judgement));
  return concluded.recorded.notices.length > 0 ? null : concluded;
}

const hasNews = (look: Look, { portrait }: Feed): boolean =>
  look.judged.some(({ verdict }) => verdict.kind !== "known") ||
  look.spoilt.length + look.untouched.length + look.missing.length + look.withdrawn.length > 0 ||
  portrait?.mark !== look.mark;

async function newsOf({ db, log }: Ledger, judgement: Judgement): Promise<News> {
  const { feed } = judgement.claim;
  const waited =
    feed.missing && judgement.reading.kind === "unchanged" ? await windowOf(db, feed.feedId) : null;
  const missed = waited?.missing ?? [];
  const words = await wordsOf(
    log,
    missed.map(({ itemId }) => itemId),
  );
  return { judgement, missed, words };
}

function outcomeOf(reading: Reading): Outcome {
  return reading.kind === "gone" || reading.kind === "failure" ? reading : { kind: "success" };
}
