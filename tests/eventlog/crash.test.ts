import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { allPositions, createTally, note, openTestLog, record, tally } from "./open.ts";

test("however often connections are cut and handlers fail, every event has its effect once, in order", async () => {
  await using t = await openTestLog();
  await createTally(t.db);
  let calls = 0;
  const subscription = t.log.subscribe({
    name: "tally",
    batchSize: 7,
    async handle(events, trx) {
      await record(events, trx);
      if (++calls % 5 === 0) throw new Error("now and then");
      await pause(2);
      return undefined;
    },
  });
  const until = performance.now() + 3_000;
  const cut = async () => {
    while (performance.now() < until) {
      await t.pool
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
        )
        .catch(() => {}); // may be cut by itself
      await pause(70);
    }
  };
  // Each is tried until it is answered: the key makes that safe.
  const write = async (writer: number) => {
    for (let i = 0; performance.now() < until; i++) {
      const key = `${writer}-${i}`;
      const append = () => t.log.append(`s${i % 3}`, [note(key), note(key)], { key });
      while ((await append().catch(() => null)) === null) await pause(5);
      await pause(3);
    }
    return writer;
  };
  await Promise.all([cut(), write(1), write(2), write(3)]);
  await subscription.caughtUp();

  const committed = await allPositions(t.pool);
  expect(committed.length).toBeGreaterThan(20);
  expect(await tally(t.db)).toEqual(committed);
  const { rows } = await t.pool.query<{ keys: number }>(
    "select count(*)::int as keys from newsledger.append_keys",
  );
  expect(committed).toHaveLength((rows[0]?.keys ?? 0) * 2);
});

test("a killed process is followed by another, which goes on exactly where it was", async () => {
  await using t = await openTestLog();
  await createTally(t.db);
  await t.log.append(
    "a",
    Array.from({ length: 400 }, (_, i) => note(`${i}`)),
  );
  const worker = spawn(
    process.execPath,
    [fileURLToPath(new URL("./worker.ts", import.meta.url)), t.url],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let lines = 0;
  for await (const chunk of worker.stdout) {
    lines += String(chunk).split("\n").length - 1;
    if (lines >= 5) break;
  }
  worker.kill("SIGKILL");
  await once(worker, "exit");

  const done = (await tally(t.db)).length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(400);
  await using subscription = t.log.subscribe({
    name: "tally",
    async handle(events, trx) {
      await record(events, trx);
      return undefined;
    },
  });
  await subscription.caughtUp();
  expect(await tally(t.db)).toEqual(await allPositions(t.pool));
});
