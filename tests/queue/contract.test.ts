import { setTimeout as pause } from "node:timers/promises";
import { type Queue, QueueUnavailable } from "@newsledger/queue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anyName, type Backend, backends, recorder, titleOf, until } from "./backends.ts";

describe.each(backends)("$kind", (backend) => {
  describe.skipIf(backend.missing)(titleOf(backend), () => {
    let store: Backend;
    let queue: Queue;
    beforeAll(async () => {
      store = await backend.start();
      queue = await store.open();
    });
    afterAll(() => store[Symbol.asyncDispose]());

    const requests = (job: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ job, key: `k${n}`, data: { n } }));

    test("what is enqueued is worked once, with its key and its data", async () => {
      const job = anyName();
      const done: unknown[] = [];
      await queue.enqueue([{ job, key: "before", data: { id: "a" } }]);
      await using _ = queue.work(
        job,
        async ({ name, key, data }) => {
          done.push({ name, key, data });
        },
        { concurrency: 1 },
      );
      await queue.enqueue([{ job, key: "after", data: { id: "b" } }]);
      await until("both jobs done", () => done.length === 2);
      expect(done).toEqual([
        { name: job, key: "before", data: { id: "a" } },
        { name: job, key: "after", data: { id: "b" } },
      ]);
    });

    test("one call takes requests of several jobs, and none", async () => {
      const [one, two] = [anyName(), anyName()];
      await queue.enqueue([...requests(one, 3), ...requests(two, 2)]);
      await queue.enqueue([]);
      expect((await queue.depth(one)).waiting).toBe(3);
      expect((await queue.depth(two)).waiting).toBe(2);
    });

    test("a key that waits already is not added twice; another try of it is", async () => {
      const job = anyName();
      await queue.enqueue(requests(job, 3));
      await queue.enqueue([...requests(job, 4), ...requests(job, 4)]);
      expect((await queue.depth(job)).waiting).toBe(4);
      await queue.enqueue([{ job, key: "k0", data: {}, attempt: 1 }]);
      expect((await queue.depth(job)).waiting).toBe(5);
    });

    test("a hint that comes while its job runs is dropped; one for another try is kept", async () => {
      const job = anyName();
      const started: number[] = [];
      const gate = Promise.withResolvers<void>();
      await using _ = queue.work(
        job,
        async ({ data }) => {
          started.push((data as { n: number }).n);
          await gate.promise;
        },
        { concurrency: 3 },
      );
      await queue.enqueue([{ job, key: "k", data: { n: 1 } }]);
      await until("the job runs", () => started.length === 1);
      await queue.enqueue([{ job, key: "k", data: { n: 2 } }]);
      await queue.enqueue([{ job, key: "k", data: { n: 3 }, attempt: 1 }]);
      await until("the other try runs", () => started.length === 2);
      gate.resolve();
      expect(started).toEqual([1, 3]);
    });

    test("a key can come back once its job is over, whether it went well or not", async () => {
      const job = anyName();
      let runs = 0;
      await using _ = queue.work(
        job,
        async () => {
          runs++;
          if (runs === 1) throw new Error("not today");
        },
        { concurrency: 1 },
      );
      for (const wanted of [1, 2, 3]) {
        await until("nothing of it is left", async () => {
          const { waiting, active, failed } = await queue.depth(job);
          return waiting + active + failed === 0;
        });
        await queue.enqueue([{ job, key: "again", data: {} }]);
        await until(`run ${wanted}`, () => runs === wanted);
      }
    });

    test("no more run at once than asked for, and that many do", async () => {
      const job = anyName();
      let running = 0;
      let most = 0;
      let done = 0;
      await queue.enqueue(requests(job, 12));
      await using _ = queue.work(
        job,
        async () => {
          most = Math.max(most, ++running);
          await pause(60);
          running--;
          done++;
        },
        { concurrency: 3 },
      );
      await until("all done", () => done === 12);
      expect(most).toBe(3);
    });

    test("a handler that throws is logged and does not stop the others", async () => {
      const job = anyName();
      const logger = recorder();
      const own = backend.kind === "memory" ? queue : await store.open(logger);
      const done = new Set<string>();
      await using _ = own.work(
        job,
        async ({ key }) => {
          if (Number(key.slice(1)) % 2 === 0) throw new Error("cannot do even ones");
          done.add(key);
        },
        { concurrency: 2 },
      );
      await own.enqueue(requests(job, 10));
      await until("odd ones done", () => done.size === 5);
      await until("the queue is empty", async () => {
        const { waiting, active, delayed, failed } = await own.depth(job);
        return waiting + active + delayed + failed === 0;
      });
      if (backend.kind === "memory") return;
      const errors = logger.lines.filter(({ level }) => level === "error");
      expect(errors).toHaveLength(5);
      expect(errors[0]?.fields).toMatchObject({ job, error: "cannot do even ones" });
    });

    test("a delayed job waits its time, and only it", async () => {
      const job = anyName();
      const arrived: string[] = [];
      const since = performance.now();
      let waited = 0;
      await using _ = queue.work(
        job,
        async ({ key }) => {
          arrived.push(key);
          if (key === "late") waited = performance.now() - since;
        },
        { concurrency: 1 },
      );
      await queue.enqueue([{ job, key: "late", data: {} }], { delayMs: 400 });
      expect((await queue.depth(job)).delayed).toBe(1);
      await queue.enqueue([{ job, key: "late", data: {} }]); // waits already
      await queue.enqueue([{ job, key: "early", data: {} }]);
      await until("both arrived", () => arrived.length === 2);
      expect(arrived).toEqual(["early", "late"]);
      expect(waited).toBeGreaterThanOrEqual(395);
    });

    test("the depth tells what waits, runs and is delayed", async () => {
      const job = anyName();
      const gate = Promise.withResolvers<void>();
      expect(await queue.depth(job)).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
      await queue.enqueue(requests(job, 5));
      await queue.enqueue([{ job, key: "later", data: {} }], { delayMs: 60_000 });
      await using _ = queue.work(job, () => gate.promise, { concurrency: 2 });
      await until("two run", async () => (await queue.depth(job)).active === 2);
      expect(await queue.depth(job)).toEqual({ waiting: 3, active: 2, delayed: 1, failed: 0 });
      gate.resolve();
    });

    test("a wipe loses everything, and what is enqueued later is worked", async () => {
      const [idle, busy] = [anyName(), anyName()];
      const done: string[] = [];
      const gate = Promise.withResolvers<void>();
      await queue.enqueue(requests(idle, 5));
      await queue.enqueue([{ job: idle, key: "later", data: {} }], { delayMs: 60_000 });
      await using _ = queue.work(
        busy,
        async ({ key }) => {
          if (key === "held") await gate.promise;
          done.push(key);
        },
        { concurrency: 1 },
      );
      await queue.enqueue([{ job: busy, key: "held", data: {} }]);
      await until("it runs", async () => (await queue.depth(busy)).active === 1);
      await queue.enqueue(requests(busy, 5));

      await queue.wipe();
      gate.resolve();
      await until("the running one ended", () => done.length === 1);
      expect(await queue.depth(idle)).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
      await queue.enqueue(requests(busy, 2));
      await until("the new ones are done", () => done.length === 3);
      expect(done).toEqual(["held", "k0", "k1"]);
    });

    test("closing a worker takes no more and lets what is in hand end", async () => {
      const job = anyName();
      const log: string[] = [];
      const worker = queue.work(
        job,
        async ({ key }) => {
          log.push(`start ${key}`);
          await pause(300);
          log.push(`end ${key}`);
        },
        { concurrency: 1 },
      );
      await queue.enqueue(requests(job, 3));
      await until("the first runs", () => log.length === 1);
      await worker[Symbol.asyncDispose]();
      expect(log).toEqual(["start k0", "end k0"]);
      await until("the first is off the queue", async () => (await queue.depth(job)).active === 0);
      expect((await queue.depth(job)).waiting).toBe(2);
    });

    test("a handler that is still busy after the grace is told to stop", async () => {
      const job = anyName();
      let told: unknown;
      let started = false;
      const worker = queue.work(
        job,
        async (_, signal) => {
          started = true;
          await new Promise<void>((resolve) => {
            signal.addEventListener("abort", () => {
              told = signal.reason;
              resolve();
            });
          });
        },
        { concurrency: 1 },
      );
      await queue.enqueue(requests(job, 1));
      await until("it runs", () => started);
      expect(told).toBeUndefined();
      await worker[Symbol.asyncDispose]();
      expect(told).toMatchObject({ message: "the process is stopping" });
    });

    test("two workers share the work and lose none of it", async () => {
      const job = anyName();
      const done = [new Map<string, number>(), new Map<string, number>()];
      const other = await store.open();
      const workers = [queue, other].map((each, at) =>
        each.work(
          job,
          async ({ key }) => {
            await pause(1);
            done[at]?.set(key, (done[at]?.get(key) ?? 0) + 1);
          },
          { concurrency: 4 },
        ),
      );
      await queue.enqueue(requests(job, 300));
      const all = () => [...(done[0]?.keys() ?? []), ...(done[1]?.keys() ?? [])];
      await until("all are done", () => new Set(all()).size === 300);
      expect(all()).toHaveLength(300);
      expect(Math.min(...done.map((mine) => mine.size))).toBeGreaterThan(0);
      await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
    });

    test.each([
      ["a NUL in the data", "nul", { text: "a\u0000b" }, { text: "a\ufffdb" }],
      ["half of a surrogate pair", "half", { text: "\ud83c" }, { text: "\ufffd" }],
      ["a colon in the key", "https://example.org/?a:b", {}, {}],
      ["a key of digits only", "12345", {}, {}],
      ["an empty key", "", {}, {}],
      ["a key of 100,000 characters", "é".repeat(100_000), {}, {}],
      ["no data", "none", undefined, null],
    ])("%s gets through, with its neighbours", async (_, key, data, received) => {
      const job = anyName();
      const done = new Map<string, unknown>();
      await using _worker = queue.work(
        job,
        async (taken) => {
          done.set(taken.key, taken.data);
        },
        { concurrency: 1 },
      );
      const neighbours = [
        { job, key: "before", data: {} },
        { job, key, data },
        { job, key: "after", data: {} },
      ];
      await queue.enqueue(neighbours);
      await until("all three arrived", () => done.size === 3);
      expect(done.get(key)).toEqual(received);
    });

    test("it is fit for use, and says so", async () => {
      await expect(queue.check()).resolves.toBeUndefined();
    });

    test("a closed queue refuses, and says what it refused", async () => {
      const store = await backend.start();
      await using _ = store;
      const closed = await store.open();
      await closed[Symbol.asyncDispose]();
      const refused = closed.enqueue([{ job: "poll-feed", key: "k", data: {} }]);
      await expect(refused).rejects.toBeInstanceOf(QueueUnavailable);
      await expect(refused).rejects.toThrow(/closed/);
    });
  });
});
