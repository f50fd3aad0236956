import type { Resources, Service } from "@newsledger/host";
import { type DeliveryOptions, startDelivery } from "./delivery.ts";
import type { Person } from "./facts.ts";
import type { KindOf } from "./outlet.ts";
import { startRules } from "./start-rules.ts";

export interface AlertsOptions extends DeliveryOptions {
  /** Group id → ids of its members, from the knowledge base. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Names and offices, from the knowledge base. */
  readonly people?: ReadonlyMap<string, Person>;
  /** What kind of outlet an article is from, by the catalogue. */
  readonly kindOf?: KindOf;
  /** How often it is looked for what time alone brings about: held alerts, silence. */
  readonly lookEveryMs?: number;
}

/** Puts every new report to the rules, and delivers what they raise. */
export function createService(options: AlertsOptions): Service {
  const { groups, people, kindOf = () => null, lookEveryMs = 5_000, ...delivery } = options;
  return {
    name: "alerts",
    async start(resources: Resources): Promise<AsyncDisposable> {
      const { lateAfterHours } = resources.config.alerts;
      const { publicUrl } = resources.config;
      const running = new AsyncDisposableStack();
      running.use(await startDelivery(resources, delivery));
      running.use(
        startRules(resources, {
          ...{ groups, kindOf, lateAfterHours, publicUrl, lookEveryMs },
          ...(people ? { people } : {}),
        }),
      );
      return running;
    },
  };
}
