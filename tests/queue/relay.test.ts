import { setTimeout as pause } from "node:timers/promises";
import { openEventLog } from "@newsledger/eventlog";
import {
  migrations,
  type Queue,
  startReconciler,
  startRelay,
  startWorker,
  workSource,
} from "@newsledger/queue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { type Backend, backends, quiet, recorder, titleOf, until } from "./backends.ts";
import { anyJob, effects, effectsOf, leaveEffect, plan, rowOf } from "./jobs.ts";

const codec = { decode: (_type: string, _version: number, data: unknown) => data };
/** Each test has events of its own in the shared log. */
const factsFor = (job: { name: string }, ids: readonly string[]) =>
  ids.map((id) => ({ type: `for.${job.name}`, schemaVersion: 1, data: { id } }));
const ids = (count: number) =>
  Array.from({ length: count }, (_, n) => `i${String(n).padStart(3, "0")}`);

describe.each(backends)("$kind", (backend) => {
  describe.skipIf(backend.missing)(titleOf(backend), () => {
    let database: TestDatabase;
    let store: Backend;
    beforeAll(async () => {
      database = await createTestDatabase([
        ...migrations,
        { id: "test-001-effects", sql: effects },
      ]);
      store = await backend.start();
    });
    afterAll(async () => {
      await store[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    const openLog = () => openEventLog({ pool: database.pool, codec });
    const worker = (queue: Queue, job: ReturnType<typeof anyJob>) =>
      startWorker({ queue, db: database.db, logger: quiet }, job, {
        concurrency: 4,
        async handle({ id }, { finish }) {
          await pause(5);
          await database.db.transaction().execute(async (trx) => {
            await leaveEffect(trx, job, id);
            await finish(trx);
          });
        },
      });
    const relayFor = (
      job: ReturnType<typeof anyJob>,
      log: Awaited<ReturnType<typeof openLog>>,
      queue: Queue,
    ) =>
      startRelay(
        { log, queue, db: database.db, logger: quiet },
        {
          name: `relay-${job.name}`,
          types: [`for.${job.name}`],
          requestsFor: ({ data }) => [job.request(data as { id: string })],
        },
      );

    test("a fact in the log becomes work that is done, without a reconciler", async () => {
      const job = anyJob();
      const queue = await store.open();
      await using log = await openLog();
      await using _relay = relayFor(job, log, queue);
      await using _worker = worker(queue, job);
      await log.append(`facts-${job.name}`, factsFor(job, [...ids(20), ...ids(20)]));
      await until("all is done", async () => (await effectsOf(database.db, job)).length >= 20);
      expect(await effectsOf(database.db, job)).toEqual(ids(20));
    });

    test("the queue is wiped again and again, and all work is done once", async () => {
      const job = anyJob();
      const [queue, other] = await Promise.all([store.open(), store.open()]);
      const everySeconds = 0.3;
      const source = workSource(database.db, [job]);
      await using log = await openLog();
      await using _relay = relayFor(job, log, queue);
      await using _a = worker(queue, job);
      await using _b = worker(other, job);
      await using _c = startReconciler({ queue, logger: quiet }, [source], { everySeconds });
      for (let batch = 0; batch < 5; batch++) {
        const facts = ids(300).slice(batch * 60, batch * 60 + 60);
        await log.append(`facts-${job.name}`, factsFor(job, facts));
        await pause(40);
        await queue.wipe();
      }
      await until("all is done", async () => (await effectsOf(database.db, job)).length >= 300);
      await pause(200);
      expect(await effectsOf(database.db, job)).toEqual(ids(300));
    });

    test("what was planned while the queue was away is done when somebody looks", async () => {
      const job = anyJob();
      await using away = await backend.start();
      const closed = await away.open();
      await closed[Symbol.asyncDispose]();
      await using log = await openLog();
      await using relay = relayFor(job, log, closed);
      await log.append(`facts-${job.name}`, factsFor(job, ids(5)));
      await relay.caughtUp();
      expect(await rowOf(database.db, job, "i000")).toMatchObject({ state: "due", starts: 0 });

      const queue = await store.open();
      const source = workSource(database.db, [job]);
      await using _worker = worker(queue, job);
      await using _reconciler = startReconciler({ queue, logger: quiet }, [source], {
        everySeconds: 60, // the first round is at once
      });
      await until("all is done", async () => (await effectsOf(database.db, job)).length >= 5);
      expect(await effectsOf(database.db, job)).toEqual(ids(5));
    });

    test("the reconciler does not fill a queue that is full, and one full job does not starve another", async () => {
      const { db } = database;
      const [full, other] = [anyJob(), anyJob()];
      await plan(db, full, ...ids(60));
      await plan(db, other, ...ids(10));
      const queue = await store.open();
      const source = workSource(db, [full, other]);
      await using _ = startReconciler({ queue, logger: quiet }, [source], {
        everySeconds: 0.05,
        batch: 40,
        depth: 15,
      });
      await until("the other has all its hints", async () => {
        return (await queue.depth(other.name)).waiting === 10;
      });
      await pause(300);
      expect((await queue.depth(full.name)).waiting).toBe(15);
    });

    test("the reconciler survives a source that fails", async () => {
      const job = anyJob();
      const queue = await store.open();
      const logger = recorder();
      let rounds = 0;
      const flaky = {
        job: job.name,
        async due() {
          if (++rounds < 3) throw new Error("the database went away");
          return [job.request({ id: "a" })];
        },
      };
      const steady = { job: "steady", due: async () => [{ job: job.name, key: "b", data: {} }] };
      await using _ = startReconciler({ queue, logger }, [flaky, steady], { everySeconds: 0.05 });
      await until("both hints are there", async () => (await queue.depth(job.name)).waiting === 2);
      expect(logger.lines.filter(({ level }) => level === "warn")).toHaveLength(2);
    });
  });
});
