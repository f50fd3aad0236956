import type { Resources, Service } from "@newsledger/host";
import { type DeliveryOptions, startDelivery } from "./delivery.ts";
import { raiser } from "./raise.ts";

export interface AlertsOptions extends DeliveryOptions {
  /** Group id → ids of its members, from the knowledge base. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** Puts every new report to the rules, and delivers what they raise. */
export function createService({ groups, ...delivery }: AlertsOptions): Service {
  return {
    name: "alerts",
    async start(resources: Resources): Promise<AsyncDisposable> {
      const { config, log } = resources;
      const { lateAfterHours } = config.alerts;
      const running = new AsyncDisposableStack();
      running.use(await startDelivery(resources, delivery));
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
