import { setTimeout as pause } from "node:timers/promises";
import { Fenced, openMemoryQueue, startWorker } from "@newsledger/queue";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { quiet, until } from "./backends.ts";
import { anyJob, effectsOf, leaveEffect, plan, rowOf } from "./jobs.ts";
import { database, ended, type Handle, setStation, station } from "./station.ts";

setStation();

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
