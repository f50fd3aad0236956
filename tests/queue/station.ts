import {
  migrations,
  openMemoryQueue,
  type Queue,
  startReconciler,
  startWorker,
  type WorkContext,
  type WorkerOptions,
  workSource,
} from "@newsledger/queue";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { quiet, until } from "./backends.ts";
import { type anyJob, effects, rowOf } from "./jobs.ts";

type Job = ReturnType<typeof anyJob>;
export type Handle = (data: { id: string }, context: WorkContext) => Promise<void>;

/** Of the file that calls `setStation`: what it imports is always the latest. */
export let database: TestDatabase;
/** What ends with the test that runs. */
let open: AsyncDisposableStack;

/** One database for a file, in which each test has a job of its own. */
export function setStation(): void {
  beforeAll(async () => {
    database = await createTestDatabase([...migrations, { id: "test-001-effects", sql: effects }]);
  });
  afterAll(() => database[Symbol.asyncDispose]());
  beforeEach(() => {
    open = new AsyncDisposableStack();
  });
  afterEach(() => open.disposeAsync());
}

/** A process of its own: a queue, a worker on it, and whoever hints at what is due. Ends with the test. */
export function station(
  job: Job,
  handle: Handle,
  options: Partial<WorkerOptions<{ id: string }>> & { reconcile?: boolean } = {},
): Queue {
  const { db } = database;
  const { reconcile = true, ...rest } = options;
  const queue = open.use(openMemoryQueue({ graceSeconds: 0.2 }));
  open.use(
    startWorker({ queue, db, logger: quiet }, job, {
      concurrency: 2,
      handle,
      backoffSeconds: () => 0.1,
      ...rest,
    }),
  );
  if (reconcile) {
    const source = workSource(db, [job]);
    open.use(startReconciler({ queue, logger: quiet }, [source], { everySeconds: 0.1 }));
  }
  return queue;
}

export const ended = (job: Job, key: string) =>
  until(`${key} has ended`, async () => (await rowOf(database.db, job, key)).state !== "due");
