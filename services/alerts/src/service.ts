import { jobs } from "@newsledger/core";
import type { Resources, Service } from "@newsledger/host";
import { startWorker } from "@newsledger/queue";
import type { Post } from "./attempt.ts";
import { deliverer, exhausted } from "./deliver.ts";
import { raiser } from "./raise.ts";

export interface AlertsOptions {
  readonly post: Post;
  /** Group id → ids of its members, from the knowledge base. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly random?: () => number;
}

/** Puts every new report to the rules, and delivers what they raise. */
export function createService({ post, groups, random = Math.random }: AlertsOptions): Service {
  return {
    name: "alerts",
    async start(resources: Resources): Promise<AsyncDisposable> {
      const { config, db, log, queue, logger } = resources;
      const { concurrency, lateAfterHours } = config.alerts;
      const running = new AsyncDisposableStack();
      running.use(
        startWorker({ queue, db, logger }, jobs.deliverAlert, {
          concurrency,
          handle: deliverer(resources, { post, random }),
          onExhausted: exhausted(log),
        }),
      );
      running.use(
        log.subscribe({
          name: "alerts",
          types: ["story.opened", "story.joined"],
          from: "start",
          onError: "park",
          handle: raiser(resources, { groups, lateAfterHours, publicUrl: config.publicUrl }),
        }),
      );
      return running;
    },
  };
}
