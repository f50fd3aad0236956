import { expect, test } from "vitest";
import { Thread, TooSlow } from "./thread.ts";

/** Answers with the double; never ends on zero, throws on one, and ends its thread on two. */
const script = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", (n) => {
      if (n === 0) for (;;);
      if (n === 2) throw new Error("this thread is over");
      parentPort.postMessage(n === 1 ? { fault: "one is refused" } : { answer: n * 2 });
    });`)}`,
);
const open = (timeoutMs = 10_000) => new Thread<number, number>(script, { timeoutMs, heapMb: 64 });

test("questions are answered in order, and a fault is the fault of one", async () => {
  await using thread = open();
  const answers = await Promise.allSettled([3, 1, 5, 7].map((n) => thread.ask(n)));
  expect(
    answers.map((one) => (one.status === "fulfilled" ? one.value : one.reason.message)),
  ).toEqual([6, "one is refused", 10, 14]);
});

test("what never ends is given up, and what waits behind it is answered all the same", async () => {
  await using thread = open(1_000);
  await thread.ask(3); // it has started
  const answers = await Promise.allSettled([0, 4, 5].map((n) => thread.ask(n)));
  expect(answers[0]).toMatchObject({ status: "rejected", reason: expect.any(TooSlow) });
  expect(answers.slice(1)).toEqual([
    { status: "fulfilled", value: 8 },
    { status: "fulfilled", value: 10 },
  ]);
});

test("a thread that dies costs the question that it died of", async () => {
  await using thread = open();
  const answers = await Promise.allSettled([3, 2, 4].map((n) => thread.ask(n)));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("ended, it leaves nobody waiting", async () => {
  const thread = open();
  const asked = thread.ask(0);
  const told = expect(asked).rejects.toThrow("the thread was ended");
  await thread[Symbol.asyncDispose]();
  await told;
});
