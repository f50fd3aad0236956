import { openWork } from "@newsledger/queue";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { until } from "./backends.ts";
import { anyJob, plan, rowOf } from "./jobs.ts";
import { database, ended, setStation, station } from "./station.ts";

setStation();

describe("planning", () => {
  test("the same work planned twice is one row, and done work is not hinted at again", async () => {
    const { db } = database;
    const job = anyJob();
    expect(await plan(db, job, "a", "b", "a")).toEqual(
      expect.arrayContaining([
        { job: job.name, key: "a", data: { id: "a" }, attempt: 0 },
        { job: job.name, key: "b", data: { id: "b" }, attempt: 0 },
      ]),
    );
    station(job, async () => {});
    await ended(job, "a");
    await ended(job, "b");
    const hints = await plan(db, job, "a", "b", "c");
    expect(hints.map(({ key }) => key)).toEqual(["c"]);
    expect((await rowOf(db, job, "a")).state).toBe("done");
  });

  test("a plan that is rolled back leaves nothing", async () => {
    const { db } = database;
    const job = anyJob();
    const rolledBack = db.transaction().execute(async (trx) => {
      await openWork(db).plan([job.request({ id: "a" })], trx);
      throw new Error("roll back");
    });
    await expect(rolledBack).rejects.toThrow("roll back");
    await expect(rowOf(db, job, "a")).rejects.toThrow("no work");
  });

  test("many who plan the same work in any order do not lock each other up", async () => {
    const { db } = database;
    const job = anyJob();
    const ids = Array.from({ length: 3000 }, (_, n) => `k${n}`);
    const rounds = Array.from({ length: 12 }, (_, n) =>
      plan(db, job, ...(n % 2 ? ids : ids.toReversed())),
    );
    await Promise.all(rounds);
    const counts = await openWork(db).count();
    expect(counts).toContainEqual(
      expect.objectContaining({ job: job.name, state: "due", count: 3000 }),
    );
  });

  test("text that Postgres cannot hold is cleaned, and a long key hashed: the work is done", async () => {
    const { db } = database;
    const job = anyJob();
    const done: string[] = [];
    const ids = ["nul\u0000", "half\ud800", "x".repeat(20_000), "plain"];
    const hints = await plan(db, job, ...ids);
    expect(hints).toHaveLength(4);
    const queue = station(
      job,
      async ({ id }) => {
        done.push(id);
      },
      { reconcile: false },
    );
    await queue.enqueue(ids.map((id) => job.request({ id }))); // keys as they came, not as they are kept
    await until("all are done", () => done.length === 4);
    expect(done.toSorted()).toEqual(["half\ufffd", "nul\ufffd", "plain", "x".repeat(20_000)]);
  });
});

describe("a claim", () => {
  test("of 20 workers that are handed the same work, one does it", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "a");
    let runs = 0;
    const gate = Promise.withResolvers<void>();
    const queues = Array.from({ length: 20 }, () =>
      station(
        job,
        async () => {
          runs++;
          await gate.promise;
        },
        { reconcile: false },
      ),
    );
    await Promise.all(queues.map((queue) => queue.enqueue([job.request({ id: "a" })])));
    await until("19 were refused", async () => {
      const depths = await Promise.all(queues.map((queue) => queue.depth(job.name)));
      return depths.filter(({ active, waiting }) => active + waiting === 0).length === 19;
    });
    gate.resolve();
    await ended(job, "a");
    expect(runs).toBe(1);
    expect(await rowOf(db, job, "a")).toMatchObject({
      state: "done",
      starts: 1,
      lease_until: null,
    });
  });

  test("a hint for work that is done, unknown or not yet due starts nothing", async () => {
    const { db } = database;
    const job = anyJob();
    let runs = 0;
    const queue = station(
      job,
      async () => {
        runs++;
      },
      { reconcile: false },
    );
    await plan(db, job, "done", "later");
    await queue.enqueue([job.request({ id: "done" })]);
    await ended(job, "done");
    await sql`update newsledger.work set next_attempt_at = now() + interval '1 hour'
      where job = ${job.name} and key = 'later'`.execute(db);
    await queue.enqueue(["done", "later", "unknown"].map((id) => job.request({ id })));
    await until("the hints are used up", async () => {
      const { waiting, active } = await queue.depth(job.name);
      return waiting + active === 0;
    });
    expect(runs).toBe(1);
  });
});
