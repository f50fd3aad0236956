import type { Fetcher, ReadFeed } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { Fenced } from "@newsledger/queue";
import { type Claim, giveBack } from "./claim.ts";
import type { Recorded } from "./conclude.ts";
import { type Desk, openDesk } from "./desk.ts";
import { readFeed } from "./read.ts";
import { record } from "./record.ts";

export interface Poller {
  readonly fetcher: Fetcher;
  readonly parse: ReadFeed;
  /** Shared by all polls of a process; without one, a poll asks the database alone. */
  readonly desk?: Desk;
}

export type Polled = "not-due" | "given-back" | Recorded;

/** Polls one feed, if it is due and free: asks its server, and records the answer. */
export async function pollFeed(
  resources: Pick<Resources, "db" | "log" | "logger" | "config">,
  poller: Poller,
  feedId: string,
  stopping: AbortSignal,
): Promise<Polled> {
  const { config } = resources;
  const desk = poller.desk ?? openDesk(resources);
  const claim = await desk.claim(feedId);
  if (!claim) return "not-due";
  using lease = desk.keep(claim, stopping);
  const { signal } = lease;
  try {
    const options = { timeoutMs: config.poller.timeoutSeconds * 1000, signal };
    const reading = await readFeed(poller, claim.feed, options);
    if (reading.kind === "failure" && reading.fault !== undefined)
      resources.logger.error({ err: reading.fault, feedId }, "a feed could not be parsed");
    const recorded = await record({ ...resources, desk }, claim, reading);
    report(resources.logger, claim, recorded);
    return recorded;
  } catch (error) {
    return failed(resources, claim, signal, error);
  }
}

const retryAfterSeconds = 30;

/** Nothing was recorded, so nothing is lost: the feed is asked again. */
async function failed(
  { db, logger }: Pick<Resources, "db" | "logger">,
  claim: Claim,
  signal: AbortSignal,
  err: unknown,
): Promise<Polled> {
  if (err instanceof Fenced) return "given-back";
  const { feedId, url, pace } = claim.feed;
  const after = signal.aborted ? 0 : Math.min(retryAfterSeconds, pace?.intervalSeconds ?? 1);
  if (!signal.aborted) logger.error({ err, feedId, url }, "a poll could not be recorded");
  // When the database is away too, the lease runs out by itself.
  await giveBack(db, claim, after).catch((reason) =>
    logger.warn({ err: reason, feedId }, "a feed could not be given back"),
  );
  return "given-back";
}

function report(logger: Resources["logger"], { feed }: Claim, recorded: Recorded): void {
  const { change, notices, publishedAt: _, ...counts } = recorded;
  const facts = { feedId: feed.feedId, ...counts };
  for (const notice of notices) {
    const said = notice.type === "feed.moved" ? `to ${notice.to}` : notice.reason;
    logger.info({ ...facts, url: feed.url }, `${notice.type}: ${said}`);
  }
  if (change?.type === "feed.degraded" || change?.type === "feed.dead")
    logger.warn({ ...facts, code: change.code, url: feed.url }, `${change.type}: ${change.reason}`);
  else if (change) logger.info(facts, change.type);
  else logger.debug(facts, "polled");
}
