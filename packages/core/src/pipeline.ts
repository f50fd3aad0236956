import type { z } from "zod";
import type { EventDefinition } from "./define-event.ts";
import { itemMatched, itemShortlisted, type NewsEventType } from "./events.ts";
import type { JobRequest } from "./job.ts";
import { jobs } from "./jobs.ts";

/** One step: when this fact is in the log, this work is wanted. */
export interface Step {
  readonly type: NewsEventType;
  readonly request: (data: unknown) => JobRequest;
}

function when<T extends NewsEventType, S extends z.ZodType>(
  event: EventDefinition<T, S>,
  request: (data: z.output<S>) => JobRequest,
): Step {
  return { type: event.type, request: (data) => request(data as z.output<S>) };
}

/** The whole flow of work. Alerts and digests plan their own effects, in the transaction that decides on them. */
export const pipeline: readonly Step[] = [
  when(itemShortlisted, ({ itemId, contentHash }) =>
    jobs.extractItem.request({ itemId, contentHash }),
  ),
  when(itemMatched, ({ itemId, contentHash }) => jobs.extractItem.request({ itemId, contentHash })),
];

/** The work that one event asks for. */
export const requestsFor = (event: { type: string; data: unknown }): JobRequest[] =>
  pipeline.filter((step) => step.type === event.type).map((step) => step.request(event.data));
