import type { FeedSummary } from "@newsledger/api";
import type { Resources } from "@newsledger/host";
import { listFeeds } from "@newsledger/poller";

/** How the followed feeds are, in the words of the site; those that are switched off are left out. */
export async function feedSummaries(db: Resources["db"]): Promise<FeedSummary[]> {
  return (await listFeeds(db)).flatMap(
    ({ feedId, title, url, state, lastSuccessAt, nextPollAt, reason }) =>
      state === "off"
        ? []
        : [
            {
              ...{ feedId, title, url, nextPollAt, reason },
              state: state === "ok" ? ("healthy" as const) : state,
              lastGoodPollAt: lastSuccessAt,
            },
          ],
  );
}
