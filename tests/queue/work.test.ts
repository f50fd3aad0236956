import { setTimeout as pause } from "node:timers/promises";
import {
  Fenced,
  migrations,
  openMemoryQueue,
  openWork,
  type Queue,
  RetryLater,
  startReconciler,
  startWorker,
  type WorkContext,
  type WorkerOptions,
  workSource,
} from "@newsledger/queue";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { quiet, until } from "./backends.ts";
import { anyJob, effects, effectsOf, leaveEffect, plan, rowOf } from "./jobs.ts";

type Job = ReturnType<typeof anyJob>;
type Handle = (data: { id: string }, context: WorkContext) => Promise<void>;

let database: TestDatabase;
let open: AsyncDisposableStack;
beforeAll(async () => {
  database = await createTestDatabase([...migrations, { id: "test-001-effects", sql: effects }]);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => {
  open = new AsyncDisposableStack();
});
afterEach(() => open.disposeAsync());

/** A process of its own: a queue, a worker on it, and whoever hints at what is due. Ends with the test. */
function station(
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

const ended = (job: Job, key: string) =>
  until(`${key} has ended`, async () => (await rowOf(database.db, job, key)).state !== "due");

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

describe("a lease", () => {
  test("is held for as long as the work goes on", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "long");
    let runs = 0;
    const slow: Handle = async () => {
      runs++;
      await pause(2_500);
    };
    station(job, slow, { leaseSeconds: 0.9 });
    station(job, slow, { leaseSeconds: 0.9 });
    await ended(job, "long");
    expect(runs).toBe(1);
  });

  test("of a process that died ends, and another does the work", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "a");
    await sql`update newsledger.work
      set starts = 1, fence = 1, lease_until = now() + interval '1 second'
      where job = ${job.name}`.execute(db);
    let claimedBeforeItsTime = false;
    station(job, async () => {
      const { rows } = await sql<{ early: boolean }>`
        select planned_at + interval '1 second' > now() as early
        from newsledger.work where job = ${job.name}`.execute(db);
      claimedBeforeItsTime = rows[0]?.early ?? true;
    });
    await ended(job, "a");
    expect(claimedBeforeItsTime).toBe(false);
    expect(await rowOf(db, job, "a")).toMatchObject({ state: "done", starts: 2, fence: "2" });
  });

  test("that was lost fences its late holder: nothing it writes stays", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "a");
    const late = Promise.withResolvers<unknown>();
    const handle: Handle = async ({ id }, { finish, starts }) => {
      const write = () =>
        db.transaction().execute(async (trx) => {
          await leaveEffect(trx, job, `${id}${starts}`);
          await finish(trx);
        });
      if (starts === 1) {
        await sql`update newsledger.work set lease_until = now() where job = ${job.name}`.execute(
          db,
        );
        await until("another has it", async () => (await rowOf(db, job, id)).starts === 2);
        const answer = await write().catch((error: unknown) => error);
        late.resolve(answer);
        throw answer;
      }
      await late.promise; // still at work while the late one writes
      await write();
    };
    station(job, handle, { leaseSeconds: 3 });
    station(job, handle, { leaseSeconds: 3 });
    expect(await late.promise).toBeInstanceOf(Fenced);
    await ended(job, "a");
    expect(await effectsOf(db, job)).toEqual(["a2"]);
    expect(await rowOf(db, job, "a")).toMatchObject({ state: "done", starts: 2, last_error: null });
  });

  test("that was lost aborts the handler's signal at the next renewal", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "a");
    const told = Promise.withResolvers<unknown>();
    const queue = station(
      job,
      async (_, { signal }) => {
        await sql`update newsledger.work set fence = fence + 1, lease_until = now() + interval '1 hour'
          where job = ${job.name}`.execute(db);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        told.resolve(signal.reason);
        throw new Error("broken off");
      },
      { leaseSeconds: 0.6, reconcile: false },
    );
    await queue.enqueue([job.request({ id: "a" })]);
    expect(await told.promise).toBeInstanceOf(Fenced);
    expect(await rowOf(db, job, "a")).toMatchObject({ state: "due", last_error: null });
  });
});

describe("the end of a try", () => {
  test("effects and the end of the work are one transaction", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "a");
    station(job, async ({ id }, { finish, starts }) => {
      await db.transaction().execute(async (trx) => {
        await finish(trx);
        await leaveEffect(trx, job, `${id}${starts}`);
        if (starts === 1) throw new Error("after the end, before the commit");
      });
    });
    await ended(job, "a");
    expect(await effectsOf(db, job)).toEqual(["a2"]);
    expect(await rowOf(db, job, "a")).toMatchObject({ state: "done", starts: 2 });
  });

  test("a failure is kept with the row, and the next try waits for its pause", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "a");
    let runs = 0;
    station(
      job,
      async () => {
        runs++;
        throw new Error("no answer\u0000", { cause: new Error("host unknown") });
      },
      { backoffSeconds: () => 1000 },
    );
    await until("it has failed", async () => (await rowOf(db, job, "a")).last_error !== null);
    await pause(300); // the reconciler has come round
    const row = await rowOf(db, job, "a");
    expect(row).toMatchObject({ state: "due", starts: 1, lease_until: null });
    expect(row.last_error).toBe("no answer\ufffd: host unknown");
    expect(row.due_in).toBeGreaterThan(790);
    expect(row.due_in).toBeLessThan(1200);
    expect(runs).toBe(1);
  });

  test("a failed try is hinted at again by the worker itself", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "a");
    const queue = station(
      job,
      async (_, { starts }) => {
        if (starts < 3) throw new Error("not yet");
      },
      { reconcile: false },
    );
    await queue.enqueue([job.request({ id: "a" })]);
    await ended(job, "a");
    expect(await rowOf(db, job, "a")).toMatchObject({ state: "done", starts: 3, last_error: null });
  });

  test("RetryLater chooses the next try", async () => {
    const { db } = database;
    const job = anyJob();
    await plan(db, job, "soon", "late");
    station(
      job,
      async ({ id }, { starts }) => {
        if (id === "late") throw new RetryLater("come back tomorrow", 86_400);
        if (starts === 1) throw new RetryLater("come back at once", 0);
      },
      { backoffSeconds: () => 1000 },
    );
    await ended(job, "soon");
    await until("the other was put off", async () => (await rowOf(db, job, "late")).due_in > 0);
    const { due_in, last_error } = await rowOf(db, job, "late");
    expect(due_in).toBeGreaterThan(86_000);
    expect(last_error).toBe("come back tomorrow");
  });
});

describe("work that keeps failing", () => {
  test("is put aside after its last try, which knows that it is the last", async () => {
    const { db } = database;
    const job = anyJob(3);
    await plan(db, job, "a");
    const tries: boolean[] = [];
    station(
      job,
      async (_, { lastStart }) => {
        tries.push(lastStart);
        throw new RetryLater("never", 0);
      },
      {
        async onExhausted({ id }, error, trx) {
          await leaveEffect(trx, job, `${id}: ${error.message}`);
        },
      },
    );
    await ended(job, "a");
    expect(tries).toEqual([false, false, true]);
    expect(await rowOf(db, job, "a")).toMatchObject({ state: "quarantined", last_error: "never" });
    expect(await effectsOf(db, job)).toEqual(["a: never"]);
  });

  test("is put aside together with what is said about it, or not at all", async () => {
    const { db } = database;
    const job = anyJob(1);
    await plan(db, job, "a");
    let runs = 0;
    let said = 0;
    station(
      job,
      async () => {
        runs++;
        throw new Error("never");
      },
      {
        leaseSeconds: 0.5,
        async onExhausted({ id }, _, trx) {
          await leaveEffect(trx, job, `${id}${++said}`);
          if (said === 1) throw new Error("killed while saying it");
        },
      },
    );
    await ended(job, "a");
    expect(runs).toBe(1);
    expect(await effectsOf(db, job)).toEqual(["a2"]);
    expect((await rowOf(db, job, "a")).state).toBe("quarantined");
  });

  test("is put aside without another run when every try of it killed its process", async () => {
    const { db } = database;
    const job = anyJob(3);
    await plan(db, job, "a");
    await sql`update newsledger.work set starts = 3, fence = 3, lease_until = now() - interval '1 s'
      where job = ${job.name}`.execute(db);
    let runs = 0;
    const errors: string[] = [];
    station(
      job,
      async () => {
        runs++;
      },
      {
        async onExhausted(_, error) {
          errors.push(error.message);
        },
      },
    );
    await ended(job, "a");
    expect(runs).toBe(0);
    expect(errors).toEqual(["3 starts and no end: each time the process died or lost its lease"]);
    expect((await rowOf(db, job, "a")).state).toBe("quarantined");
  });

  test("is listed for people, and gets fresh tries when one releases it", async () => {
    const { db } = database;
    const work = openWork(db);
    const job = anyJob(1);
    await plan(db, job, "a", "b");
    let broken = true;
    station(job, async () => {
      if (broken) throw new Error("the disk is full");
    });
    await ended(job, "a");
    await ended(job, "b");
    const listed = (await work.quarantined(100)).filter((row) => row.job === job.name);
    expect(listed.map(({ key }) => key).toSorted()).toEqual(["a", "b"]);
    expect(listed[0]).toMatchObject({ starts: 1, lastError: "the disk is full" });
    broken = false;
    expect(await work.release(job.name, "a")).toBe(1);
    expect(await work.release(job.name)).toBe(1);
    await ended(job, "a");
    await ended(job, "b");
    const counts = (await work.count()).filter((row) => row.job === job.name);
    expect(counts).toEqual([{ job: job.name, state: "done", count: 2, oldestDueSeconds: null }]);
  });

  test("does not hold up the others", async () => {
    const { db } = database;
    const job = anyJob(1000);
    await plan(db, job, ...Array.from({ length: 40 }, (_, n) => `${n % 4 ? "good" : "bad"}-${n}`));
    station(job, async ({ id }) => {
      if (id.startsWith("bad")) throw new RetryLater("never", 0);
    });
    await until("the good ones are done", async () => {
      const counts = await openWork(db).count();
      return counts.some((row) => row.job === job.name && row.state === "done" && row.count === 30);
    });
  });
});

test("work whose data nobody can read is put aside, and never run", async () => {
  const { db } = database;
  const job = anyJob();
  await sql`insert into newsledger.work (job, key, data)
    values (${job.name}, 'odd', '{"id": 7}'), (${job.name}, 'none', 'null')`.execute(db);
  let runs = 0;
  station(job, async () => {
    runs++;
  });
  await ended(job, "odd");
  await ended(job, "none");
  expect(runs).toBe(0);
  expect((await rowOf(db, job, "odd")).state).toBe("quarantined");
  expect((await rowOf(db, job, "odd")).last_error).toMatch(/id/);
});

test("a stopping process gives its work back: the next one does it, and the start does not count", async () => {
  const { db } = database;
  const job = anyJob(1);
  await plan(db, job, "a");
  await using first = new AsyncDisposableStack();
  const queue = first.use(openMemoryQueue({ graceSeconds: 0.2 }));
  let began = false;
  first.use(
    startWorker({ queue, db, logger: quiet }, job, {
      concurrency: 1,
      async handle(_, { signal }) {
        began = true;
        await new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      },
    }),
  );
  await queue.enqueue([job.request({ id: "a" })]);
  await until("it runs", () => began);
  await first.disposeAsync();
  expect(await rowOf(db, job, "a")).toMatchObject({ state: "due", starts: 0, lease_until: null });

  station(job, async () => {});
  await ended(job, "a");
  expect(await rowOf(db, job, "a")).toMatchObject({ state: "done", starts: 1 });
});
