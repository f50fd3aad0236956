import type { Reducer } from "@newsledger/eventlog";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { count, type Notes, note, openTestLog, type TestLog } from "./open.ts";

let t: TestLog;
beforeAll(async () => {
  t = await openTestLog();
});
afterAll(() => t[Symbol.asyncDispose]());

/** Sums a stream, and remembers how many events it looked at since it was made. */
function summing(version: number): Reducer<Notes, { total: number }> & { looked: number } {
  const reducer = {
    name: "sum",
    version,
    looked: 0,
    initial: () => ({ total: 0 }),
    evolve(state: { total: number }, event: { data: { n: number } | { text: string } }) {
      reducer.looked += 1;
      return "n" in event.data ? { total: state.total + event.data.n * version } : state;
    },
  };
  return reducer;
}

const counts = (amount: number) => Array.from({ length: amount }, () => count(1));

test("a stream adds up to a state, at the version that an append expects next", async () => {
  await t.log.append("plain", [count(1), note("x"), count(2)]);
  const { state, version } = await t.log.aggregate("plain", summing(1));
  expect({ state, version }).toEqual({ state: { total: 3 }, version: 3 });
  expect(await t.log.append("plain", [count(4)], { expected: version })).toMatchObject({
    version: 4,
  });
  expect(await t.log.aggregate("not there", summing(1))).toEqual({
    state: { total: 0 },
    version: 0,
  });
});

test("after a snapshot only what came later is read; a newer reducer reads all again", async () => {
  await t.log.append("long", counts(30));
  const options = { snapshotEvery: 10 };
  const first = summing(1);
  await t.log.aggregate("long", first, options);
  await t.log.append("long", counts(5));
  const second = summing(1);
  expect(await t.log.aggregate("long", second, options)).toEqual({
    state: { total: 35 },
    version: 35,
  });
  expect([first.looked, second.looked]).toEqual([30, 5]);
  const third = summing(1);
  await t.log.aggregate("long", third, options); // five events were too few for another snapshot
  const newer = summing(2);
  expect((await t.log.aggregate("long", newer, options)).state).toEqual({ total: 70 });
  expect([third.looked, newer.looked]).toEqual([5, 35]);
  const older = summing(1);
  await t.log.aggregate("long", older, options);
  await t.log.aggregate("long", newer, options);
  expect(newer.looked).toBe(35); // the older program has not overwritten the newer's snapshot
});

test("with snapshots or without, whatever is appended and however often one looks, the state is the same", async () => {
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 }), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.integer({ min: 1, max: 7 }),
      async (batches, snapshotEvery) => {
        const stream = `any-${nth++}`;
        let total = 0;
        for (const numbers of batches) {
          await t.log.append(stream, numbers.map(count));
          total += numbers.reduce((sum, n) => sum + n, 0);
          const kept = await t.log.aggregate(stream, summing(1), { snapshotEvery });
          expect(kept).toEqual(await t.log.aggregate(stream, summing(1)));
          expect(kept.state).toEqual({ total });
        }
      },
    ),
    { numRuns: 25 },
  );
});
