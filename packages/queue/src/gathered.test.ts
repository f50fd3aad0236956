import { expect, test } from "vitest";
import { gathered } from "./gathered.ts";

test("calls of one moment, and those that come while one is under way, share a call", async () => {
  const calls: number[][] = [];
  const double = gathered(
    async (asked: readonly number[]) => {
      calls.push([...asked]);
      await new Promise((turn) => setImmediate(turn));
      return asked.map((number) => 2 * number);
    },
    { largest: 3 },
  );
  expect(await Promise.all([1, 2, 3, 4].map(double))).toEqual([2, 4, 6, 8]);
  expect(await double(5)).toBe(10);
  expect(calls).toEqual([[1, 2, 3], [4], [5]]);
});

test("calls that rest begin at once after a pause, and in a stream together, or when there are enough", async () => {
  const calls: number[][] = [];
  const began: number[] = [];
  const restful = gathered(
    async (asked: readonly number[]) => {
      calls.push([...asked]);
      began.push(performance.now());
      return asked;
    },
    { largest: 3, restMs: 200 },
  );
  await restful(1);
  const stream = [restful(2)];
  await new Promise((later) => setTimeout(later, 30));
  stream.push(restful(3));
  await Promise.all(stream);
  expect(calls).toEqual([[1], [2, 3]]);
  expect((began[1] ?? 0) - (began[0] ?? 0)).toBeGreaterThanOrEqual(195);
  await Promise.all([4, 5, 6].map(restful));
  expect(calls.at(-1)).toEqual([4, 5, 6]);
  expect((began[2] ?? 0) - (began[1] ?? 0)).toBeLessThan(150);
});

test("one that fails fails alone", async () => {
  const refuseTwo = gathered(
    async (asked: readonly number[]) => {
      if (asked.includes(2)) throw new Error("two is refused");
      return asked;
    },
    { largest: 10 },
  );
  const outcomes = await Promise.allSettled([1, 2, 3].map(refuseTwo));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("with two lanes a second call begins while the first waits, and a third does not", async () => {
  const open: (() => void)[] = [];
  let most = 0;
  const slow = gathered(
    async (asked: readonly number[]) => {
      await new Promise<void>((go) => {
        open.push(go);
        most = Math.max(most, open.length);
      });
      return asked;
    },
    { largest: 1, lanes: 2 },
  );
  const turn = () => new Promise((next) => setImmediate(next));
  const answers: Promise<number>[] = [];
  for (let number = 1; number <= 4; number++) {
    answers.push(slow(number));
    await turn();
  }
  expect(open).toHaveLength(2);
  for (let done = 0; done < 4; done++) {
    open.shift()?.();
    await turn();
    await turn();
  }
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4]);
  expect(most).toBe(2);
});
