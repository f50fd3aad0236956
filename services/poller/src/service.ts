import { jobs } from "@newsledger/core";
import { matchTopics, type Topic } from "@newsledger/extraction/topics";
import { type Fetcher, openParser, type ReadFeed } from "@newsledger/feeds";
import type { Resources, Service } from "@newsledger/host";
import { type Job, startReconciler } from "@newsledger/queue";
import { dueFeeds } from "./claim.ts";
import { openDesk } from "./desk.ts";
import { startAskingHubs } from "./hubs.ts";
import { startMatcher } from "./matcher.ts";
import { type Polled, pollFeed } from "./poll.ts";

export interface PollerOptions {
  readonly fetcher: Fetcher;
  readonly topics: readonly Topic[];
  /** How bytes become a feed: large ones in a thread of their own, unless somebody knows better. */
  readonly parse?: ReadFeed;
}

/** Polls what is due, and matches what was found against the topics. */
export const createService = ({ topics, ...poller }: PollerOptions): Service => ({
  name: "poller",
  async start(resources) {
    const started = new AsyncDisposableStack();
    started.use(startMatcher(resources, (item) => matchTopics(topics, item)));
    started.use(startPolling(resources, poller));
    return started;
  },
});

/** The feeds' own table is the schedule; the queue only spreads the work over the processes. */
export function startPolling(
  resources: Resources,
  { fetcher, parse: given }: Omit<PollerOptions, "topics">,
): AsyncDisposable {
  const { db, queue, logger, config } = resources;
  const count = counters(resources);
  const { name, schema } = jobs.pollFeed;
  const { concurrency } = config.poller;
  const desk = openDesk(resources);
  const poll = async ({ data }: Job, signal: AbortSignal) => {
    const { feedId } = schema.parse(data);
    count(await pollFeed(resources, { fetcher, parse, desk }, feedId, signal));
  };
  const started = new AsyncDisposableStack();
  const parse = given ?? started.use(openParser()).read;
  started.use(queue.work(name, poll, { concurrency }));
  started.use(startAskingHubs(resources, fetcher));
  started.use(
    startReconciler({ queue, logger }, [dueFeeds(db, config.allowHosts)], { everySeconds: 1 }),
  );
  return started;
}

function counters({ metrics }: Resources): (polled: Polled) => void {
  const polls = metrics?.counter("newsledger_polls_total", "Polls by how they ended", ["outcome"]);
  const items = metrics?.counter("newsledger_items_total", "Items by what they were", ["kind"]);
  return (polled) => {
    if (typeof polled === "string") {
      polls?.inc({ outcome: polled });
      return;
    }
    polls?.inc({ outcome: polled.change?.type ?? "recorded" });
    for (const kind of ["seen", "revised", "quarantined"] as const)
      if (polled[kind] > 0) items?.inc({ kind }, polled[kind]);
  };
}
