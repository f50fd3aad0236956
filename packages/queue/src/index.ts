export { type DueSource, workSource } from "./due.ts";
export { gathered } from "./gathered.ts";
export { type QueueHealth, queueHealth } from "./health.ts";
export { Fenced } from "./lease.ts";
export { openMemoryQueue } from "./memory.ts";
export { migrations } from "./migrations.ts";
export { openQueue } from "./open.ts";
export { startReconciler } from "./reconciler.ts";
export { startRelay } from "./relay.ts";
export { RetryLater } from "./retry.ts";
export * from "./types.ts";
export { openWork, type QuarantinedWork, type Work, type WorkCount } from "./work.ts";
export {
  finishAll,
  startWorker,
  type WorkContext,
  type WorkerOptions,
  type WorkResources,
} from "./worker.ts";
