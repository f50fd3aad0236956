import type { JobRequest } from "@newsledger/core";
import type { EventLog, EventMap, Subscription } from "@newsledger/eventlog";
import { planWork } from "./work.ts";
import type { WorkResources } from "./worker.ts";

/**
 * Turns facts into work: a subscription that plans, in the transaction of its checkpoint, what each event asks for, and
 * hints at it after commit. The log notes a hint that could not be given; the reconciler gives it later.
 */
export function startRelay<M extends EventMap, T extends keyof M & string>(
  resources: WorkResources & { log: EventLog<M> },
  options: {
    name: string;
    types: readonly T[];
    requestsFor(event: { type: string; data: unknown }): JobRequest[];
  },
): Subscription {
  const { log, queue } = resources;
  const { name, types, requestsFor } = options;
  return log.subscribe({
    name,
    types,
    from: "start",
    restMs: 50,
    onError: "park", // one event that nobody can plan for must not hold up the work of all others
    async handle(events, trx) {
      const hints = await planWork(events.flatMap(requestsFor), trx);
      return () => queue.enqueue(hints);
    },
  });
}
