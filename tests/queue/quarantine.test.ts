import { setTimeout as pause } from "node:timers/promises";
import { openWork, RetryLater } from "@newsledger/queue";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { until } from "./backends.ts";
import { anyJob, effectsOf, leaveEffect, plan, rowOf } from "./jobs.ts";
import { database, ended, setStation, station } from "./station.ts";

setStation();

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

test("work that waits for something that holds all up is tried as often as it takes, and is not blamed", async () => {
  const { db } = database;
  const job = anyJob(2);
  await plan(db, job, "a");
  let tries = 0;
  station(job, async () => {
    tries += 1;
    if (tries < 6) throw new RetryLater("the way out is closed", 0, { blameless: true });
  });
  await ended(job, "a");
  expect(tries).toBe(6);
  expect(await rowOf(db, job, "a")).toMatchObject({ state: "done", starts: 1 });
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

  test("is not held to have failed when processes died with it in hand, and fails as often as any other", async () => {
    const { db } = database;
    const job = anyJob(2);
    await plan(db, job, "a");
    await sql`update newsledger.work
      set starts = 9, fence = 9, lease_until = now() - interval '1 s'
      where job = ${job.name}`.execute(db);
    const tries: boolean[] = [];
    station(job, async (_, { lastStart }) => {
      tries.push(lastStart);
      throw new RetryLater("never", 0);
    });
    await ended(job, "a");
    expect(tries).toEqual([false, true]);
    expect(await rowOf(db, job, "a")).toMatchObject({ state: "quarantined", last_error: "never" });
  });

  test("is put aside without another run when ten processes died with it in hand", async () => {
    const { db } = database;
    const job = anyJob(3);
    await plan(db, job, "a");
    await sql`update newsledger.work
      set starts = 10, fence = 10, lease_until = now() - interval '1 s'
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
    expect(errors).toEqual(["10 starts and no end: each time the process died or lost its lease"]);
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
