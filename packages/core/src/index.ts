export * from "./define-event.ts";
export * from "./events.ts";
export * from "./ids.ts";
export * from "./job.ts";
export * from "./jobs.ts";
export * from "./pipeline.ts";
export * from "./topic.ts";
export * from "./understanding.ts";
