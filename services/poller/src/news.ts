import type { AnyTransaction } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { conclude, type Judgement, type Recorded, type Settings } from "./conclude.ts";
import type { Feed } from "./feed.ts";
import { keepHubs } from "./hubs.ts";
import { type Kept, keepItems, keptOf } from "./keep.ts";
import type { Missed, Words } from "./look.ts";
import type { Reading } from "./read.ts";
import { fenced, hold, type Saving, save, titleOf } from "./save.ts";
import { tell } from "./tell.ts";
import { leaveTwins } from "./twins.ts";
import { forgetMissing, keepWindows, withdraw } from "./withdraw.ts";

/** What a poll has to tell, with everything that had to be read for it. */
export interface News {
  readonly judgement: Judgement;
  /** Items that were missing the last time, when the document is still the same. */
  readonly missed: readonly Missed[];
  readonly words: ReadonlyMap<string, Words>;
}

export const keptBy = ({ look, claim }: Judgement): Kept =>
  look
    ? keptOf(look)
    : {
        ...{ seen: 0, revised: 0, known: 0, quarantined: 0, withdrawn: 0, publishedAt: [] },
        identity: claim.feed.identity,
      };

/** What several polls found, in one transaction. When one of them is not ours any more, none is written. */
export async function recordNews(
  { db, log, config }: Pick<Resources, "db" | "log"> & { readonly config: Settings },
  news: readonly News[],
): Promise<Recorded[]> {
  const claims = news.map(({ judgement }) => judgement.claim);
  const recorded = await db.transaction().execute(async (trx) => {
    await hold(trx, claims);
    const place = { trx, log };
    const kept = await keepAll(place, news);
    const concluded = news.map(({ judgement, missed }, index) => {
      const own = kept[index] ?? keptBy(judgement);
      const withdrawn = own.withdrawn + missed.length;
      return conclude(config, judgement, { ...own, withdrawn });
    });
    await tell(
      place,
      news.map(({ judgement: { claim, change } }, index) => ({
        claim,
        told: [...(change ? [change] : []), ...(concluded[index]?.recorded.notices ?? [])],
      })),
    );
    const savings = news.flatMap(({ judgement: { claim } }, index): Saving[] => {
      const standing = concluded[index]?.standing;
      return standing ? [{ claim, standing }] : [];
    });
    const saved = await save(trx, savings);
    const lost = claims.find((_, index) => !saved[index]);
    if (lost) throw fenced(lost);
    await leaveTwins(
      place,
      savings.flatMap(({ claim: { feed } }, index) =>
        (concluded[index]?.recorded.notices ?? []).flatMap((notice) =>
          notice.type === "feed.moved" ? [{ feedId: feed.feedId, to: notice.to }] : [],
        ),
      ),
    );
    return concluded.map((one) => one.recorded);
  });
  log.wake();
  return recorded;
}

/** The items, and the documents that they were in. Of a poll that brought no document, what was waiting to be told. */
async function keepAll(
  place: { trx: AnyTransaction; log: Resources["log"] },
  news: readonly News[],
): Promise<Kept[]> {
  const documents = news.flatMap(({ judgement: { claim, reading, look } }) =>
    look ? [{ origin: originOf(claim.feed, reading), look, claim, reading }] : [],
  );
  const kept = await keepItems(place, documents);
  for (const { origin, look } of documents)
    await withdraw(place, origin.feedId, look.withdrawn, look.words);
  await keepWindows(
    place.trx,
    documents.map(({ origin, look, claim }) => ({
      ...look,
      feedId: origin.feedId,
      now: claim.now,
    })),
  );
  await keepHubs(
    place.trx,
    documents.flatMap(({ claim: { feed }, reading }) =>
      reading.kind === "items"
        ? [{ feedId: feed.feedId, hub: reading.parsed.hub, topic: reading.parsed.self ?? feed.url }]
        : [],
    ),
  );
  for (const { judgement, missed, words } of news) {
    if (judgement.look || missed.length === 0) continue;
    const { feedId } = judgement.claim.feed;
    await withdraw(place, feedId, missed, words);
    await forgetMissing(place.trx, feedId);
  }
  const each = kept.values();
  return news.map(({ judgement }) => (judgement.look && each.next().value) || keptBy(judgement));
}

const originOf = (feed: Feed, reading: Reading) => ({
  feedId: feed.feedId,
  source: feed.source ?? titleOf(feed, reading),
  backfill: feed.history && feed.lastSuccessAt === null,
});
