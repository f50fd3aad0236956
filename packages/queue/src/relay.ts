import type { JobRequest } from "@newsledger/core";
import type { EventLog, EventMap, Subscription } from "@newsledger/eventlog";
import { errorText } from "./clean.ts";
import { planWork } from "./work.ts";
import type { WorkResources } from "./worker.ts";

/**
 * Turns facts into work: a subscription that plans, in the transaction of its checkpoint, what each event asks for, and
 * hints at it after commit. A hint that cannot be given is logged: the reconciler gives it later.
 */
export function startRelay<M extends EventMap, T extends keyof M & string>(
  resources: WorkResources & { log: EventLog<M> },
  options: {
    name: string;
    types: readonly T[];
    requestsFor(event: { type: string; data: unknown }): JobRequest[];
  },
): Subscription {
  const { log, queue, logger } = resources;
  const { name, types, requestsFor } = options;
  return log.subscribe({
    name,
    types,
    from: "start",
    async handle(events, trx) {
      const hints = await planWork(events.flatMap(requestsFor), trx);
      if (hints.length === 0) return undefined;
      return () =>
        queue.enqueue(hints).catch((error) => {
          logger.warn({ relay: name, error: errorText(error) }, "planned work was not hinted at");
        });
    },
  });
}
