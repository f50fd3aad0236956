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
import { type Kept, keepItems, keptOf } from "./keep.ts";
import { type Look, lookAt, windowOf, wordsOf } from "./look.ts";
import type { Reading } from "./read.ts";
import { fenced, hold, save, titleOf } from "./save.ts";
import { tell } from "./tell.ts";
import { forgetMissing, keepWindow, withdraw } from "./withdraw.ts";

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
  if (!quiet) return recordNews(ledger, judgement);
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

const keptBy = ({ look, claim }: Judgement): Kept =>
  look
    ? keptOf(look)
    : {
        ...{ seen: 0, revised: 0, known: 0, quarantined: 0, withdrawn: 0, publishedAt: [] },
        identity: claim.feed.identity,
      };

async function recordNews(ledger: Ledger, judgement: Judgement): Promise<Recorded> {
  const { db, log } = ledger;
  const { claim, reading, look, change } = judgement;
  const { feed, now } = claim;
  const waited =
    feed.missing && reading.kind === "unchanged" ? await windowOf(db, feed.feedId) : null;
  const missed = waited?.missing ?? [];
  const words = await wordsOf(
    log,
    missed.map(({ itemId }) => itemId),
  );
  const recorded = await db.transaction().execute(async (trx) => {
    await hold(trx, claim);
    const place = { trx, log };
    const kept = look ? await keepItems(place, originOf(feed, reading), look) : keptBy(judgement);
    if (look) {
      await withdraw(place, feed.feedId, look.withdrawn, look.words);
      await keepWindow(trx, feed.feedId, look, now);
    } else if (missed.length > 0) {
      await withdraw(place, feed.feedId, missed, words);
      await forgetMissing(trx, feed.feedId);
    }
    const concluded = conclude(ledger.config, judgement, {
      ...kept,
      withdrawn: kept.withdrawn + missed.length,
    });
    await tell(place, claim, [...(change ? [change] : []), ...concluded.recorded.notices]);
    const [saved] = await save(trx, [{ claim, standing: concluded.standing }]);
    if (!saved) throw fenced(claim);
    return concluded.recorded;
  });
  log.wake();
  return recorded;
}

const originOf = (feed: Feed, reading: Reading) => ({
  feedId: feed.feedId,
  source: feed.source ?? titleOf(feed, reading),
  backfill: feed.history && feed.lastSuccessAt === null,
});

function outcomeOf(reading: Reading): Outcome {
  return reading.kind === "gone" || reading.kind === "failure" ? reading : { kind: "success" };
}
