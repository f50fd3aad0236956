import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  migrations,
  openQueue,
  type Queue,
  startReconciler,
  startWorker,
  workSource,
} from "@newsledger/queue";
import { describe, expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";
import { backends, quiet, until } from "./backends.ts";
import { anyJob, effects, effectsOf, leaveEffect, plan, rowOf } from "./jobs.ts";

const lasting = backends.filter(({ kind }) => kind !== "memory");

describe.each(lasting)("kill -9, queue in $kind", { concurrent: true }, (backend) => {
  test.skipIf(backend.missing)(
    "what a killed process had in hand is done by another as soon as its lease ends",
    async () => {
      await using database = await createTestDatabase([
        ...migrations,
        { id: "test-001-effects", sql: effects },
      ]);
      await using store = await backend.start();
      const { redisUrl } = store;
      const { db, url: databaseUrl } = database;
      const job = anyJob();
      const keys = ["a", "b", "c", "d", "e"];
      const hints = await plan(db, job, ...keys);
      await using queue: Queue = await openQueue({ databaseUrl, redisUrl, logger: quiet });
      await queue.enqueue(hints);

      const doomed = spawn(process.execPath, [
        fileURLToPath(new URL("./doomed-worker.ts", import.meta.url)),
        ...[databaseUrl, redisUrl ?? "", job.name],
      ]);
      await linesOf(doomed, keys.length);
      doomed.kill("SIGKILL");
      await once(doomed, "exit");

      await using _worker = startWorker({ queue, db, logger: quiet }, job, {
        concurrency: 5,
        async handle({ id }, { finish }) {
          await db.transaction().execute(async (trx) => {
            await leaveEffect(trx, job, id);
            await finish(trx);
          });
        },
      });
      const source = workSource(db, [job]);
      await using _reconciler = startReconciler({ queue, logger: quiet }, [source], {
        everySeconds: 5,
      });
      // The queue itself would notice the death only after 15 to 25 s.
      await until("all is done", async () => (await effectsOf(db, job)).length >= 5, 14_000);
      expect(await effectsOf(db, job)).toEqual(keys);
      expect(await rowOf(db, job, "a")).toMatchObject({ state: "done", starts: 2 });
    },
  );
});

async function linesOf(process: ChildProcess, count: number): Promise<void> {
  if (!process.stdout || !process.stderr) throw new Error("the process has no output to read");
  let complaints = "";
  process.stderr.on("data", (chunk) => {
    complaints += String(chunk);
  });
  let seen = 0;
  for await (const _ of createInterface({ input: process.stdout })) {
    if (++seen === count) return;
  }
  throw new Error(`the process ended after ${seen} of ${count} lines: ${complaints}`);
}
